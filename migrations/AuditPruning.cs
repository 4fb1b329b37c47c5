namespace RingPortal.Migrations;

/// <summary>
/// The only way the portal's own role can shorten the audit trail: whole seals, oldest first, and never younger than 30
/// days whatever it asks for. Runs with the owner's rights.
/// </summary>
internal static class AuditPruning
{
    public const string Create =
        """
        CREATE FUNCTION prune_audit(before timestamptz, most integer) RETURNS integer
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
          bound timestamptz := least(before, now() - interval '30 days');
          pruned bigint[];
        BEGIN
          SELECT array_agg(number) INTO pruned FROM (
            SELECT number FROM audit_seals WHERE sealed_at < bound AND pruned_at IS NULL ORDER BY number LIMIT most FOR UPDATE) AS oldest;
          IF pruned IS NULL THEN
            RETURN 0;
          END IF;
          DELETE FROM archives WHERE id IN (
            SELECT archive_id FROM audit_records WHERE archive_id IS NOT NULL AND id IN (SELECT unnest(record_ids) FROM audit_seals WHERE number = ANY(pruned)));
          DELETE FROM audit_records WHERE id IN (SELECT unnest(record_ids) FROM audit_seals WHERE number = ANY(pruned));
          UPDATE audit_seals SET pruned_at = now() WHERE number = ANY(pruned);
          RETURN cardinality(pruned);
        END
        $$;
        REVOKE ALL ON FUNCTION prune_audit(timestamptz, integer) FROM PUBLIC;
        """;

    public const string Drop = "DROP FUNCTION prune_audit(timestamptz, integer);";
}
