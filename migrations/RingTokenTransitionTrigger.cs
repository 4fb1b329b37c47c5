namespace RingPortal.Migrations;

/// <summary>
/// The database's own copy of the allowed state changes. Frozen here as text, because a migration must do tomorrow
/// what it did today; a test compares it with <see cref="Data.Tokens.RingTokenTransitions"/>.
/// </summary>
internal static class RingTokenTransitionTrigger
{
    public const string Create =
        """
        CREATE FUNCTION ring_token_transition_allowed(was text, becomes text) RETURNS boolean
        LANGUAGE sql IMMUTABLE AS $$
          SELECT was = becomes OR (was, becomes) IN (
            ('RECEIVED', 'EXCHANGED'), ('RECEIVED', 'EXPIRED'), ('RECEIVED', 'FAILED'), ('RECEIVED', 'REMOVED'), ('RECEIVED', 'DISCONNECTED'),
            ('EXCHANGED', 'UNCLAIMED'), ('EXCHANGED', 'EXPIRED'), ('EXCHANGED', 'FAILED'), ('EXCHANGED', 'REMOVED'), ('EXCHANGED', 'DISCONNECTED'),
            ('UNCLAIMED', 'CLAIMING'), ('UNCLAIMED', 'EXPIRED'), ('UNCLAIMED', 'FAILED'), ('UNCLAIMED', 'REMOVED'), ('UNCLAIMED', 'DISCONNECTED'),
            ('CLAIMING', 'UNCERTAIN'), ('CLAIMING', 'CONFIRMED'), ('CLAIMING', 'UNCLAIMED'), ('CLAIMING', 'REMOVED'), ('CLAIMING', 'DISCONNECTED'),
            ('UNCERTAIN', 'CONFIRMED'), ('UNCERTAIN', 'UNCLAIMED'), ('UNCERTAIN', 'REMOVED'), ('UNCERTAIN', 'DISCONNECTED'),
            ('CONFIRMED', 'ACTIVE'), ('CONFIRMED', 'REAUTH_REQUIRED'), ('CONFIRMED', 'REMOVED'), ('CONFIRMED', 'DISCONNECTED'),
            ('ACTIVE', 'REAUTH_REQUIRED'), ('ACTIVE', 'REMOVED'), ('ACTIVE', 'DISCONNECTED'),
            ('REAUTH_REQUIRED', 'ACTIVE'), ('REAUTH_REQUIRED', 'REMOVED'), ('REAUTH_REQUIRED', 'DISCONNECTED'))
        $$;

        CREATE FUNCTION ring_tokens_guard_state() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
          IF NOT ring_token_transition_allowed(OLD.state, NEW.state) THEN
            RAISE EXCEPTION 'ring_tokens: % may not become %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
          END IF;
          RETURN NEW;
        END
        $$;

        CREATE TRIGGER ring_tokens_state BEFORE UPDATE OF state ON ring_tokens
          FOR EACH ROW EXECUTE FUNCTION ring_tokens_guard_state();
        """;

    public const string Drop =
        """
        DROP TRIGGER ring_tokens_state ON ring_tokens;
        DROP FUNCTION ring_tokens_guard_state();
        DROP FUNCTION ring_token_transition_allowed(text, text);
        """;
}
