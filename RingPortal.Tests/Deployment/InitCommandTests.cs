using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.KeyRing;
using RingPortal.Web.Hosting.Setup;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Tests.Deployment;

/// <summary><c>init</c> makes a configuration that the portal takes once Ring's and the mail server's part is filled in.</summary>
public sealed class InitCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Made => _folder.Inside("deploy");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_Makes_Keys_That_Open_And_A_File_With_Every_Setting()
    {
        Init();

        var text = File.ReadAllText(Path.Combine(Made, "portal.env"));
        var values = Values(text);
        Assert.Equal("https://portal.example.com", values["Portal__PublicUrl"]);
        Assert.Equal(32, Convert.FromBase64String(values["Vault__Keys__0"]).Length);
        Assert.NotEqual(values["Vault__Keys__0"], values["Audit__SealKeys__0"]);
        Assert.Null(KeyRingCertificate.Load(Path.Combine(Made, "keys", "dataprotection.pfx"), values["DataProtection__CertificatePassword"]).Fault);
        Findings.None(SettingCatalogue.All.Where(setting => setting.Required && !values.ContainsKey(setting.Key) && setting.Key != "ConnectionStrings__Portal").Select(setting => setting.Key));
        foreach (var file in Directory.EnumerateFiles(Made, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Theory]
    [InlineData("portal.env")]
    [InlineData("database.env")]
    [InlineData("keys/dataprotection.pfx")]
    public void It_Overwrites_Nothing_And_Then_Makes_Nothing(string present)
    {
        Directory.CreateDirectory(Path.Combine(Made, "keys"));
        File.WriteAllText(Path.Combine(Made, present), "precious");

        var failure = Assert.Throws<StartUpException>(Init);

        Assert.Contains(present, failure.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Path.Combine(Made, present)));
        Assert.Single(Directory.EnumerateFiles(Made, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("http://portal.example.com")]
    [InlineData("https://portal.example.com/path")]
    [InlineData("portal.example.com")]
    public void It_Wants_An_Origin(string address) =>
        Assert.Throws<StartUpException>(() => new InitCommand(TimeProvider.System, TextWriter.Null).Run([Made, address]));

    [Fact]
    [Trait(Tiers.Name, Tiers.Integration)]
    public async Task What_It_Makes_Passes_The_Check_Once_The_Rest_Is_Filled_In()
    {
        Init();
        var settings = Values(File.ReadAllText(Path.Combine(Made, "portal.env")));
        settings["ASPNETCORE_ENVIRONMENT"] = "Production";
        settings["DataProtection__CertificatePath"] = Path.Combine(Made, "keys", "dataprotection.pfx");
        settings["ConnectionStrings__Portal"] = "Host=127.0.0.1;Port=9;Database=ringportal;Username=ringportal_app;Timeout=1";
        await using (var unfinished = PortalProcess.Start(settings, arguments: "check"))
        {
            Assert.Equal(1, await unfinished.ExitAsync(TimeSpan.FromSeconds(60)));
            Assert.Contains("Ring__HmacKey", unfinished.Errors, StringComparison.Ordinal);
        }

        (settings["Ring__ClientId"], settings["Ring__ClientSecret"], settings["Ring__HmacKey"]) = ("client", "secret", "key");
        (settings["Smtp__Host"], settings["Smtp__From"]) = ("127.0.0.1", "portal@example.com");
        await using var finished = PortalProcess.Start(settings, arguments: "check");
        Assert.True(await finished.ExitAsync(TimeSpan.FromSeconds(60)) == 0, finished.Errors);
    }

    private void Init() => new InitCommand(TimeProvider.System, TextWriter.Null).Run([Made, "https://portal.example.com"]);

    private static Dictionary<string, string> Values(string text) => text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1]);
}
