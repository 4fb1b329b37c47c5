using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Site;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>
/// An operators' page that keeps itself fresh: reads when it opens and when its address changes, then again and again while it
/// is not paused and its tab is seen. What fails is told with a reference; what is on the page stays. Wrap the content in
/// <see cref="AdminFrame"/>.
/// </summary>
public abstract partial class AdminPageBase : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan s_breath = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_slow = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _leaving = new();
    private DotNetObjectReference<AdminPageBase>? _self;
    private IJSObjectReference? _watch;
    private StaffMember? _staff;
    private Task _reading = Task.CompletedTask;
    private bool _again;
    private bool _isHidden;

    /// <summary>A page may be left while it still waits: the token outlives its source.</summary>
    protected AdminPageBase() => Left = _leaving.Token;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private AdminScript Script { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>When the content was last read (UTC); null before.</summary>
    internal DateTimeOffset? UpdatedAt { get; private set; }

    /// <summary>Whether the reader has stopped the updates.</summary>
    internal bool IsPaused { get; private set; }

    /// <summary>Reference of a failure of ours; null while all is well.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Whether the reader has waited long for the first content.</summary>
    internal bool IsSlow { get; private set; }

    /// <summary>Whether there is something to show.</summary>
    internal bool IsLoaded => UpdatedAt is not null;

    /// <summary>Whether the page updates itself: not paused, and its tab is seen.</summary>
    protected bool Live => !IsPaused && !_isHidden;

    /// <summary>Who looks.</summary>
    protected StaffMember Staff => _staff ?? throw new InvalidOperationException("Only staff see this page.");

    /// <summary>The same person with their claims, for acts.</summary>
    protected ClaimsPrincipal Person { get; private set; } = new();

    /// <summary>Cancelled when the reader leaves.</summary>
    protected CancellationToken Left { get; }

    /// <summary>How long the page waits before it reads again; at least a second.</summary>
    protected virtual TimeSpan Every => TimeSpan.FromSeconds(2);

    /// <summary>Reads what the page shows. Never runs twice at once.</summary>
    protected abstract Task ReadAsync(CancellationToken cancellationToken);

    /// <summary>The browser tells whether somebody can see the tab.</summary>
    [JSInvokable]
    public Task SeeAsync(bool isSeen)
    {
        _isHidden = !isSeen;
        return Live ? RefreshAsync() : Task.CompletedTask;
    }

    /// <summary>Reads again now, paused or not; whoever asks waits until what is shown is newer than the asking.</summary>
    protected Task RefreshAsync()
    {
        _again = true;
        return _reading.IsCompleted ? _reading = ReadWhileAskedAsync() : _reading;
    }

    internal Task ReadNowAsync() => RefreshAsync();

    internal Task TogglePauseAsync()
    {
        IsPaused = !IsPaused;
        StateHasChanged();
        return Live ? RefreshAsync() : Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Person = Authentication is null ? Person : (await Authentication).User;
        _staff = StaffMember.Of(Person);
    }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => _staff is null ? Task.CompletedTask : RefreshAsync();

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || _staff is null)
        {
            return;
        }

        try
        {
            await Task.WhenAll(WatchTabAsync(), KeepFreshAsync(), WarnWhenSlowAsync());
        }
        catch (Exception exception) when (exception is JSDisconnectedException || (exception is OperationCanceledException && Left.IsCancellationRequested))
        {
            // The reader has left the page.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        _leaving.Dispose();
        _self?.Dispose();
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("stop");
                await _watch.DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has gone, and its objects with it.
        }

        GC.SuppressFinalize(this);
    }

    private async Task WatchTabAsync() => _watch = await Script.AskAsync("watch", _self = DotNetObjectReference.Create(this), Left);

    private async Task KeepFreshAsync()
    {
        while (true)
        {
            await Task.Delay(Every > s_breath ? Every : s_breath, Clock, Left);
            if (Live)
            {
                await RefreshAsync();
            }
        }
    }

    private async Task WarnWhenSlowAsync()
    {
        await Task.Delay(s_slow, Clock, Left);
        IsSlow = !IsLoaded;
        StateHasChanged();
    }

    private async Task ReadWhileAskedAsync()
    {
        while (_again)
        {
            _again = false;
            await TryReadAsync();
            StateHasChanged();
        }
    }

    private async Task TryReadAsync()
    {
        try
        {
            await ReadAsync(Left);
            (UpdatedAt, Failure) = (Clock.GetUtcNow(), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !Left.IsCancellationRequested)
        {
            Failure ??= ErrorReference.New();
            Log.Failed(Loggers.CreateLogger(GetType()), exception, Failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "An operators' page could not be read, reference {Reference}")]
        public static partial void Failed(ILogger logger, Exception exception, string reference);
    }
}
