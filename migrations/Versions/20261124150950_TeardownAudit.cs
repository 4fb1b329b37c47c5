using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class TeardownAudit : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "record_marks",
                table: "audit_seals",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<long>(
                name: "settled_before",
                table: "audit_seals",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "started_before",
                table: "audit_seals",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateIndex(
                name: "ix_ring_tokens_ended",
                table: "ring_tokens",
                column: "state_changed_at",
                filter: "state IN ('DISCONNECTED', 'REMOVED', 'EXPIRED', 'FAILED')");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_emails_created_at",
                table: "outbox_emails",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_closed",
                table: "live_sessions",
                column: "closed_at",
                filter: "closed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_disconnected_accounts_disconnected_at",
                table: "disconnected_accounts",
                column: "disconnected_at");

            migrationBuilder.CreateIndex(
                name: "ix_devices_ring_token_id",
                table: "devices",
                column: "ring_token_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_kept",
                table: "audit_seals",
                column: "number",
                filter: "pruned_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_transaction_id",
                table: "audit_records",
                column: "transaction_id");

            migrationBuilder.CreateIndex(
                name: "ix_alarms_resolved",
                table: "alarms",
                column: "resolved_at",
                filter: "resolved_at IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_ring_tokens_ended",
                table: "ring_tokens");

            migrationBuilder.DropIndex(
                name: "ix_outbox_emails_created_at",
                table: "outbox_emails");

            migrationBuilder.DropIndex(
                name: "ix_live_sessions_closed",
                table: "live_sessions");

            migrationBuilder.DropIndex(
                name: "ix_disconnected_accounts_disconnected_at",
                table: "disconnected_accounts");

            migrationBuilder.DropIndex(
                name: "ix_devices_ring_token_id",
                table: "devices");

            migrationBuilder.DropIndex(
                name: "ix_audit_seals_kept",
                table: "audit_seals");

            migrationBuilder.DropIndex(
                name: "ix_audit_records_transaction_id",
                table: "audit_records");

            migrationBuilder.DropIndex(
                name: "ix_alarms_resolved",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "record_marks",
                table: "audit_seals");

            migrationBuilder.DropColumn(
                name: "settled_before",
                table: "audit_seals");

            migrationBuilder.DropColumn(
                name: "started_before",
                table: "audit_seals");
        }
    }
}
