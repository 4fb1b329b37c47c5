using Npgsql;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Devices.Feed;
using RingPortal.Web.Hosting;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// One refresh under a lease: asks Ring, and stores what it says before anybody uses it (contract 6.2). Once Ring has
/// been asked nothing may stop it: the old refresh token may be spent.
/// </summary>
internal sealed partial class TokenRenewal(
    TokenRows rows, TokenVault vault, RingOAuthClient oauth, TimeProvider clock, Alarms alarms, FeedOutlet feed, PortalMetrics metrics, ILogger<TokenRenewal> logger)
{
    private const string CredentialsAlarm = "ring.credentials";
    private const string UnreadableAlarm = "token.unreadable";

    private static readonly TimeSpan s_restAfterFailure = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_restAfterRefusal = TimeSpan.FromHours(20);
    private static readonly TimeSpan s_restOfUnreadable = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_storing = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <summary>Takes no cancellation token: there is nothing to cancel once it has begun.</summary>
    internal async Task<RefreshOutcome> RenewAsync(HeldTokens seen, Guid lease, RingPriority priority)
    {
        if (Open(seen) is not { } token)
        {
            return await UnreadableAsync(seen, lease);
        }

        var result = await oauth.RefreshAsync(token, priority, CancellationToken.None);
        if (result.Failure is RingFailure.OutcomeUnknown or RingFailure.Unreadable)
        {
            // Once more, and only once: if the answer got lost the old token may be dead (contract 6.2).
            result = await oauth.RefreshAsync(token, priority, CancellationToken.None);
        }

        return result.TryGetValue(out var tokens, out var failure) ? await KeepAsync(seen, tokens)
            : failure is RingFailure.Refused { IsAboutOurCredentials: true } ? await OurFaultAsync(seen, lease)
            : failure is RingFailure.Refused ? await RefusedAsync(seen, lease)
            : await PostponeAsync(seen, lease, failure);
    }

    /// <summary>Key of the alarm that an installation cannot be renewed.</summary>
    internal static string AlarmOf(Guid id) => $"link.reauth.{id:N}";

    private string? Open(HeldTokens seen)
    {
        try
        {
            return vault.Open(seen.Id, VaultColumns.RefreshToken, seen.SealedRefreshToken);
        }
        catch (VaultException exception)
        {
            Log.Unreadable(logger, seen.Id, exception);
            return null;
        }
    }

    private async Task<RefreshOutcome> KeepAsync(HeldTokens seen, RingTokenSet tokens)
    {
        var expires = clock.GetUtcNow() + tokens.ExpiresIn;
        var access = vault.Seal(seen.Id, VaultColumns.AccessToken, tokens.AccessToken);
        var refresh = tokens.RefreshToken is null ? null : vault.Seal(seen.Id, VaultColumns.RefreshToken, tokens.RefreshToken);
        var wasFailing = await StoreAsync(seen, new(access, refresh, expires, tokens.Scope));
        metrics.TokenRefresh(wasFailing is null ? "late" : "refreshed");
        Log.Refreshed(logger, seen.Id, seen.Version);
        if (wasFailing is true)
        {
            await alarms.ResolveAsync(AlarmOf(seen.Id), CancellationToken.None);
            await alarms.ResolveAsync(CredentialsAlarm, CancellationToken.None);
            await ShowAsync(seen);
        }

        return RefreshOutcome.Moved;
    }

    /// <summary>A pair that is not stored is a lost customer: while the database is away it is tried for minutes.</summary>
    private async Task<bool?> StoreAsync(HeldTokens seen, NewTokens tokens)
    {
        var end = clock.GetUtcNow() + s_storing;
        for (var pause = TimeSpan.FromMilliseconds(250); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await rows.KeepAsync(seen, tokens, CancellationToken.None);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException && clock.GetUtcNow() < end)
            {
                Log.NotStored(logger, seen.Id, exception);
                await Task.Delay(pause, CancellationToken.None);
            }
        }
    }

    private async Task<RefreshOutcome> RefusedAsync(HeldTokens seen, Guid lease)
    {
        metrics.TokenRefresh("refused");
        if (!await rows.RefuseAsync(seen, lease, s_restAfterRefusal, CancellationToken.None))
        {
            return RefreshOutcome.Moved;
        }

        Log.Refused(logger, seen.Id, seen.State);
        await alarms.RaiseAsync(
            AlarmOf(seen.Id),
            $"Ring refuses to renew the tokens of installation {seen.Id}. Its owner has to remove the app under My Apps in the Ring app and add it again; the portal tells them.",
            CancellationToken.None);
        await ShowAsync(seen);
        return RefreshOutcome.Refused;
    }

    /// <summary>Open pages say that Ring needs the person, or no longer does.</summary>
    private async Task ShowAsync(HeldTokens seen)
    {
        if (await rows.OwnerAsync(seen.Id, CancellationToken.None) is { } owner)
        {
            feed.Publish(new FeedChange(owner, FeedKind.Connection));
        }
    }

    /// <summary>Ring does not know us. That says nothing about the token, so no link is given up for it.</summary>
    private async Task<RefreshOutcome> OurFaultAsync(HeldTokens seen, Guid lease)
    {
        await alarms.RaiseAsync(CredentialsAlarm, "Ring refuses the portal's own credentials: check Ring__ClientId and Ring__ClientSecret.", CancellationToken.None);
        metrics.TokenRefresh("credentials");
        await rows.PostponeAsync(seen, lease, s_restAfterFailure, CancellationToken.None);
        return RefreshOutcome.Unavailable;
    }

    /// <summary>A key that is missing can be put back, so no link is given up for it, and none has to wait for this one.</summary>
    private async Task<RefreshOutcome> UnreadableAsync(HeldTokens seen, Guid lease)
    {
        await alarms.RaiseAsync(
            UnreadableAlarm,
            $"The stored tokens of installation {seen.Id} do not open: their key is missing in Vault__Keys, or they were changed. Put the key back; if there is none, its owner has to remove the app under My Apps in the Ring app and add it again.",
            CancellationToken.None);
        metrics.TokenRefresh("unreadable");
        await rows.PostponeAsync(seen, lease, s_restOfUnreadable, CancellationToken.None);
        return RefreshOutcome.Unavailable;
    }

    private async Task<RefreshOutcome> PostponeAsync(HeldTokens seen, Guid lease, RingFailure failure)
    {
        metrics.TokenRefresh("unavailable");
        Log.Postponed(logger, seen.Id, failure.GetType().Name);
        await rows.PostponeAsync(seen, lease, s_restAfterFailure, CancellationToken.None);
        return RefreshOutcome.Unavailable;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tokens of {RingTokenId} are renewed (version {Version} before)")]
        public static partial void Refreshed(ILogger logger, Guid ringTokenId, int version);

        [LoggerMessage(2, LogLevel.Error, "The new tokens of {RingTokenId} could not be stored yet; trying again")]
        public static partial void NotStored(ILogger logger, Guid ringTokenId, Exception exception);

        [LoggerMessage(3, LogLevel.Warning, "Ring refused to renew the tokens of {RingTokenId}, which was {State}")]
        public static partial void Refused(ILogger logger, Guid ringTokenId, Data.Tokens.RingTokenState state);

        [LoggerMessage(4, LogLevel.Warning, "Tokens of {RingTokenId} could not be renewed now ({Failure})")]
        public static partial void Postponed(ILogger logger, Guid ringTokenId, string failure);

        [LoggerMessage(5, LogLevel.Error, "The refresh token of {RingTokenId} does not open")]
        public static partial void Unreadable(ILogger logger, Guid ringTokenId, Exception exception);
    }
}
