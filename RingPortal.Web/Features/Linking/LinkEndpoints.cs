namespace RingPortal.Web.Features.Linking;

/// <summary>
/// The Account Link URL and the pages behind it (contract 2.2, reliability 4.3). Endpoints that render components:
/// Razor pages answer HEAD with 405, and every one of these must be reachable for Ring's checks.
/// </summary>
internal static class LinkEndpoints
{
    public const string Arrival = "/ring/link";
    public const string Continue = "/ring/link/continue";
    public const string SignIn = "/ring/link/sign-in";
    public const string SignUp = "/ring/link/sign-up";
    public const string Confirm = "/ring/link/confirm";
    public const string NotMe = "/ring/link/not-me";
    public const string Done = "/ring/link/done";
    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapLinking(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").AllowAnonymous().DisableAntiforgery();
        pages.MapMethods(Arrival, s_reading, LinkArrival.HandleAsync);
        pages.MapMethods(Continue, s_reading, LinkSignIn.ShowAsync);
        pages.MapPost(SignIn, LinkSignIn.SignInAsync);
        pages.MapPost(SignUp, LinkSignIn.SignUpAsync);
        pages.MapMethods(Confirm, s_reading, LinkConsent.ShowAsync);
        pages.MapPost(Confirm, LinkConsent.ConnectAsync);
        pages.MapPost(NotMe, LinkConsent.RefuseAsync);
        pages.MapMethods(Done, s_reading, LinkDone.ShowAsync);
        ConfigEndpoint.Map(pages, s_reading);
        RingAccountEndpoints.Map(routes, s_reading);
    }
}
