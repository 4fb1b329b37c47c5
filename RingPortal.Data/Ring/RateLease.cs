namespace RingPortal.Data.Ring;

/// <summary>
/// The budget of calls to Ring that all instances share (contract 7.3). A call may go out at <see cref="NextFreeAt"/>,
/// which every lease moves on by the space between two calls and Ring's <c>Retry-After</c> by as long as Ring says.
/// </summary>
public sealed class RateLease
{
    /// <summary>Whose budget it is; Ring counts all its hosts together, so there is one row.</summary>
    public required string Upstream { get; init; }

    /// <summary>Before this moment of the database's clock (UTC) no further call is handed out.</summary>
    public required DateTimeOffset NextFreeAt { get; set; }

    /// <summary>The same for background calls, which move it on twice as far: they get half of the budget at most.</summary>
    public required DateTimeOffset BackgroundFreeAt { get; set; }
}
