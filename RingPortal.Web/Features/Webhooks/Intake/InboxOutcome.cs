namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>What became of a signed delivery.</summary>
internal enum InboxOutcome
{
    /// <summary>Committed and due.</summary>
    Accepted,

    /// <summary>Known already, by its request id or as the same event.</summary>
    Duplicate,

    /// <summary>Committed, but not readable or not plausible.</summary>
    Quarantined,

    /// <summary>Committed apart: the request id is known with a different body.</summary>
    Conflicting,

    /// <summary>Not committed; Ring has to send it again.</summary>
    NotStored,
}
