using System.Globalization;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Tests.Infrastructure;

/// <summary>The settings of a portal under test. Nothing in them reaches beyond this machine.</summary>
internal static class PortalSettings
{
    /// <summary>Nobody listens there: a call to Ring that a test did not plan fails at once.</summary>
    private const string Nowhere = "http://127.0.0.1:9";

    public static Dictionary<string, string?> For(TestDatabase database, Uri address, TestFolder folder, RingCloud? cloud)
    {
        var ring = new RingCloudOptions();
        return new Dictionary<string, string?>
        {
            ["ConnectionStrings:Portal"] = database.AppConnectionString,
            ["ConnectionStrings:Migrator"] = database.MigratorConnectionString,
            ["Portal:PublicUrl"] = address.GetLeftPart(UriPartial.Authority),
            ["Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{address.Port}"),
            ["Embedded:DataPath"] = folder.Inside("data"),
            ["Smtp:Folder"] = folder.Inside("mail"),
            ["Ring:ClientId"] = ring.ClientId,
            ["Ring:ClientSecret"] = ring.ClientSecret,
            ["Ring:HmacKey"] = ring.HmacKey,
            ["Ring:ApiBaseUrl"] = cloud?.BaseAddress.GetLeftPart(UriPartial.Authority) ?? Nowhere,
            ["Ring:MediaHosts"] = cloud?.MediaAddress.Authority,
            ["Ring:OAuthTokenUrl"] = cloud?.OAuthTokenUrl.ToString() ?? Nowhere + "/oauth/token",
        };
    }
}
