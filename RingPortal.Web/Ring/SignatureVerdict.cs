namespace RingPortal.Web.Ring;

/// <summary>What is to be thought of a delivery's <c>X-Signature</c> (contract 5.2). Only the two valid ones let it in.</summary>
public enum SignatureVerdict
{
    /// <summary>No header, or an empty one.</summary>
    Missing,

    /// <summary>More than one value.</summary>
    Repeated,

    /// <summary>Not 64 hexadecimal digits, with or without <c>sha256=</c>.</summary>
    Malformed,

    /// <summary>Well-formed, but made with no living key over these bytes.</summary>
    Mismatch,

    /// <summary>Made with the current key.</summary>
    Valid,

    /// <summary>Made with the key before, which is still accepted.</summary>
    ValidPrevious,
}
