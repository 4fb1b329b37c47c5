using Microsoft.AspNetCore.Components.Endpoints;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Web.Features.Devices.Feed;

/// <summary>
/// Live pages have no forms: what is posted to one is refused before the page is asked. The framework would look for a form in
/// it, and fail where there is none.
/// </summary>
internal static class LivePageEndpoints
{
    public static void OnlyRead(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().LastOrDefault() is { Type: var page } && (page.IsAssignableTo(typeof(LivePage)) || page.IsAssignableTo(typeof(AdminPageBase))))
        {
            endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
        }
    }
}
