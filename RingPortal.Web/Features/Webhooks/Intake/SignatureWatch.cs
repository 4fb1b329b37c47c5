using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>
/// Notices that signatures are wrong: Ring may disable a webhook after ten refusals in a row (contract 5.5), so a key
/// that was mistyped or rotated must be seen at once. A flood of them is cheap: one log line a second, one alarm a window.
/// </summary>
internal sealed partial class SignatureWatch(IntakeAlarms alarms, TimeProvider clock, ILogger<SignatureWatch> logger)
{
    private const int Many = 3;
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _wrong = new(Many);
    private DateTimeOffset _silentUntil;
    private DateTimeOffset _nextLine;
    private int _unlogged;

    /// <summary>Notes a delivery that was refused. One without any signature is a stranger, not Ring with another key.</summary>
    public void Refused(SignatureVerdict verdict)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            Tell(verdict, now);
            if (verdict is not SignatureVerdict.Missing)
            {
                Count(now);
            }
        }
    }

    private void Tell(SignatureVerdict verdict, DateTimeOffset now)
    {
        _unlogged++;
        if (now >= _nextLine)
        {
            Log.Refused(logger, _unlogged, verdict);
            (_unlogged, _nextLine) = (0, now + s_quiet);
        }
    }

    private void Count(DateTimeOffset now)
    {
        if (now < _silentUntil)
        {
            return;
        }

        if (_wrong.Count == Many)
        {
            _wrong.Dequeue();
        }

        _wrong.Enqueue(now);
        if (_wrong.Count == Many && now - _wrong.Peek() <= s_window)
        {
            _silentUntil = now + s_window;
            _wrong.Clear();
            alarms.Raise("webhook.signature", "Three deliveries with a wrong signature within ten minutes. Compare Ring__HmacKey with the key that Ring shows; after ten refusals Ring may disable the webhook.");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} deliveries without a valid signature were refused, the last one for: {Verdict}")]
        public static partial void Refused(ILogger logger, int count, SignatureVerdict verdict);
    }
}
