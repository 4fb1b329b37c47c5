using Microsoft.AspNetCore.DataProtection;
using RingPortal.Web.Features.Webhooks.Desk;

namespace RingPortal.Tests.Webhooks.Desk;

/// <summary>What an operator chose stands in the address, and Ring's account ids do not.</summary>
public sealed class InboxAddressTests
{
    private const string Account = "ava1.ring.account.CANARY0001";

    private readonly InboxAddress _address = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void Everything_That_Was_Chosen_Comes_Back_From_The_Address_Without_The_Account_In_It()
    {
        var chosen = _address.FromFields(InboxTab.Stopped, "device_removed", $" {Account} ", "00000000-0000-7000-a000-000000000006", "2026-11-30T06:20", "2026-11-30T07:00")!;

        var written = InboxAddress.Write(chosen, before: new Web.Features.Events.TimelinePosition(DateTimeOffset.UnixEpoch, Guid.Empty));
        var query = System.Web.HttpUtility.ParseQueryString(written[written.IndexOf('?', StringComparison.Ordinal)..]);
        var read = _address.Read(query["tab"], query["type"], query["account"], query["device"], query["from"], query["to"]);

        Assert.DoesNotContain("CANARY", written, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(chosen, read);
        Assert.Equal(Account, read.Account);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 6, 20, 0, TimeSpan.Zero), read.From);
        Assert.Equal("0-00000000000000000000000000000000", query["before"]);
    }

    [Theory]
    [InlineData("nonsense", "x", "nonsense", "nonsense", "nonsense")]
    [InlineData("7", null, "", "", "")]
    public void What_Nobody_Of_Us_Wrote_Means_Nothing(string tab, string? type, string account, string device, string from)
    {
        var read = _address.Read(tab, type, account, device, from, from);

        Assert.Equal(new InboxFilter(InboxTab.All, type), read);
    }

    [Theory]
    [InlineData("front door", "", "")]
    [InlineData("", "yesterday", "")]
    [InlineData("", "", "13:61")]
    public void A_Field_That_Cannot_Be_Read_Is_Said_And_Not_Ignored(string device, string from, string to) =>
        Assert.Null(_address.FromFields(InboxTab.All, "", "", device, from, to));
}
