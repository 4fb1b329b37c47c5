using System.Globalization;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Outside;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>
/// The portal's clock against Ring's and the database's. A portal that is slow by a moment takes Ring's requests for requests
/// from the future and refuses every household (peers 7).
/// </summary>
internal sealed class ClockCheck(OutsideCaller caller, IOptionsMonitor<RingOptions> ring, PortalDataSources sources, TimeProvider clock) : ICertificationCheck
{
    /// <summary>Ring tells whole seconds, so less cannot be told apart from nothing.</summary>
    private static readonly TimeSpan s_bearable = TimeSpan.FromSeconds(2);

    public string Item => "behave.clock";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        // A plain GET, without credentials: the refusal carries the time as well.
        var reply = await caller.AskStrangerAsync(new HttpRequestMessage(HttpMethod.Get, ring.CurrentValue.OAuthTokenUrl), cancellationToken);
        var database = await DatabaseAsync(cancellationToken);
        if (reply.Date is not { } date)
        {
            return CheckFinding.Failed($"Ring's token address told no time: {reply.Words}. The database is {Words(database)}");
        }

        var offset = date.AddMilliseconds(500) - (asked + (reply.Time / 2));
        string?[] wrong =
        [
            offset.Duration() - (reply.Time / 2) > s_bearable ? $"Ring is {Words(offset)} the portal" : null,
            database.Duration() > s_bearable ? $"the database is {Words(database)} the portal" : null,
        ];
        return CheckFinding.Of(wrong, string.Create(CultureInfo.InvariantCulture, $"Ring is {Words(offset)} the portal, give or take {500 + (reply.Time.TotalMilliseconds / 2):0} ms; the database is {Words(database)} it"));
    }

    private async Task<TimeSpan> DatabaseAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Jobs.CreateCommand("SELECT clock_timestamp()");
        // The first opens the connection, which must not count as time on the way.
        await command.ExecuteScalarAsync(cancellationToken);
        var (asked, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        var now = (DateTime)(await command.ExecuteScalarAsync(cancellationToken))!;
        return new DateTimeOffset(now, TimeSpan.Zero) - (asked + (clock.GetElapsedTime(started) / 2));
    }

    private static string Words(TimeSpan offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{offset.Duration().TotalSeconds:0.0} s {(offset < TimeSpan.Zero ? "behind" : "ahead of")}");
}
