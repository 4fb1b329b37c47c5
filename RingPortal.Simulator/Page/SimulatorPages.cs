using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Mail;

namespace RingPortal.Simulator.Page;

/// <summary>The pages on which a person plays the Ring user.</summary>
internal static class SimulatorPages
{
    public static void AddSimulatorPages(this IServiceCollection services)
    {
        services.AddSingleton<MailFolder>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<RingAppQueries>();
    }

    public static void MapSimulatorPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapOwn("");
        pages.MapGet("/", RingAppAsync);
        pages.MapGet("/mail", MailAsync);
        pages.MapGet("/mail/{name}", MessageAsync);
        pages.MapGet("/mail/{name}/html", PaperAsync);
        pages.MapGet("/assets/{name}", Asset);
        pages.MapGet("/favicon.ico", () => TypedResults.NoContent());
        routes.MapPlay();
    }

    private static Task<IResult> RingAppAsync(string? account, PageRenderer renderer, RingAppQueries queries, AccountBook accounts) =>
        renderer.RenderAsync<RingAppPage>(new() { [nameof(RingAppPage.View)] = queries.Read(accounts.Knows(account) ? account! : accounts.All[0].Key) });

    private static async Task<IResult> MailAsync(PageRenderer renderer, MailFolder mail, RingSettings settings, CancellationToken cancellationToken) =>
        await renderer.RenderAsync<MailPage>(new()
        {
            [nameof(MailPage.Messages)] = await mail.NewestAsync(cancellationToken),
            [nameof(MailPage.HasFolder)] = mail.Exists,
            [nameof(MailPage.Portal)] = settings.PortalUrl,
        });

    private static async Task<IResult> MessageAsync(string name, PageRenderer renderer, MailFolder mail, RingSettings settings, CancellationToken cancellationToken) =>
        await mail.ReadAsync(name, cancellationToken) is { } message
            ? await renderer.RenderAsync<MessagePage>(new() { [nameof(MessagePage.Message)] = message, [nameof(MessagePage.Portal)] = settings.PortalUrl })
            : TypedResults.NotFound();

    /// <summary>A message in its own right: its styles work, nothing is loaded, addresses open elsewhere.</summary>
    private static async Task<IResult> PaperAsync(string name, HttpContext context, MailFolder mail, CancellationToken cancellationToken)
    {
        if (await mail.ReadAsync(name, cancellationToken) is not { Html: { } html })
            return TypedResults.NotFound();

        context.Response.Headers.ContentSecurityPolicy = OwnPages.Paper;
        return TypedResults.Text(html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.OrdinalIgnoreCase), "text/html; charset=utf-8");
    }

    private static IResult Asset(string name)
    {
        var type = Path.GetExtension(name) switch { ".css" => "text/css", ".js" => "text/javascript", ".svg" => "image/svg+xml", _ => null };
        var file = type is null ? null : typeof(SimulatorPages).Assembly.GetManifestResourceStream($"assets/{name}");
        return file is null ? TypedResults.NotFound() : TypedResults.Stream(file, type);
    }
}
