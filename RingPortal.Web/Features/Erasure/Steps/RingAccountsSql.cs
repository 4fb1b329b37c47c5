using Npgsql;
using RingPortal.Data.Erasure;

namespace RingPortal.Web.Features.Erasure.Steps;

/// <summary>
/// Statements about the Ring accounts of a person. Each finds anew which those are and whether somebody else holds one of
/// them now: a worker that was frozen for an hour must not touch what has become another person's.
/// </summary>
internal static class RingAccountsSql
{
    /// <summary>Rows of one transaction.</summary>
    public const int Chunk = 2_000;

    /// <summary>What Ring still sends is answered and dropped.</summary>
    public const string Remember =
        $"""
        {Accounts}
        INSERT INTO disconnected_accounts (account_hash, disconnected_at)
        SELECT sha256(convert_to(account_id, 'UTF8')), @now FROM accounts WHERE NOT held
        ON CONFLICT (account_hash) DO UPDATE SET disconnected_at = excluded.disconnected_at
        """;

    /// <summary>Deliveries that belong to no account and name a camera of the person in their body.</summary>
    public const string ForgetByCameras =
        """
        WITH cameras AS (
            SELECT ring_device_id AS id FROM devices WHERE user_id = @user
            UNION SELECT ring_device_id FROM teardowns WHERE user_id = @user AND ring_device_id IS NOT NULL)
        DELETE FROM webhook_inbox AS row
        WHERE row.account_id IS NULL AND EXISTS (SELECT FROM cameras WHERE position(convert_to(cameras.id, 'UTF8') IN row.body) > 0)
        """;

    /// <summary>The same for Ring accounts that nobody else holds.</summary>
    public const string ForgetByAccounts =
        $"""
        {Accounts}
        DELETE FROM webhook_inbox AS row
        WHERE row.account_id IS NULL
          AND EXISTS (SELECT FROM accounts WHERE NOT held AND row.received_at < coalesce(since, 'infinity')
            AND position(convert_to(accounts.account_id, 'UTF8') IN row.body) > 0)
        """;

    /// <summary>Deliveries of the accounts, a chunk; rows that somebody has in hand are left.</summary>
    public const string ForgetChunk =
        $"""
        {Accounts}
        DELETE FROM webhook_inbox WHERE ctid = ANY(ARRAY(
            SELECT row.ctid FROM webhook_inbox AS row WHERE {TheirTime} LIMIT @most FOR UPDATE OF row SKIP LOCKED))
        """;

    /// <summary>
    /// The last look, in the transaction that deletes the person's connections: deliveries that were in hand before, rows of
    /// the same Ring accounts that nobody claimed, and what rows of former holders say about the account.
    /// </summary>
    public static readonly string[] Last =
    [
        $"""
        {Accounts}
        DELETE FROM webhook_inbox AS row WHERE {TheirTime}
        """,
        $"""
        {Accounts}
        DELETE FROM ring_tokens AS token USING accounts
        WHERE token.account_id = accounts.account_id AND NOT accounts.held AND token.user_id IS NULL
          AND token.state IN ('UNCLAIMED', {Ended}) AND token.received_at <= @asked
        """,
        $"""
        {Accounts}
        UPDATE teardowns AS work SET ring_device_id = NULL, name = NULL
        FROM ring_tokens AS token JOIN accounts ON accounts.account_id = token.account_id
        WHERE NOT accounts.held AND token.user_id <> @user AND token.state IN ({Ended})
          AND work.ring_token_id = token.id AND work.completed_at IS NOT NULL
        """,
        $"""
        {Accounts}
        UPDATE ring_tokens AS token SET account_id = NULL, masked_account = NULL, masked_name = NULL
        FROM accounts
        WHERE token.account_id = accounts.account_id AND NOT accounts.held AND token.user_id <> @user AND token.state IN ({Ended})
        """,
    ];

    /// <summary>
    /// Each Ring account that the person connected or tried to; whether somebody else holds it; and since when it is not the
    /// person's any more: by that other connection, or by an installation made after the person asked to be deleted.
    /// </summary>
    private const string Accounts =
        $"""
        WITH accounts AS (
            SELECT mine.account_id, coalesce(bool_or(other.user_id IS NOT NULL), false) AS held, min(other.received_at) AS since
            FROM (
                SELECT DISTINCT account_id FROM ring_tokens
                WHERE account_id IS NOT NULL AND (user_id = @user OR id IN (SELECT ring_token_id FROM used_nonces WHERE user_id = @user))) AS mine
            LEFT JOIN ring_tokens AS other ON other.account_id = mine.account_id
              AND ((other.user_id <> @user AND other.state NOT IN ({Ended})) OR (other.state = 'UNCLAIMED' AND other.received_at > @asked))
            GROUP BY mine.account_id)
        """;

    // An array, so that an index finds the rows however many others there are.
    private const string TheirTime =
        "row.account_id = ANY(ARRAY(SELECT account_id FROM accounts)) AND row.received_at < (SELECT coalesce(since, 'infinity') FROM accounts WHERE accounts.account_id = row.account_id)";

    private const string Ended = "'DISCONNECTED', 'REMOVED', 'EXPIRED', 'FAILED'";

    /// <summary>What the statements ask for.</summary>
    public static NpgsqlParameter[] Of(ErasureWork work, Guid userId, TimeProvider clock) =>
        [new("user", userId), new("asked", work.RequestedAt), new("now", clock.GetUtcNow()), new("most", Chunk)];
}
