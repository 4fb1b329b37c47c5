using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace RingPortal.Web.Components.Layout;

/// <summary>A part of the shell that shows where the reader is; the shell itself stays when the page changes.</summary>
public abstract class LocationComponent : ComponentBase, IDisposable
{
    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether the reader is at this address or below it.</summary>
    protected bool IsAt(string address)
    {
        var path = new Uri(Navigation.Uri).AbsolutePath;
        return path.Equals(address, StringComparison.OrdinalIgnoreCase) || path.StartsWith($"{address}/", StringComparison.OrdinalIgnoreCase);
    }

    protected override void OnInitialized() => Navigation.LocationChanged += Refresh;

    public void Dispose()
    {
        Navigation.LocationChanged -= Refresh;
        GC.SuppressFinalize(this);
    }

    private void Refresh(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);
}
