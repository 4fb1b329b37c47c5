using System.Text;
using System.Text.Json;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>Of a folded payload nothing is left that tells whose it is.</summary>
public sealed class FoldedPayloadTests
{
    [Theory]
    [MemberData(nameof(ContractPayloads.Signed), MemberType = typeof(ContractPayloads))]
    public void No_Account_Camera_Or_Event_Of_Rings_Samples_Is_Left(string payload, string signature)
    {
        Assert.NotEmpty(signature);
        var body = Encoding.UTF8.GetBytes(payload);

        var (folded, whole) = (FoldedPayload.Write(body)!, FoldedPayload.WriteWhole(body)!);

        Assert.DoesNotContain("ava1.ring", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("demo", folded, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ava1.ring.account.DEMOALPHA0001", whole, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(folded);
        Assert.Equal("1.1", document.RootElement.GetProperty("meta").GetProperty("version").GetString());
        Assert.NotEqual(FoldedPayload.Folded, document.RootElement.GetProperty("data").GetProperty("type").GetString());
    }

    [Fact]
    public void What_Ring_Adds_One_Day_Is_Folded_Until_It_Is_Known()
    {
        var folded = FoldedPayload.Write("""{"meta":{"version":{"deep":"canary"},"owner":"canary"},"data":{"attributes":{"latitude":52.5,"sub_type":["human"],"seen":true,"none":null}}}"""u8.ToArray())!;

        Assert.DoesNotContain("canary", folded, StringComparison.Ordinal);
        Assert.DoesNotContain("52.5", folded, StringComparison.Ordinal);
        Assert.Contains("human", folded, StringComparison.Ordinal);
        Assert.Contains("null", folded, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Is_No_Json_Is_Not_Shown_Folded() => Assert.Null(FoldedPayload.Write("no json: canary"u8.ToArray()));
}
