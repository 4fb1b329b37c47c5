using Microsoft.Extensions.Options;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Audit.Sealing;

namespace RingPortal.Tests.Audit;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AuditOptionsTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public void Without_A_Key_Nothing_Starts_Outside_Development()
    {
        var result = new AuditOptionsValidator().Validate(null, new AuditOptions());

        Assert.StartsWith("Audit__SealKeys__0 is not set", Assert.Single(result.Failures!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_Key_That_Is_None_Is_Named_And_Not_Shown()
    {
        var options = new AuditOptions { SealKeys = { AuditWorld.NewKey(), "canary-seal-key" } };

        var failure = Assert.Single(new AuditOptionsValidator().Validate(null, options).Failures!);

        Assert.StartsWith("Audit__SealKeys__1 must be", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_Development_A_Key_Is_Made_Once_And_Kept()
    {
        using var folder = new TestFolder();
        var settings = new Dictionary<string, string?> { ["Embedded:DataPath"] = folder.Path };
        await using var first = PortalHost.Compose(database, settings: settings);
        await using var second = PortalHost.Compose(database, settings: settings);

        Assert.Equal(Keys(first), Keys(second));
        Assert.True(File.Exists(Path.Combine(folder.Path, "secrets", "audit.key")));
    }

    [Theory]
    [InlineData("7:00ff", false)]
    [InlineData("x:00000000000000000000000000000000000000000000000000000000000000ff", false)]
    [InlineData("-7:00000000000000000000000000000000000000000000000000000000000000ff", false)]
    [InlineData("7:00000000000000000000000000000000000000000000000000000000000000fg", false)]
    [InlineData("7:00000000000000000000000000000000000000000000000000000000000000ff", true)]
    public void A_Seal_Is_Read_Back_From_The_Log(string text, bool isOne)
    {
        Assert.Equal(isOne, AuditMark.TryParse(text, out var mark));
        Assert.Equal(isOne ? text : null, mark?.ToString());
    }

    private static IEnumerable<string> Keys(PortalHost portal) =>
        ((IOptions<AuditOptions>)portal.Services.GetService(typeof(IOptions<AuditOptions>))!).Value.SealKeys;
}
