namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// The statements of <see cref="TokenRows"/>. What changes the life of a link is written to the audit trail by the same
/// statement; a routine renewal is not.
/// </summary>
internal static class TokenRowsSql
{
    public const string Read =
        """
        SELECT state, version, sealed_access_token, sealed_refresh_token, access_expires_at, lease_id
        FROM ring_tokens WHERE id = @id
        """;

    public const string Owner = "SELECT user_id FROM ring_tokens WHERE id = @id";

    public const string Take =
        """
        UPDATE ring_tokens SET lease_id = @lease, lease_until = @until
        WHERE id = @id AND version = @version AND sealed_refresh_token IS NOT NULL AND (lease_until IS NULL OR lease_until < @now)
        """;

    // Without a look at the lease: a good pair that comes late is still the newest one, as long as nobody stored another.
    public const string Keep =
        $"""
        WITH before AS (
            SELECT id, user_id, refresh_failing_since IS NOT NULL AS failing FROM ring_tokens
            WHERE id = @id AND version = @version AND sealed_refresh_token IS NOT NULL FOR UPDATE),
        told AS (
            {Insert} SELECT @now, 'token.refresh-recovered', 'Ring', {Subject}, 'link:' || before.id FROM before WHERE before.failing)
        UPDATE ring_tokens AS token SET
            sealed_access_token = @access, sealed_refresh_token = coalesce(@refresh, token.sealed_refresh_token),
            access_expires_at = @expires, refreshed_at = @now, refresh_failing_since = NULL, scope = coalesce(@scope, token.scope),
            state = CASE WHEN token.state = 'REAUTH_REQUIRED' THEN 'ACTIVE' ELSE token.state END,
            state_changed_at = CASE WHEN token.state = 'REAUTH_REQUIRED' THEN @now ELSE token.state_changed_at END,
            version = token.version + 1, lease_id = NULL, lease_until = NULL
        FROM before
        WHERE token.id = before.id
        RETURNING before.failing
        """;

    public const string Refuse =
        $"""
        WITH before AS (SELECT id, user_id, state FROM ring_tokens WHERE id = @id AND version = @version AND lease_id = @lease FOR UPDATE),
        told AS (
            {Insert} SELECT @now, 'token.reauth-required', 'Ring', {Subject}, 'link:' || before.id FROM before WHERE before.state IN ('CONFIRMED', 'ACTIVE'))
        UPDATE ring_tokens AS token SET
            state = CASE WHEN token.state IN ('CONFIRMED', 'ACTIVE') THEN 'REAUTH_REQUIRED' ELSE token.state END,
            state_changed_at = CASE WHEN token.state IN ('CONFIRMED', 'ACTIVE') THEN @now ELSE token.state_changed_at END,
            relink_notice_at = CASE WHEN token.state IN ('CONFIRMED', 'ACTIVE') THEN NULL ELSE token.relink_notice_at END,
            refresh_failing_since = coalesce(token.refresh_failing_since, @now), lease_id = NULL, lease_until = @until
        FROM before
        WHERE token.id = before.id
        """;

    public const string Postpone =
        $"""
        WITH before AS (
            SELECT id, user_id, refresh_failing_since IS NULL AS first FROM ring_tokens WHERE id = @id AND version = @version AND lease_id = @lease FOR UPDATE),
        told AS (
            {Insert} SELECT @now, 'token.refresh-failing', 'Portal', {Subject}, 'link:' || before.id FROM before WHERE before.first)
        UPDATE ring_tokens AS token SET refresh_failing_since = coalesce(token.refresh_failing_since, @now), lease_id = NULL, lease_until = @until
        FROM before
        WHERE token.id = before.id
        """;

    private const string Insert = "INSERT INTO audit_records (at, action, actor, subject_id, target)";

    private const string Subject = "(SELECT subject.id FROM audit_subjects AS subject WHERE subject.user_id = before.user_id)";
}
