using Microsoft.AspNetCore.Mvc;
using RingPortal.Web.Components;
using RingPortal.Web.Features.Notifications.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Notifications;

/// <summary>
/// The address that ends messages about a camera. Looking changes nothing, because mail programs look at addresses by
/// themselves; posting works without sign-in and without a form of ours, because mail programs post by themselves (RFC 8058).
/// All answers have the same status, whether there is such a secret or not.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public const string Path = "/unsubscribe";

    /// <summary>The field and value by which a mail program says that the person pressed its button.</summary>
    public const string Field = "List-Unsubscribe";

    /// <summary>See <see cref="Field"/>.</summary>
    public const string OneClick = "One-Click";

    /// <summary>The value by which our own page takes it back.</summary>
    public const string GoOn = "Go-On";

    private const int LongestBody = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var address = routes.MapGroup($"{Path}/{{secret}}").AllowAnonymous().DisableAntiforgery();
        address.MapMethods("", [HttpMethods.Get, HttpMethods.Head], ShowAsync);
        address.MapPost("", ActAsync).WithMetadata(new RequestSizeLimitAttribute(LongestBody));
    }

    private static async Task<IResult> ShowAsync(string secret, Unsubscriber unsubscriber, Texts texts, CancellationToken cancellationToken) =>
        Page(await unsubscriber.ShowAsync(secret, cancellationToken), acted: false, secret, texts);

    private static async Task<IResult> ActAsync(string secret, HttpRequest request, Unsubscriber unsubscriber, Texts texts, CancellationToken cancellationToken) =>
        await WishAsync(request, cancellationToken) switch
        {
            OneClick => Page(await unsubscriber.StopAsync(secret, cancellationToken), acted: true, secret, texts),
            GoOn => Page(await unsubscriber.GoOnAsync(secret, cancellationToken), acted: true, secret, texts),
            _ => Page(await unsubscriber.ShowAsync(secret, cancellationToken), acted: false, secret, texts),
        };

    private static async Task<string?> WishAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        try
        {
            return (await request.ReadFormAsync(cancellationToken))[Field];
        }
        catch (InvalidDataException)
        {
            // No form that anybody could read: nobody pressed anything.
            return null;
        }
    }

    private static IResult Page(UnsubscribeView view, bool acted, string secret, Texts texts) => StaticPage.Result<UnsubscribePage>(
        texts["unsub.title"],
        new Dictionary<string, object?>
        {
            [nameof(UnsubscribePage.View)] = view,
            [nameof(UnsubscribePage.Acted)] = acted,
            [nameof(UnsubscribePage.Action)] = $"{Path}/{Uri.EscapeDataString(secret)}",
        });
}
