namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>What an operator can do to an installation.</summary>
public enum PoolVerb
{
    /// <summary>Its due step happens now.</summary>
    Resume,

    /// <summary>Its claim is given up.</summary>
    Release,

    /// <summary>It is over.</summary>
    End,
}
