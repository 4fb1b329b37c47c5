using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using RingPortal.Simulator.Hosting;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// The whole portal in this process, composed by the product's own methods, on a real port of this machine and on a
/// database of its own, with everything it logs. Ring is the simulator, or nobody.
/// </summary>
public sealed class PortalHost : IAsyncDisposable
{
    private readonly TestFolder _folder;

    private PortalHost(WebApplication application, Uri baseAddress, LogCapture logs, TestFolder folder) =>
        (Application, BaseAddress, Logs, _folder) = (application, baseAddress, logs, folder);

    public WebApplication Application { get; }

    /// <summary>Where it answers, by the name that browsers take for a secure origin: <c>http://localhost:PORT/</c>.</summary>
    public Uri BaseAddress { get; }

    public IServiceProvider Services => Application.Services;

    public LogCapture Logs { get; }

    /// <summary>Where its e-mails appear as files.</summary>
    public string MailFolder => _folder.Inside("mail");

    /// <summary>Starts a portal; a simulator that is given learns its address.</summary>
    /// <param name="database">What it stores.</param>
    /// <param name="cloud">Ring, or nobody.</param>
    /// <param name="settings">Settings that differ, keys with colons.</param>
    /// <param name="configure">Last changes, for hand-made edges.</param>
    public static async Task<PortalHost> StartAsync(
        TestDatabase database, RingCloud? cloud = null, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var portal = Compose(database, cloud, settings, configure);
        try
        {
            await portal.Application.StartAsync();
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }

        if (cloud is not null)
        {
            cloud.Settings.PortalUrl = portal.BaseAddress;
        }

        return portal;
    }

    /// <summary>The portal with all services and addresses, not started.</summary>
    public static PortalHost Compose(
        TestDatabase database, RingCloud? cloud = null, IReadOnlyDictionary<string, string?>? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Take()}/"));
        var folder = new TestFolder();
        Directory.CreateDirectory(folder.Inside("mail"));
        var all = PortalSettings.For(database, address, folder, cloud);
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
        {
            all[key] = value;
        }

        // The command line wins over whatever the environment of this machine happens to say.
        var builder = PortalApplication.CreateBuilder(
        [
            "--environment=Development", "--applicationName=RingPortal.Web", $"--contentRoot={Path.Combine(Repository.Root, "RingPortal.Web")}",
            .. all.Where(setting => setting.Value is not null).Select(setting => $"--{setting.Key}={setting.Value}"),
        ]);
        var logs = new LogCapture();
        builder.Logging.ClearProviders().AddProvider(logs).AddFilter<LogCapture>(null, LogLevel.Trace);
        configure?.Invoke(builder);
        return new PortalHost(PortalApplication.Build(builder), address, logs, folder);
    }

    /// <summary>A client that follows no redirects and keeps the cookies it is given.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = BaseAddress };

    public async ValueTask DisposeAsync()
    {
        await Application.StopAsync();
        await Application.DisposeAsync();
        _folder.Dispose();
    }
}
