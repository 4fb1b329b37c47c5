using Microsoft.AspNetCore.Components.Routing;

namespace RingPortal.Web.Features.Events.Pages;

public abstract partial class TimelineBoard
{
    /// <summary>Another view has another address, and the address leads.</summary>
    private void Follow(object? sender, LocationChangedEventArgs change)
    {
        if (Place.Holds(new Uri(change.Location)))
        {
            _ = InvokeAsync(FollowAsync);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            await GoAsync();
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // The reader has left the page.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    private async Task GoAsync()
    {
        var (filter, open) = (window.Filter, Open);
        ReadAddress();
        if (UserId == Guid.Empty || View is null || (filter == Asked && open == Open))
        {
            return;
        }

        // Closing brings the reader back to the row, opening to the detail, another piece to its first row.
        (chosen, returnTo) = (Open, Open is null ? lastOpen : null);
        lastOpen = Open;
        await ReadAsync();
        if (filter != Asked)
        {
            returnTo = Filter.Before is not null && View is { Entries: [var first, ..] } ? first.Id : returnTo;
            StateHasChanged();
            await AskAsync(Wish(first: true));
        }
    }
}
