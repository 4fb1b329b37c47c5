using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Webhooks.Intake;

public sealed class SignatureWatchTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 9, 21, 14, 0, 0, TimeSpan.Zero));
    private readonly LogCapture _logs = new();
    private readonly ServiceProvider _services;
    private readonly IntakeAlarms _alarms;
    private readonly SignatureWatch _watch;

    public SignatureWatchTests()
    {
        _services = new ServiceCollection().AddLogging(logging => logging.AddProvider(_logs)).BuildServiceProvider();
        var logging = _services.GetRequiredService<ILoggerFactory>();
        _alarms = new IntakeAlarms(new Alarms(_services.GetRequiredService<IServiceScopeFactory>(), _clock, logging.CreateLogger<Alarms>()), _clock, logging.CreateLogger<IntakeAlarms>());
        _watch = new SignatureWatch(_alarms, _clock, logging.CreateLogger<SignatureWatch>());
    }

    public void Dispose()
    {
        _alarms.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void Three_Wrong_Ones_Within_Ten_Minutes_Raise_One_Alarm_A_Window()
    {
        Refuse(2, TimeSpan.FromMinutes(4));
        Assert.Equal(0, _alarms.Waiting);
        Refuse(1, TimeSpan.FromMinutes(1));
        Assert.Equal(1, _alarms.Waiting);
        Refuse(9, TimeSpan.FromMinutes(1));
        Assert.Equal(1, _alarms.Waiting);
        Refuse(3, TimeSpan.FromMinutes(1));
        Assert.Equal(2, _alarms.Waiting);
    }

    [Fact]
    public void Three_In_More_Than_Ten_Minutes_Or_Without_Any_Signature_Raise_None()
    {
        Refuse(10, TimeSpan.FromMinutes(6));
        for (var stranger = 0; stranger < 50; stranger++)
        {
            _watch.Refused(SignatureVerdict.Missing);
        }

        Assert.Equal(0, _alarms.Waiting);
    }

    [Fact]
    public void A_Flood_Is_One_Line_A_Second_With_Its_Count()
    {
        for (var second = 0; second < 3; second++)
        {
            Refuse(1000, TimeSpan.Zero);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        var lines = _logs.Entries.Where(entry => entry.Category == typeof(SignatureWatch).FullName).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Contains("1000 deliveries", lines[1].Text, StringComparison.Ordinal);
    }

    private void Refuse(int count, TimeSpan pause)
    {
        for (var refused = 0; refused < count; refused++)
        {
            _watch.Refused(SignatureVerdict.Mismatch);
            _clock.Advance(pause);
        }
    }
}
