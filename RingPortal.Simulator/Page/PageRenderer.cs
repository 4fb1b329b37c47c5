using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace RingPortal.Simulator.Page;

/// <summary>Renders a component to a whole HTML page.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    public async Task<IResult> RenderAsync<TPage>(Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        return TypedResults.Text("<!DOCTYPE html>\n" + html, "text/html; charset=utf-8");
    }
}
