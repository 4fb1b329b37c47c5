namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>An alarm in words: what happened, and why it matters with the next step.</summary>
/// <param name="Title">What happened, without a stop.</param>
/// <param name="Body">Why it matters and what to do; empty when the title says it all.</param>
public sealed record AlarmWords(string Title, string Body)
{
    /// <summary>As it is stored: one text, the first sentence is the title.</summary>
    public string Text => Body.Length == 0 ? Title : $"{Title}. {Body}";

    /// <summary>Reads a stored text.</summary>
    public static AlarmWords Of(string text)
    {
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? new AlarmWords(text.TrimEnd('.'), "") : new AlarmWords(text[..end], text[(end + 2)..]);
    }
}
