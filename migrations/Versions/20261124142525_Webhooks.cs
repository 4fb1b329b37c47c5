using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Webhooks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_due",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_devices_ring_token_id_ring_device_id",
                table: "devices");

            migrationBuilder.AlterColumn<string>(
                name: "last_error",
                table: "webhook_inbox",
                type: "character varying(1000)",
                maxLength: 1000,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);

            migrationBuilder.AddColumn<string>(
                name: "outcome",
                table: "webhook_inbox",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "settled_at",
                table: "webhook_inbox",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "removed_at",
                table: "devices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "archives",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    teardown_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_archives", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_records",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    transaction_id = table.Column<long>(type: "bigint", nullable: false, defaultValueSql: "(pg_current_xact_id()::text)::bigint"),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    action = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    actor = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    target = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    reason = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    details = table.Column<string>(type: "jsonb", nullable: true),
                    archive_id = table.Column<Guid>(type: "uuid", nullable: true),
                    archive_digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_records", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    number = table.Column<long>(type: "bigint", nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    record_ids = table.Column<long[]>(type: "bigint[]", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    previous_mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    mac = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    key_id = table.Column<byte[]>(type: "bytea", maxLength: 8, nullable: false),
                    pruned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_seals", x => x.number);
                });

            migrationBuilder.CreateTable(
                name: "audit_subjects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_archive_key = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_subjects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "device_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    sub_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source_key = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    inbox_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_events", x => x.id);
                    table.ForeignKey(
                        name: "fk_device_events_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_device_events_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "disconnected_accounts",
                columns: table => new
                {
                    account_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    disconnected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_disconnected_accounts", x => x.account_hash);
                });

            migrationBuilder.CreateTable(
                name: "live_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ring_token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ring_path = table.Column<string>(type: "character varying(2048)", maxLength: 2048, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_live_sessions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "notification_preferences",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    press = table.Column<bool>(type: "boolean", nullable: false),
                    person = table.Column<bool>(type: "boolean", nullable: false),
                    offline = table.Column<bool>(type: "boolean", nullable: false),
                    period_minutes = table.Column<int>(type: "integer", nullable: false),
                    unsubscribe_hash = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: true),
                    last_mail_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    pending_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notification_preferences", x => x.device_id);
                    table.ForeignKey(
                        name: "fk_notification_preferences_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_notification_preferences_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ring_token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ring_subscription_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sub_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    plan_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ring_device_ids = table.Column<string[]>(type: "text[]", nullable: false),
                    as_of = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                    table.ForeignKey(
                        name: "fk_subscriptions_ring_tokens_ring_token_id",
                        column: x => x.ring_token_id,
                        principalTable: "ring_tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "sync_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ring_token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ring_device_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_error = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sync_requests", x => x.id);
                    table.ForeignKey(
                        name: "fk_sync_requests_ring_tokens_ring_token_id",
                        column: x => x.ring_token_id,
                        principalTable: "ring_tokens",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "teardowns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    cause = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    ring_token_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    device_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ring_device_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    inbox_id = table.Column<Guid>(type: "uuid", nullable: true),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teardowns", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "teardown_steps",
                columns: table => new
                {
                    teardown_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    result = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_teardown_steps", x => new { x.teardown_id, x.name });
                    table.ForeignKey(
                        name: "fk_teardown_steps_teardowns_teardown_id",
                        column: x => x.teardown_id,
                        principalTable: "teardowns",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_dead",
                table: "webhook_inbox",
                column: "settled_at",
                filter: "state = 'Dead'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_due",
                table: "webhook_inbox",
                column: "next_attempt_at",
                filter: "state = 'Due'");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_parked",
                table: "webhook_inbox",
                columns: new[] { "account_id", "received_at" },
                filter: "state = 'Parked'");

            migrationBuilder.CreateIndex(
                name: "ux_devices_shared",
                table: "devices",
                columns: new[] { "ring_token_id", "ring_device_id" },
                unique: true,
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_archives_created_at",
                table: "archives",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_archives_teardown_id",
                table: "archives",
                column: "teardown_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_action_id",
                table: "audit_records",
                columns: new[] { "action", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_at",
                table: "audit_records",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_subject_id_id",
                table: "audit_records",
                columns: new[] { "subject_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_sealed_at",
                table: "audit_seals",
                column: "sealed_at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_subjects_user_id",
                table: "audit_subjects",
                column: "user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_device_events_device_id_occurred_at_id",
                table: "device_events",
                columns: new[] { "device_id", "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_device_events_occurred_at",
                table: "device_events",
                column: "occurred_at");

            migrationBuilder.CreateIndex(
                name: "ix_device_events_user_id_occurred_at_id",
                table: "device_events",
                columns: new[] { "user_id", "occurred_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_device_events_source",
                table: "device_events",
                columns: new[] { "device_id", "source_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_device_id",
                table: "live_sessions",
                column: "device_id");

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_due",
                table: "live_sessions",
                column: "next_attempt_at",
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_live_sessions_user_id",
                table: "live_sessions",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_notification_preferences_due",
                table: "notification_preferences",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notification_preferences_unsubscribe_hash",
                table: "notification_preferences",
                column: "unsubscribe_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notification_preferences_user_id",
                table: "notification_preferences",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_ring_token_id_ring_subscription_id",
                table: "subscriptions",
                columns: new[] { "ring_token_id", "ring_subscription_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sync_requests_next_attempt_at",
                table: "sync_requests",
                column: "next_attempt_at");

            migrationBuilder.CreateIndex(
                name: "ux_sync_requests_subject",
                table: "sync_requests",
                columns: new[] { "ring_token_id", "kind", "ring_device_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_teardowns_due",
                table: "teardowns",
                column: "next_attempt_at",
                filter: "completed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_teardowns_requested_at",
                table: "teardowns",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_teardowns_ring_token_id_ring_device_id_occurred_at",
                table: "teardowns",
                columns: new[] { "ring_token_id", "ring_device_id", "occurred_at" });

            migrationBuilder.CreateIndex(
                name: "ux_teardowns_device",
                table: "teardowns",
                column: "device_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_teardowns_integration",
                table: "teardowns",
                column: "ring_token_id",
                unique: true,
                filter: "kind = 'Integration'");

            migrationBuilder.Sql(AuditPruning.Create);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(AuditPruning.Drop);

            migrationBuilder.DropTable(
                name: "archives");

            migrationBuilder.DropTable(
                name: "audit_records");

            migrationBuilder.DropTable(
                name: "audit_seals");

            migrationBuilder.DropTable(
                name: "audit_subjects");

            migrationBuilder.DropTable(
                name: "device_events");

            migrationBuilder.DropTable(
                name: "disconnected_accounts");

            migrationBuilder.DropTable(
                name: "live_sessions");

            migrationBuilder.DropTable(
                name: "notification_preferences");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropTable(
                name: "sync_requests");

            migrationBuilder.DropTable(
                name: "teardown_steps");

            migrationBuilder.DropTable(
                name: "teardowns");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_dead",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_due",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_parked",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ux_devices_shared",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "outcome",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "settled_at",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "removed_at",
                table: "devices");

            migrationBuilder.AlterColumn<string>(
                name: "last_error",
                table: "webhook_inbox",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(1000)",
                oldMaxLength: 1000,
                oldNullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_due",
                table: "webhook_inbox",
                column: "received_at",
                filter: "state = 'Due'");

            migrationBuilder.CreateIndex(
                name: "ix_devices_ring_token_id_ring_device_id",
                table: "devices",
                columns: new[] { "ring_token_id", "ring_device_id" },
                unique: true);
        }
    }
}
