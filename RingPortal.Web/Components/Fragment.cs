using Microsoft.AspNetCore.Components;

namespace RingPortal.Web.Components;

/// <summary>Addresses within the page. Interactive documents have a base address, which would turn "#id" into the start page.</summary>
internal static class Fragment
{
    public static string To(string id, NavigationManager navigation, IComponentRenderMode? mode) =>
        mode is null ? $"#{id}" : $"/{navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0]}#{id}";
}
