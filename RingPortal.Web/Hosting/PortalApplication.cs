using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Tokens.Reseal;
using RingPortal.Web.Features.Tokens.Restore;
using RingPortal.Web.Hosting.Setup;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting;

/// <summary>The portal as a program: settings, services, pipeline, commands. Tests start it by the same methods.</summary>
public static class PortalApplication
{
    /// <summary>Reads the settings; nothing is started.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddReadableStart();
        PortalDefaults.Apply(builder);
        return builder;
    }

    /// <summary>Adds the portal's services and maps its addresses; the host is not started.</summary>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddPortal();
        var app = builder.Build();
        // Before anything reads one of them alone: all wrong settings are told at once.
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        app.UsePortal();
        return app;
    }

    /// <summary>Runs the command named by the first argument, or the portal; returns the exit code of the process.</summary>
    public static Task<int> RunAsync(string[] args) => args switch
    {
        ["migrate", .. var rest] => StartUpGuard.RunAsync(() => MigrateAsync(rest)),
        ["health", var address] => HealthProbe.RunAsync(address),
        ["verify-audit", .. var rest] => StartUpGuard.RunAsync(() => VerifyAuditCommand.RunAsync(rest, CancellationToken.None)),
        ["reseal", .. var rest] => StartUpGuard.RunAsync(() => ResealCommand.RunAsync(rest, CancellationToken.None)),
        ["restored", .. var rest] => StartUpGuard.RunAsync(() => RestoredCommand.RunAsync(rest, CancellationToken.None)),
        ["init", .. var rest] => StartUpGuard.RunAsync(() =>
        {
            new InitCommand(TimeProvider.System, Console.Out).Run(rest);
            return Task.CompletedTask;
        }),
        ["check", .. var rest] => StartUpGuard.RunAsync(() => CheckAsync(rest)),
        _ => StartUpGuard.RunAsync(() => ServeAsync(args)),
    };

    private static async Task ServeAsync(string[] args)
    {
        var builder = CreateBuilder(args);
        await using var database = await PortalDatabase.PrepareAsync(builder, CancellationToken.None);
        await using var app = Build(builder);
        await app.RunAsync();
    }

    private static async Task MigrateAsync(string[] args)
    {
        var builder = CreateBuilder(args);
        await PortalDatabase.MigrateAsync(builder.Configuration, CancellationToken.None);
    }

    private static async Task CheckAsync(string[] args)
    {
        var builder = CreateBuilder(args);
        builder.AddPortal();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (!string.IsNullOrEmpty(builder.Configuration.GetConnectionString("Portal")))
        {
            await CheckDatabaseAsync(app);
        }

        await Console.Out.WriteLineAsync("The configuration is complete.");
    }

    private static async Task CheckDatabaseAsync(WebApplication app)
    {
        try
        {
            var webhook = app.Services.GetRequiredService<PortalDataSources>().Webhook;
            if (await CommitSafety.FindProblemAsync(webhook, app.Environment.IsDevelopment(), CancellationToken.None) is { } problem)
            {
                throw new StartUpException(problem);
            }
        }
        catch (Exception exception) when (DatabaseTrouble.Is(exception))
        {
            // A configuration may be checked where its database is out of reach; the portal asks again when it starts.
            await Console.Out.WriteLineAsync("PostgreSQL cannot be reached from here, so whether it keeps what it confirms is not known yet.");
        }
    }
}
