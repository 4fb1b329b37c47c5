using RingPortal.Web.Features.Certification.Outside;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>How fast the four addresses answer from outside, the slowest of three tries each.</summary>
internal sealed class ResponsiveCheck(OutsideCaller caller) : ICertificationCheck
{
    private const int Tries = 3;
    private static readonly TimeSpan s_fast = TimeSpan.FromSeconds(2);

    public string Item => "after.responsive";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var (wrong, words) = (new List<string?>(), new List<string>());
        foreach (var address in RegisteredAddress.All)
        {
            var slowest = await SlowestAsync(address, cancellationToken);
            words.Add($"{address.Name} {slowest.Words}");
            wrong.Add(slowest.Status != address.PlainStatus ? $"{address.Name} should answer {address.PlainStatus}, seen {slowest.Words}" : slowest.Time > s_fast ? $"{address.Name} took {slowest.Time.TotalMilliseconds:0} ms; 2 s at most" : null);
        }

        return CheckFinding.Of(wrong, $"Slowest of {Tries}: {string.Join("; ", words)}");
    }

    private async Task<OutsideReply> SlowestAsync(RegisteredAddress address, CancellationToken cancellationToken)
    {
        OutsideReply? slowest = null;
        for (var tried = 0; tried < Tries; tried++)
        {
            var reply = await caller.GetAsync(address.Path, "text/html", cancellationToken);
            if (reply.Status != address.PlainStatus)
            {
                return reply;
            }

            slowest = slowest is null || reply.Time > slowest.Time ? reply : slowest;
        }

        return slowest!;
    }
}
