using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Features.Events.Gaps;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Features.Tokens.Restore;

/// <summary>
/// <c>restored mark | try | list</c>, after a database was restored and before portals take work: marks every link as suspect
/// and asks for everything to be read again; tries each link once; says what came of them.
/// </summary>
internal static class RestoredCommand
{
    /// <exception cref="StartUpException">The arguments are not right.</exception>
    public static async Task RunAsync(string[] args, CancellationToken cancellationToken)
    {
        if (args is not [("mark" or "try" or "list") and var step, .. var rest])
        {
            throw new StartUpException("Say what to do: RingPortal.Web restored mark, then restored try, then restored list.");
        }

        var builder = PortalApplication.CreateBuilder(rest);
        builder.AddPortal();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var links = scope.ServiceProvider.GetRequiredService<SuspectLinks>();
        if (step is "mark")
        {
            var lost = await ReadAgainAsync(scope.ServiceProvider, cancellationToken);
            await Console.Out.WriteLineAsync($"{await links.MarkAsync(cancellationToken)} links are suspect; cameras and plans are read again, and the events of {lost} cameras since the moment that was restored are filled in from Ring's history.");
            return;
        }

        if (step is "try")
        {
            await links.TryAsync(cancellationToken);
        }

        await WriteAsync(await links.ListAsync(cancellationToken));
    }

    /// <summary>What Ring delivered after the moment that was restored was acknowledged and is gone: Ring will not repeat it.</summary>
    private static async Task<int> ReadAgainAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var context = services.GetRequiredService<RingPortalContext>();
        await services.GetRequiredService<SyncEverything>().AskAsync(TimeSpan.FromMinutes(10), cancellationToken);
        var last = await context.Database.SqlQuery<DateTimeOffset?>($"SELECT max(at) AS \"Value\" FROM service_marks").SingleAsync(cancellationToken);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return last is null ? 0 : await services.GetRequiredService<GapFinder>().ListAsync(last.Value, now, "restore", cancellationToken);
    }

    private static async Task WriteAsync(IReadOnlyList<SuspectLink> links)
    {
        foreach (var link in links.Where(link => link.Fate is SuspectFate.Refused or SuspectFate.Waiting))
        {
            await Console.Out.WriteLineAsync($"{link.Id} {(link.Fate is SuspectFate.Refused ? "refused: its owner has to connect again and is told so" : "waits: Ring could not be asked; the sweep goes on with it")}");
        }

        await Console.Out.WriteLineAsync($"{links.Count} suspect links: {Count(links, SuspectFate.Renewed)} renewed, {Count(links, SuspectFate.Refused)} refused, {Count(links, SuspectFate.Waiting)} waiting, {Count(links, SuspectFate.Ended)} ended.");
    }

    private static int Count(IReadOnlyList<SuspectLink> links, SuspectFate fate) => links.Count(link => link.Fate == fate);
}
