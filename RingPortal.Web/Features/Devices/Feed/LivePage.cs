using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Web.Account;
using RingPortal.Web.Features.Site;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// A page that stays true while it is open: shows at once what is known, and reads again whenever the feed tells of a
/// change. What the feed says is never shown itself.
/// </summary>
public abstract partial class LivePage : ComponentBase, IDisposable
{
    /// <summary>The feed brings the news; this is for a message that got lost and for ages such as "2 min ago".</summary>
    private static readonly TimeSpan s_safety = TimeSpan.FromSeconds(60);

    /// <summary>At most four readings a second, however much happens.</summary>
    private static readonly TimeSpan s_breath = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _leaving = new();
    private IDisposable? _subscription;
    private Task _reading = Task.CompletedTask;
    private bool _again;

    /// <summary>A page may be left while it still waits: the token outlives its source.</summary>
    protected LivePage() => Left = _leaving.Token;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private DeviceFeed Feed { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>The reader.</summary>
    protected Guid UserId { get; private set; }

    /// <summary>Reference of a failure of ours; null while all is well.</summary>
    protected string? Failure { get; private set; }

    /// <summary>Whether the reader has waited long for the first content.</summary>
    protected bool IsSlow { get; private set; }

    /// <summary>Cancelled when the reader leaves.</summary>
    protected CancellationToken Left { get; }

    /// <summary>Waits, for as long as the reader stays.</summary>
    protected Task PauseAsync(TimeSpan time) => Task.Delay(time, Clock, Left);

    /// <summary>The zone in which times are shown.</summary>
    protected TimeZoneInfo Zone => TimeZones.OrUtc(TimeZone);

    /// <summary>Whether there is something to show.</summary>
    protected abstract bool IsLoaded { get; }

    /// <summary>IANA zone of the reader.</summary>
    protected abstract string? TimeZone { get; }

    /// <summary>How long the page waits before it looks again without being told.</summary>
    protected virtual TimeSpan Pause => s_safety;

    /// <summary>Reads what is known now.</summary>
    protected abstract Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>Fetches news from elsewhere; false when there is none to read.</summary>
    protected virtual Task<bool> CatchUpAsync(bool first, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (Authentication is null || !Guid.TryParse((await Authentication).User.FindFirstValue(ClaimTypes.NameIdentifier), out var userId))
        {
            return;
        }

        UserId = userId;
        // Else it was brought along from the document that the browser got first.
        if (!IsLoaded)
        {
            await (RendererInfo.IsInteractive ? ReadAsync() : LoadAsync(Left));
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || UserId == Guid.Empty)
        {
            return;
        }

        _subscription = Feed.Subscribe(UserId, TakeAsync);
        try
        {
            await Task.WhenAll(WatchAsync(), WarnWhenSlowAsync());
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    /// <summary>
    /// Reads and shows. Of readings that are asked for while one runs, one follows; whoever asks waits until what is shown is
    /// newer than the asking. For the page's own thread.
    /// </summary>
    protected Task ReadAsync()
    {
        _again = true;
        return _reading.IsCompleted ? _reading = ReadWhileAskedAsync() : _reading;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _subscription?.Dispose();
        _leaving.Cancel();
        _leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ReadWhileAskedAsync()
    {
        while (_again)
        {
            _again = false;
            await TryAsync(LoadAsync);
            StateHasChanged();
        }
    }

    private async Task WatchAsync()
    {
        for (var first = true; ; first = false)
        {
            await ReadAsync();
            var news = false;
            await TryAsync(async cancellationToken => news = await CatchUpAsync(first, cancellationToken));
            if (news)
            {
                await ReadAsync();
            }

            await PauseAsync(Pause);
        }
    }

    private async Task TakeAsync(IReadOnlyList<FeedChange> changes)
    {
        try
        {
            await InvokeAsync(ReadAsync);
            await PauseAsync(s_breath);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException && Left.IsCancellationRequested)
        {
            // The reader has left the page.
        }
    }

    private async Task WarnWhenSlowAsync()
    {
        await PauseAsync(s_slow);
        IsSlow = true;
        StateHasChanged();
    }

    /// <summary>What fails here is told with a reference; what is on the page stays readable.</summary>
    protected async Task TryAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Left);
            Failure = null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !Left.IsCancellationRequested)
        {
            Failure ??= ErrorReference.New();
            Log.Failed(Loggers.CreateLogger(GetType()), exception, Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An open page could not be read again, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference);
    }
}
