namespace RingPortal.Web.Ring;

/// <summary>Makes successful results; failures convert by themselves.</summary>
public static class RingResult
{
    /// <summary>A success with this value.</summary>
    public static RingResult<T> Success<T>(T value) => new(value, null);
}
