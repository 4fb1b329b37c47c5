namespace RingPortal.Simulator.Backend;

/// <summary>The shapes in which a code can reach the partner (contract 2.1.1).</summary>
public enum BodyVariant
{
    /// <summary>Form field <c>code</c>.</summary>
    V1Form,

    /// <summary>Form with a charset parameter and odd letter case of the media type.</summary>
    V2FormCharset,

    /// <summary>Form without a content type.</summary>
    V3FormUntyped,

    /// <summary>JSON without a content type.</summary>
    V4JsonUntyped,

    /// <summary>JSON member <c>code</c>.</summary>
    V5Json,

    /// <summary>JSON with <c>grant_type</c> and <c>redirect_uri</c>.</summary>
    V6JsonGrant,

    /// <summary>Form field <c>authorization_code</c>.</summary>
    V7FormOtherName,

    /// <summary>JSON member <c>authorization_code</c>.</summary>
    V7JsonOtherName,

    /// <summary>Query parameter <c>code</c>, empty body.</summary>
    V8Query,

    /// <summary>Form with further fields that mean nothing.</summary>
    V9Extra,

    /// <summary>Form with <c>code_verifier</c>, which the token request must then repeat.</summary>
    V10Verifier,
}
