using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;

namespace RingPortal.Web.Features.Tokens.Intake;

/// <summary>Stores an authorization code, sealed, before anything is answered.</summary>
internal sealed class TokenIntake(RingPortalContext context, TokenVault vault, TimeProvider clock)
{
    /// <summary>Whether the code is new; false for a repeat, which changes nothing.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The code could not be stored; the caller answers 503.</exception>
    public async Task<bool> StoreAsync(CodeReading.Found reading, string sourceNetwork, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(reading.Code));
        var code = vault.Seal(id, VaultColumns.Code, reading.Code);
        var verifier = reading.CodeVerifier is null ? null : vault.Seal(id, VaultColumns.CodeVerifier, reading.CodeVerifier);
        var state = RingTokenState.Received.Name();
        return await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ring_tokens (id, state, code_hash, sealed_code, sealed_code_verifier, source_network, received_at,
                                     retain_from, state_changed_at, next_attempt_at, attempts, outcome_unknown, version)
            VALUES ({id}, {state}, {hash}, {code}, {verifier}, {sourceNetwork}, {now}, {now}, {now}, {now}, 0, false, 0)
            ON CONFLICT (code_hash) DO NOTHING
            """,
            cancellationToken) == 1;
    }
}
