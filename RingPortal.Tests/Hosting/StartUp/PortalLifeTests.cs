using System.Globalization;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Hosting.StartUp;

/// <summary>The built portal with its own PostgreSQL: how both live and end together.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class PortalLifeTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}");

    private string Root => _folder.Inside("data/postgres");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PostgreSQL_Ends_With_A_Portal_That_Was_Killed_And_Serves_The_Next_One()
    {
        await using (var killed = PortalProcess.Start(PortalEnvironment.For(_address, _folder)))
        {
            await killed.ReadyAsync(_address, s_limit);
            Signals.Kill(killed.Id);
            await Eventually.TrueAsync(() => ProcessTree.ServersOn(Root) == 0, s_limit);
        }

        await using var next = PortalProcess.Start(PortalEnvironment.For(_address, _folder));
        await next.ReadyAsync(_address, s_limit);
        Signals.Terminate(next.Id);

        Assert.Equal(0, await next.ExitAsync(s_limit));
        Assert.Equal(0, ProcessTree.ServersOn(Root));
        Assert.False(File.Exists(Path.Combine(Root, "data", "postmaster.pid")), "PostgreSQL was not shut down cleanly.");
    }

    [Fact]
    public async Task An_Ordinary_User_Needs_Nothing_Else()
    {
        var account = Environment.IsPrivilegedProcess ? "nobody" : null;
        Directory.CreateDirectory(_folder.Inside("data"));
        File.SetUnixFileMode(_folder.Inside("data"), (UnixFileMode)Convert.ToInt32("777", 8));
        // The account may not be able to read the place where this was built.
        var copy = _folder.Inside("portal");
        Copy(new DirectoryInfo(PortalProcess.BuiltPortal), copy);

        await using var portal = PortalProcess.Start(PortalEnvironment.For(_address, _folder), account, copy);
        await portal.ReadyAsync(_address, s_limit);

        Assert.Equal(1, ProcessTree.ServersOn(Root));
        Assert.Equal(ProcessTree.OwnerOf(portal.Id), ProcessTree.OwnerOf(ProcessTree.ServerOn(Root)));
        Signals.Terminate(portal.Id);
        Assert.Equal(0, await portal.ExitAsync(s_limit));
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        // The list of development's static files names places in the sources.
        foreach (var file in from.EnumerateFiles().Where(file => !file.Name.EndsWith(".staticwebassets.runtime.json", StringComparison.Ordinal)))
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var folder in from.EnumerateDirectories().Where(folder => folder.Name is not ("publish" or "data")))
        {
            Copy(folder, Path.Combine(to, folder.Name));
        }
    }
}
