namespace RingPortal.Web.Features.Erasure;

/// <summary>What became of a wish to delete an account.</summary>
internal abstract record ErasureAnswer
{
    /// <summary>It has begun, now or at an earlier wish; nobody can sign in with the account any more.</summary>
    public sealed record Begun : ErasureAnswer;

    /// <summary>What was typed is not the e-mail of the account; nothing changed.</summary>
    public sealed record WrongEmail : ErasureAnswer;

    /// <summary>The account is needed; nothing changed.</summary>
    /// <param name="Why">Key of the text that says why.</param>
    public sealed record Needed(string Why) : ErasureAnswer;
}
