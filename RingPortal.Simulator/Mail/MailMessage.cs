namespace RingPortal.Simulator.Mail;

/// <summary>An e-mail that the portal wrote into its folder.</summary>
public sealed record MailMessage(string FileName, string Subject, string To, DateTimeOffset Date, string Text, string? Html)
{
    /// <summary>The text cut into plain pieces and web addresses.</summary>
    internal IReadOnlyList<TextPiece> Pieces => TextPiece.Cut(Text);
}
