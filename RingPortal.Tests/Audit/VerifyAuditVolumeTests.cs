using System.Diagnostics;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit.Verification;
using Xunit.Abstractions;

namespace RingPortal.Tests.Audit;

/// <summary>T13: a long trail is verified while somebody waits.</summary>
[Trait(Tiers.Name, Tiers.Proof)]
public sealed class VerifyAuditVolumeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private AuditWorld _world = null!;

    public async Task InitializeAsync() => _world = await AuditWorld.CreateAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task A_Hundred_Thousand_Records_Are_Verified_In_Seconds()
    {
        await _world.WriteAsync(100_000, transactions: 200);
        await _world.SealUntilAsync(100_000);
        var reports = new List<AuditProgress>();
        var watch = Stopwatch.StartNew();

        var verdict = await _world.VerifyAsync(progress: new Reports(reports));

        output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{verdict.Records} records in {verdict.Seals} seals verified in {watch.Elapsed.TotalSeconds:0.00} s"));
        // Judged by the clock only where it proves: here it must merely not be absurd on a machine that does other things.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"{watch.Elapsed}");
        Assert.True(verdict.IsWhole);
        Assert.Equal(100_000, verdict.Records);
        Assert.Equal(new AuditProgress(100_000, 100_000), reports[^1]);
        await _world.TamperAsync("UPDATE audit_records SET reason = 'another' WHERE id = 77777");
        Assert.Equal(77_777, Assert.Single((await _world.VerifyAsync()).Breaks).RecordId);
    }

    private sealed class Reports(List<AuditProgress> into) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => into.Add(value);
    }
}
