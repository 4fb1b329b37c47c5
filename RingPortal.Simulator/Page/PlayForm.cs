using System.Globalization;
using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Page;

/// <summary>What the buttons have in common: a form of an account, and the way back to the page.</summary>
internal static class PlayForm
{
    public static Task<IResult> ActAsync(HttpContext context, AccountBook accounts, Action<string, IFormCollection> act, string part = "") =>
        ActAsync(
            context,
            accounts,
            (account, form) =>
            {
                act(account, form);
                return Task.CompletedTask;
            },
            part);

    /// <param name="context">The request.</param>
    /// <param name="accounts">All users.</param>
    /// <param name="act">What the button does.</param>
    /// <param name="part">The part of the page to which a browser without script goes back.</param>
    public static async Task<IResult> ActAsync(HttpContext context, AccountBook accounts, Func<string, IFormCollection, Task> act, string part = "")
    {
        if (!context.Request.HasFormContentType)
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (!accounts.Knows(form["account"]))
            return TypedResults.NotFound();

        var account = form["account"].ToString();
        await act(account, form);
        context.Response.Headers.Location = $"/?account={Uri.EscapeDataString(account)}{part}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static bool On(this IFormCollection form, string name) => form[name] == "on";

    public static int Number(this IFormCollection form, string name) =>
        int.TryParse(form[name], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static T Choice<T>(this IFormCollection form, string name, T present)
        where T : struct, Enum => Enum.TryParse<T>(form[name], out var value) && Enum.IsDefined(value) ? value : present;
}
