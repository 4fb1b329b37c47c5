using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Tokens;

public sealed class VaultOptionsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not Base64!")]
    [InlineData("c2hvcnQ=")]
    [InlineData("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMw==")]
    public void A_Wrong_Key_Stops_The_Start_And_Is_Named_By_Its_Index(string wrong)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, ("Vault:Keys:0", NewKey()), ("Vault:Keys:1", wrong)));

        Assert.StartsWith("Vault__Keys__1 ", Assert.Single(exception.Failures), StringComparison.Ordinal);
        Assert.True(wrong.Length == 0 || !exception.Message.Contains(wrong, StringComparison.Ordinal));
    }

    [Fact]
    public void The_Same_Key_Twice_Stops_The_Start()
    {
        var key = NewKey();

        Assert.Throws<OptionsValidationException>(() => Read(Environments.Production, ("Vault:Keys:0", key), ("Vault:Keys:1", $" {key}\n")));
    }

    [Fact]
    public void Outside_Development_A_Missing_Key_Stops_The_Start()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Read(Environments.Production));

        Assert.StartsWith("Vault__Keys__0 ", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void In_Development_A_Key_Is_Made_Once_For_The_Owner_Only_And_Kept()
    {
        using var folder = new TestFolder();
        var data = folder.Inside("data");

        var first = Assert.Single(Read(Environments.Development, ("Embedded:DataPath", data)).Keys);
        var second = Assert.Single(Read(Environments.Development, ("Embedded:DataPath", data)).Keys);

        Assert.Equal(first, second);
        Assert.Equal(32, Convert.FromBase64String(first).Length);
        var file = Assert.Single(Directory.GetFiles(data, "*", SearchOption.AllDirectories));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Portals_That_Make_A_Key_At_Once_Agree_On_One()
    {
        using var folder = new TestFolder();

        var keys = Enumerable.Range(0, 16).AsParallel().WithDegreeOfParallelism(16)
            .Select(_ => Read(Environments.Development, ("Embedded:DataPath", folder.Path)).Keys.Single()).ToHashSet();

        Assert.Single(keys);
        Assert.Single(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void In_Development_A_Key_From_The_Settings_Is_Used_And_None_Is_Made()
    {
        using var folder = new TestFolder();
        var key = NewKey();

        Assert.Equal([key], Read(Environments.Development, ("Embedded:DataPath", folder.Path), ("Vault:Keys:0", key)).Keys);
        Assert.Empty(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static VaultOptions Read(string environment, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        return new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<IHostEnvironment>(new NamedEnvironment(environment))
            .AddTokens(configuration)
            .BuildServiceProvider()
            .GetRequiredService<IOptions<VaultOptions>>().Value;
    }
}
