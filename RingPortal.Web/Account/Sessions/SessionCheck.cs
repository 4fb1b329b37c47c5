using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Account.Sessions;

/// <summary>
/// Looks every few seconds whether a session still counts, on whatever instance it is used: a new security stamp, a deleted
/// account or signing out ends it. Pages say by themselves that the database is away, so for a minute its absence ends no session.
/// </summary>
internal static partial class SessionCheck
{
    /// <summary>Whoever loses a right has lost it within 5 s (reliability A5), the request that finds out included.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            SecondFactorTime.Carry(context);
            SessionId.Carry(context);
        }
        catch (Exception trouble) when (DatabaseTrouble.Is(trouble) && Age(context) < s_patience)
        {
            Log.Later(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SessionCheck)), trouble.GetBaseException().GetType().Name);
        }
    }

    private static TimeSpan Age(CookieValidatePrincipalContext context) =>
        context.Properties.IssuedUtc is { } issued ? (context.Options.TimeProvider ?? TimeProvider.System).GetUtcNow() - issued : TimeSpan.MaxValue;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Whether a session still counts could not be asked ({Reason}); it is asked again at its next use")]
        public static partial void Later(ILogger logger, string reason);
    }
}
