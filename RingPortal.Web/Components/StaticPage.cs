using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using RingPortal.Web.Components.Layout;

namespace RingPortal.Web.Components;

/// <summary>Answers an endpoint with a component as a whole static document.</summary>
public static class StaticPage
{
    /// <summary>The answer for <typeparamref name="TPage"/>.</summary>
    /// <param name="title">Title of the page; the product's name is added.</param>
    /// <param name="parameters">Parameters of the page component.</param>
    /// <param name="status">HTTP status of the answer.</param>
    /// <param name="layout">The shell around the page; <see cref="LinkShell"/> when left out.</param>
    public static IResult Result<TPage>(
        string title, IDictionary<string, object?>? parameters = null, int status = 200, Type? layout = null)
        where TPage : IComponent =>
        new RazorComponentResult<StaticDocument>(new Dictionary<string, object?>
        {
            [nameof(StaticDocument.Title)] = title,
            [nameof(StaticDocument.Page)] = typeof(TPage),
            [nameof(StaticDocument.PageParameters)] = parameters,
            [nameof(StaticDocument.Layout)] = layout ?? typeof(LinkShell),
        })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };
}
