using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Events;

namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>Whether somebody can sign in.</summary>
public enum AccountState
{
    /// <summary>Yes.</summary>
    Open,

    /// <summary>Not for a quarter of an hour: too many wrong passwords or codes.</summary>
    LockedByTries,

    /// <summary>Not until staff unlocks the account.</summary>
    LockedByStaff,

    /// <summary>Never again: the account is being deleted.</summary>
    Leaving,
}

/// <summary>All that support needs to know of an account; no picture, no token.</summary>
/// <param name="Id">The account.</param>
/// <param name="Email">Its e-mail; null once its deletion has begun.</param>
/// <param name="EmailConfirmed">Whether it is confirmed.</param>
/// <param name="Role">The role of staff; null for consumers.</param>
/// <param name="CreatedAt">When it was made (UTC).</param>
/// <param name="State">Whether somebody can sign in.</param>
/// <param name="Since">Since when that is so (UTC), as far as recorded; for a lock after wrong tries until when.</param>
/// <param name="HasSecondStep">Whether sign-in asks for a second factor.</param>
/// <param name="Connections">Ring accounts, living ones first.</param>
/// <param name="Cameras">Cameras that are shared.</param>
/// <param name="Events">The newest events.</param>
/// <param name="SignIns">What was recorded of signing in during the last 30 days.</param>
public sealed record AccountView(
    Guid Id,
    string? Email,
    bool EmailConfirmed,
    string? Role,
    DateTimeOffset CreatedAt,
    AccountState State,
    DateTimeOffset? Since,
    bool HasSecondStep,
    IReadOnlyList<AccountConnection> Connections,
    IReadOnlyList<AccountCamera> Cameras,
    IReadOnlyList<AccountEvent> Events,
    IReadOnlyList<SignInTrouble> SignIns);

/// <summary>A Ring account.</summary>
/// <param name="Id">The connection.</param>
/// <param name="Mask">The masked Ring account; null while it is not known.</param>
/// <param name="State">Its state.</param>
/// <param name="Since">Since when (UTC).</param>
public sealed record AccountConnection(Guid Id, string? Mask, RingTokenState State, DateTimeOffset Since);

/// <summary>A camera.</summary>
/// <param name="Id">The camera.</param>
/// <param name="Name">The name that the person gave it.</param>
/// <param name="Online">Null when Ring did not say.</param>
/// <param name="StatusAt">When Ring said so (UTC).</param>
public sealed record AccountCamera(Guid Id, string Name, bool? Online, DateTimeOffset? StatusAt);

/// <summary>An event: kind and time only.</summary>
/// <param name="Kind">What people call it.</param>
/// <param name="At">When (UTC).</param>
public sealed record AccountEvent(TimelineKind Kind, DateTimeOffset At);

/// <summary>How often something about signing in was recorded.</summary>
/// <param name="Action">As in the audit trail.</param>
/// <param name="Count">How often; at most the newest hundred are counted.</param>
/// <param name="LastAt">When last (UTC).</param>
public sealed record SignInTrouble(string Action, int Count, DateTimeOffset LastAt);
