using RingPortal.Simulator.Hosting;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Hosting.StartUp;

/// <summary>The environment of a portal process in Development without a database of its own, as run.sh makes it.</summary>
internal static class PortalEnvironment
{
    public static Dictionary<string, string> For(Uri address, TestFolder folder)
    {
        var ring = new RingCloudOptions();
        return new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority),
            ["Embedded__DataPath"] = folder.Inside("data"),
            ["Smtp__Folder"] = folder.Inside("data/mail"),
            ["Ring__ClientId"] = ring.ClientId,
            ["Ring__ClientSecret"] = ring.ClientSecret,
            ["Ring__HmacKey"] = ring.HmacKey,
            ["Ring__ApiBaseUrl"] = "http://127.0.0.1:9",
            ["Ring__OAuthTokenUrl"] = "http://127.0.0.1:9/oauth/token",
        };
    }
}
