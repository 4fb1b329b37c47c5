using Microsoft.JSInterop;
using RingPortal.Web.Components;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>The operators' own script, fetched when the first of their pages is alive: single keys, dialogs, hidden tabs.</summary>
internal sealed class AdminScript(IJSRuntime browser, AssetAddresses addresses) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    /// <summary>Calls one of the script's functions.</summary>
    public async Task CallAsync(string function, object? argument, CancellationToken cancellationToken) =>
        await (await LoadAsync()).InvokeVoidAsync(function, cancellationToken, argument);

    /// <summary>Calls one of the script's functions that answers with an object of the browser; the caller disposes it.</summary>
    public async Task<IJSObjectReference> AskAsync(string function, object? argument, CancellationToken cancellationToken) =>
        await (await LoadAsync()).InvokeAsync<IJSObjectReference>(function, cancellationToken, argument);

    /// <summary>Calls one of the script's functions that answers with a value.</summary>
    public async Task<T> ReadAsync<T>(string function, object? argument, CancellationToken cancellationToken) =>
        await (await LoadAsync()).InvokeAsync<T>(function, cancellationToken, argument);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await (await _module).DisposeAsync();
            }
        }
        catch (Exception exception) when (exception is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has gone, and its objects with it.
        }
    }

    private Task<IJSObjectReference> LoadAsync() =>
        _module ??= browser.InvokeAsync<IJSObjectReference>("import", addresses.Of("admin.js")).AsTask();
}
