using RingPortal.Simulator.Ledger;

namespace RingPortal.Simulator.Wire;

/// <summary>JSON:API errors (contract 7.1).</summary>
internal sealed record ErrorsAnswer(IReadOnlyList<ErrorItem> Errors);

/// <summary>One of them.</summary>
internal sealed record ErrorItem(string Status, string Title, string Detail);

internal static class ApiErrors
{
    /// <summary>Answers with an error and notes it for the ledger.</summary>
    public static IResult Refuse(this HttpContext context, int status, string title, string detail, bool loud = false)
    {
        var notes = context.Notes();
        notes.Summary = $"{title}: {detail}";
        notes.Loud |= loud;
        return RingJson.Answer(new ErrorsAnswer([new(status.ToString(System.Globalization.CultureInfo.InvariantCulture), title, detail)]), status);
    }

    public static Task RefuseAsync(this HttpContext context, int status, string title, string detail, bool loud = false) =>
        context.Refuse(status, title, detail, loud).ExecuteAsync(context);
}
