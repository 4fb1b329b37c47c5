using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using RingPortal.Benchmarks.Rig;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;

namespace RingPortal.Benchmarks.Webhooks;

/// <summary>PostgreSQL alone: the product's own insert of 64 rows, without HTTP, from one client and from as many as the product has batches.</summary>
internal static class InsertFloor
{
    /// <summary>Rows per second.</summary>
    public static async Task<double> MeasureAsync(string connectionString, int clients, TimeSpan duration)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portal", connectionString)]).Build();
        await using var sources = new PortalDataSources(configuration);
        using var wake = new InboxWake();
        var rows = new InboxRows(sources, wake, TimeProvider.System);
        var batches = new Stack<List<InboxEntry>>(Enumerable.Range(0, 3000).Select(_ => Batch()));
        await rows.StoreAsync(batches.Pop(), CancellationToken.None);
        var stored = 0;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration && Next(batches) is { } batch)
            {
                await rows.StoreAsync(batch, CancellationToken.None);
                Interlocked.Add(ref stored, batch.Count);
            }
        })));
        return stored / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static List<InboxEntry>? Next(Stack<List<InboxEntry>> batches)
    {
        lock (batches)
        {
            return batches.TryPop(out var batch) ? batch : null;
        }
    }

    private static List<InboxEntry> Batch() =>
        [.. Enumerable.Range(0, InboxBatcher.MostRows).Select(_ => new InboxEntry(Deliveries.Read(SignedEvents.Body(), TimeProvider.System.GetUtcNow())))];
}
