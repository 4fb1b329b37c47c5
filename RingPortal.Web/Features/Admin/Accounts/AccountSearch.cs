using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Admin.Accounts;

/// <summary>An account that fits what was searched.</summary>
/// <param name="Id">The account.</param>
/// <param name="Email">Its e-mail.</param>
public sealed record FoundAccount(Guid Id, string Email);

/// <summary>
/// Finds accounts by a whole e-mail or a whole Ring account id. Never by a part of one: whoever looks must know already whom
/// they look for.
/// </summary>
internal sealed class AccountSearch(IServiceScopeFactory scopes, ILookupNormalizer normalizer)
{
    private const int Longest = 254;

    /// <summary>Connections that live: the index holds them alone, and it needs the states as they are written in it.</summary>
    private static readonly string s_byRingAccount =
        $"""
        SELECT token.user_id AS "Value" FROM ring_tokens AS token
        WHERE token.account_id = @account AND token.user_id IS NOT NULL AND token.state IN ({string.Join(", ", RingTokenTransitions.Living.Select(state => $"'{state.Name()}'"))})
        """;

    /// <summary>The accounts that have exactly this e-mail, or hold exactly this Ring account.</summary>
    public async Task<IReadOnlyList<FoundAccount>> FindAsync(string typed, CancellationToken cancellationToken)
    {
        var text = typed.Trim();
        if (text.Length is 0 or > Longest)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var email = normalizer.NormalizeEmail(text);
        var found = await context.Users.AsNoTracking().Where(user => user.NormalizedEmail == email).Select(user => new FoundAccount(user.Id, user.Email!)).ToListAsync(cancellationToken);
        if (found.Count > 0)
        {
            return found;
        }

        var holders = await context.Database.SqlQueryRaw<Guid>(s_byRingAccount, new Npgsql.NpgsqlParameter("account", text)).ToListAsync(cancellationToken);
        return await context.Users.AsNoTracking().Where(user => holders.Contains(user.Id)).Select(user => new FoundAccount(user.Id, user.Email ?? "")).ToListAsync(cancellationToken);
    }
}
