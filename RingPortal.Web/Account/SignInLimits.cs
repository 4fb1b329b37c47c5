using RingPortal.Web.Hosting;

namespace RingPortal.Web.Account;

/// <summary>
/// Slows guessing and mass sign-up, per instance: sign-in 10 a minute per e-mail and address, sign-up 60 an hour
/// per address, confirmation messages 3 in 10 minutes per person, resets 3 in 10 minutes per e-mail and 30 an hour per address. Held here and not at routes because linking signs in too.
/// </summary>
public sealed class SignInLimits : IDisposable
{
    private readonly WindowLimit _signIn = new(10, TimeSpan.FromMinutes(1));
    private readonly WindowLimit _signUp = new(60, TimeSpan.FromHours(1));
    private readonly WindowLimit _confirmation = new(3, TimeSpan.FromMinutes(10));
    private readonly WindowLimit _reset = new(3, TimeSpan.FromMinutes(10));
    private readonly WindowLimit _resets = new(30, TimeSpan.FromHours(1));

    /// <summary>How long to wait, or null when the try may go on.</summary>
    public TimeSpan? SignIn(HttpContext http, string normalizedEmail) => _signIn.Take($"{ClientAddress.Of(http)} {normalizedEmail}");

    /// <inheritdoc cref="SignIn" />
    public TimeSpan? SignUp(HttpContext http) => _signUp.Take(ClientAddress.Of(http));

    /// <inheritdoc cref="SignIn" />
    public TimeSpan? Confirmation(Guid userId) => _confirmation.Take(userId.ToString());

    /// <inheritdoc cref="SignIn" />
    public TimeSpan? Reset(HttpContext http, string normalizedEmail) => _resets.Take(ClientAddress.Of(http)) ?? _reset.Take(normalizedEmail);

    public void Dispose()
    {
        _signIn.Dispose();
        _signUp.Dispose();
        _confirmation.Dispose();
        _reset.Dispose();
        _resets.Dispose();
    }
}
