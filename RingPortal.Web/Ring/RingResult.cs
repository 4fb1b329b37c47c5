using System.Diagnostics.CodeAnalysis;

namespace RingPortal.Web.Ring;

/// <summary>What a call to Ring gave: a value, or one of the failures to be expected. Expected failures never throw.</summary>
/// <typeparam name="T">What success brings.</typeparam>
public sealed record RingResult<T>
{
    internal RingResult(T? value, RingFailure? failure) => (Value, Failure) = (value, failure);

    /// <summary>What Ring answered; set exactly on success.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; set exactly otherwise.</summary>
    public RingFailure? Failure { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    /// <summary>A failure is a result without a value.</summary>
    public static implicit operator RingResult<T>(RingFailure failure) => new(default, failure);

    /// <summary>The value, or else the failure.</summary>
    public bool TryGetValue([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out RingFailure? failure)
    {
        (value, failure) = (Value, Failure);
        return IsSuccess;
    }
}
