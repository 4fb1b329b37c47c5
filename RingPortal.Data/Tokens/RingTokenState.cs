namespace RingPortal.Data.Tokens;

/// <summary>Where one installation of the app stands, from Ring's code to its end. Stored by name.</summary>
public enum RingTokenState
{
    /// <summary>Ring's authorization code is stored and not yet redeemed.</summary>
    Received,

    /// <summary>The code is redeemed; the Ring account is not known yet, so nothing can match this row.</summary>
    Exchanged,

    /// <summary>Tokens and Ring account are known; no portal user has claimed them.</summary>
    Unclaimed,

    /// <summary>A portal user has consented; Ring has not confirmed yet.</summary>
    Claiming,

    /// <summary>The confirmation was sent and Ring's answer is unknown.</summary>
    Uncertain,

    /// <summary>Ring accepted the nonce (POST done); completion (PATCH) is outstanding.</summary>
    Confirmed,

    /// <summary>Linked: Ring reports the integration as completed.</summary>
    Active,

    /// <summary>Ring refused a refresh; the person has to remove and add the app again.</summary>
    ReauthRequired,

    /// <summary>Ended by the user in this portal.</summary>
    Disconnected,

    /// <summary>Ended by Ring, or replaced by a newer installation.</summary>
    Removed,

    /// <summary>Nobody claimed it in time, or a newer installation of the same Ring account replaced it.</summary>
    Expired,

    /// <summary>The code could not be turned into tokens and it is not certain that it was spent in vain.</summary>
    Failed,
}
