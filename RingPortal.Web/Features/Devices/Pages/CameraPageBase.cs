using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Site;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices.Pages;

/// <summary>
/// A page about cameras: shows at once what is known, asks Ring in the background when that is old, and reads again
/// for as long as it is open, because another instance or a job may have learnt something new.
/// </summary>
public abstract partial class CameraPageBase : ComponentBase, IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pauseBeforeFirstListing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _leaving = new();
    private readonly CancellationToken _left;

    /// <summary>A page may be left while it still waits: the token outlives its source.</summary>
    protected CameraPageBase() => _left = _leaving.Token;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private DeviceRefresh Refresh { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>The reader.</summary>
    protected Guid UserId { get; private set; }

    /// <summary>Reference of a failure of ours; null while all is well.</summary>
    protected string? Failure { get; private set; }

    /// <summary>Whether the reader has waited long for the first listing.</summary>
    protected bool IsSlow { get; private set; }

    /// <summary>The zone in which times are shown.</summary>
    protected TimeZoneInfo Zone => TimeZones.OrUtc(TimeZone);

    /// <summary>Whether there is something to show.</summary>
    protected abstract bool IsLoaded { get; }

    /// <summary>Whether Ring has never listed the cameras, so that news is expected any moment.</summary>
    protected virtual bool IsWaiting => !IsLoaded;

    /// <summary>IANA zone of the reader.</summary>
    protected abstract string? TimeZone { get; }

    /// <summary>Reads what is known now.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Authentication is null || !Guid.TryParse((await Authentication).User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            return;
        }

        UserId = userId;
        if (IsLoaded)
        {
            // Brought along from the document that the browser got first.
            return;
        }

        if (RendererInfo.IsInteractive)
        {
            await TryAsync(LoadAsync);
        }
        else
        {
            await LoadAsync(_left);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || UserId == Guid.Empty)
        {
            return;
        }

        try
        {
            await Task.WhenAll(WatchAsync(), WarnWhenSlowAsync());
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task WatchAsync()
    {
        for (var priority = RingPriority.Interactive; ; priority = RingPriority.Background)
        {
            await TryAsync(async ct =>
            {
                await Refresh.RefreshIfOlderAsync(UserId, DeviceRefresh.Fresh, priority, ct);
                await LoadAsync(ct);
            });
            await InvokeAsync(StateHasChanged);
            await Task.Delay(IsWaiting && Failure is null ? s_pauseBeforeFirstListing : s_pause, Clock, _left);
        }
    }

    private async Task WarnWhenSlowAsync()
    {
        await Task.Delay(s_slow, Clock, _left);
        IsSlow = true;
        await InvokeAsync(StateHasChanged);
    }

    /// <summary>What fails here is told with a reference; what is on the page stays readable.</summary>
    private async Task TryAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_left);
            Failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !_left.IsCancellationRequested)
        {
            Failure ??= ErrorReference.New();
            Log.Failed(Loggers.CreateLogger(GetType()), exception, Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Cameras could not be read for an open page, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference);
    }
}
