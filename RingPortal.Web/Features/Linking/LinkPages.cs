using RingPortal.Web.Components;
using RingPortal.Web.Components.Layout;
using RingPortal.Web.Features.Linking.Pages;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Linking;

/// <summary>The pages of the flow that say one thing (look 1.1, 4.2-4.5).</summary>
internal sealed class LinkPages(Texts texts)
{
    private static readonly LinkAct s_how = new("link.bare.action", "/help#connect");

    public IResult Bare() => StaticPage.Result<LinkBarePage>(texts["link.bare.title"]);

    /// <summary>The App Homepage: what we are, and to somebody who is connected that it works.</summary>
    public IResult Home(bool works) => StaticPage.Result<HomePage>(
        texts["home.title"], new Dictionary<string, object?> { [nameof(HomePage.Works)] = works }, layout: typeof(ConsumerShell));

    public IResult Expired() => Message("link.expired", StatusCodes.Status400BadRequest, "Schedule", s_how);

    public IResult Broken() => Message("link.broken", StatusCodes.Status400BadRequest, "LinkOff", s_how);

    public IResult Lost() => Message("link.lost", StatusCodes.Status400BadRequest, "LinkOff", s_how);

    public IResult NotMe() => Message("link.notme", StatusCodes.Status200OK, "CheckCircle");

    public IResult Elsewhere() => Message("link.elsewhere", StatusCodes.Status409Conflict, "LinkOff", new LinkAct("link.elsewhere.action", LinkEndpoints.Continue));

    public IResult NoMatch() => Message(
        "link.nomatch", StatusCodes.Status400BadRequest, "HelpOutline",
        new LinkAct("link.nomatch.action", LinkEndpoints.Confirm), new LinkAct("link.nomatch.action2", "/help"));

    public IResult Staff() => Message("link.staff", StatusCodes.Status200OK, "Shield", new LinkAct("link.elsewhere.action", LinkEndpoints.Continue));

    public IResult Updating() => Message("sys.503", StatusCodes.Status503ServiceUnavailable, "Schedule", new LinkAct("sys.again", LinkEndpoints.Confirm));

    public IResult TooFast(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Message(texts["sys.429.title"], texts.Format("sys.429.body", ("n", seconds)), StatusCodes.Status429TooManyRequests, "Schedule");
    }

    /// <summary>A refusal by Ring or its silence, with the number that support asks for.</summary>
    public IResult Ended(string key, string reference) =>
        Message(texts[$"{key}.title"], texts.Format($"{key}.body", ("Ref", reference)), StatusCodes.Status200OK, "Error", s_how);

    private IResult Message(string key, int status, string icon, params LinkAct[] acts) =>
        Message(texts[$"{key}.title"], texts[$"{key}.body"], status, icon, acts);

    private static IResult Message(string title, string body, int status, string icon, params LinkAct[] acts) =>
        StaticPage.Result<LinkMessagePage>(
            title,
            new Dictionary<string, object?>
            {
                [nameof(LinkMessagePage.Title)] = title,
                [nameof(LinkMessagePage.Body)] = body,
                [nameof(LinkMessagePage.Icon)] = icon,
                [nameof(LinkMessagePage.Acts)] = acts,
            },
            status);
}
