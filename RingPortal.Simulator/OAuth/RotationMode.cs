namespace RingPortal.Simulator.OAuth;

/// <summary>What becomes of a refresh token when it is used (Ring does not say, so a partner must survive each).</summary>
public enum RotationMode
{
    /// <summary>The old token is dead the moment the new one is made.</summary>
    Strict,

    /// <summary>The old token works until a token of the new pair is used, so a lost answer can be asked for again.</summary>
    Grace,

    /// <summary>The refresh token never changes.</summary>
    None,
}
