using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "answered_in",
                table: "webhook_inbox",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "bulk_id",
                table: "webhook_inbox",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "headers",
                table: "webhook_inbox",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settled_by",
                table: "webhook_inbox",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "tries",
                table: "webhook_inbox",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "level",
                table: "alarms",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Warning");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "muted_until",
                table: "alarms",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "next_message_at",
                table: "alarms",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "taken_at",
                table: "alarms",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "taken_by",
                table: "alarms",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "told_at",
                table: "alarms",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "alarm_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    alarm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    staff_user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alarm_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_alarm_notes_alarms_alarm_id",
                        column: x => x.alarm_id,
                        principalTable: "alarms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "alarm_posts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    alarm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_alarm_posts", x => x.id);
                    table.ForeignKey(
                        name: "fk_alarm_posts_alarms_alarm_id",
                        column: x => x.alarm_id,
                        principalTable: "alarms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "arrival_minutes",
                columns: table => new
                {
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    route = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    verdict = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_arrival_minutes", x => new { x.at, x.route, x.verdict });
                });

            migrationBuilder.CreateTable(
                name: "audit_checks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done = table.Column<long>(type: "bigint", nullable: false),
                    total = table.Column<long>(type: "bigint", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    seals = table.Column<long>(type: "bigint", nullable: false),
                    through_record = table.Column<long>(type: "bigint", nullable: true),
                    newest_seal = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    breaks = table.Column<int>(type: "integer", nullable: false),
                    first_break = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_checks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "certification_entries",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    value = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_entries", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "certification_results",
                columns: table => new
                {
                    item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    evidence = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    elapsed_milliseconds = table.Column<double>(type: "double precision", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_results", x => x.item);
                });

            migrationBuilder.CreateTable(
                name: "certification_runs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    total = table.Column<int>(type: "integer", nullable: false),
                    done = table.Column<int>(type: "integer", nullable: false),
                    current = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "certification_ticks",
                columns: table => new
                {
                    item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certification_ticks", x => x.item);
                    table.ForeignKey(
                        name: "fk_certification_ticks_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "inbox_bulks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    verb = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    filter = table.Column<string>(type: "jsonb", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    matched = table.Column<int>(type: "integer", nullable: false),
                    handled = table.Column<int>(type: "integer", nullable: false),
                    chunks = table.Column<int>(type: "integer", nullable: false),
                    place_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    place_id = table.Column<Guid>(type: "uuid", nullable: true),
                    carried_out_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done = table.Column<int>(type: "integer", nullable: false),
                    stopped = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_bulks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "minute_figures",
                columns: table => new
                {
                    minute = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    instance = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    tag = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false),
                    sum = table.Column<double>(type: "double precision", nullable: false),
                    buckets = table.Column<long[]>(type: "bigint[]", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_minute_figures", x => new { x.minute, x.instance, x.name, x.tag });
                });

            migrationBuilder.CreateTable(
                name: "review_accounts",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    erase_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_accounts", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_review_accounts_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "review_periods",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_open = table.Column<bool>(type: "boolean", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false),
                    contact_user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    looks = table.Column<int>(type: "integer", nullable: false),
                    answered = table.Column<int>(type: "integer", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_visit_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_review_periods", x => x.id);
                    table.ForeignKey(
                        name: "fk_review_periods_asp_net_users_contact_user_id",
                        column: x => x.contact_user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_bulk",
                table: "webhook_inbox",
                columns: new[] { "bulk_id", "state" },
                filter: "bulk_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_held",
                table: "webhook_inbox",
                columns: new[] { "state", "received_at", "id" },
                filter: "state IN ('Parked', 'Dead', 'Quarantined')");

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_rare",
                table: "webhook_inbox",
                columns: new[] { "event_type", "received_at" },
                filter: "event_type NOT IN ('motion_detected', 'button_press')");

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_action_at",
                table: "audit_records",
                columns: new[] { "action", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_actor_at",
                table: "audit_records",
                columns: new[] { "actor", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_actor_id_at",
                table: "audit_records",
                columns: new[] { "actor_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_records_target_at",
                table: "audit_records",
                columns: new[] { "target", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_arrivals_verdict_at",
                table: "arrivals",
                columns: new[] { "verdict", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_alarms_message_due",
                table: "alarms",
                column: "next_message_at",
                filter: "next_message_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_alarm_notes_alarm_id",
                table: "alarm_notes",
                column: "alarm_id");

            migrationBuilder.CreateIndex(
                name: "ix_alarm_posts_alarm_id",
                table: "alarm_posts",
                column: "alarm_id");

            migrationBuilder.CreateIndex(
                name: "ix_alarm_posts_due",
                table: "alarm_posts",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_checks_asked_at",
                table: "audit_checks",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ux_certification_runs_open",
                table: "certification_runs",
                column: "is_open",
                unique: true,
                filter: "is_open");

            migrationBuilder.CreateIndex(
                name: "ix_certification_ticks_user_id",
                table: "certification_ticks",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_bulks_asked_at",
                table: "inbox_bulks",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_inbox_bulks_open",
                table: "inbox_bulks",
                column: "asked_at",
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_review_periods_contact_user_id",
                table: "review_periods",
                column: "contact_user_id");

            migrationBuilder.CreateIndex(
                name: "ux_review_periods_open",
                table: "review_periods",
                column: "is_open",
                unique: true,
                filter: "is_open");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alarm_notes");

            migrationBuilder.DropTable(
                name: "alarm_posts");

            migrationBuilder.DropTable(
                name: "arrival_minutes");

            migrationBuilder.DropTable(
                name: "audit_checks");

            migrationBuilder.DropTable(
                name: "certification_entries");

            migrationBuilder.DropTable(
                name: "certification_results");

            migrationBuilder.DropTable(
                name: "certification_runs");

            migrationBuilder.DropTable(
                name: "certification_ticks");

            migrationBuilder.DropTable(
                name: "inbox_bulks");

            migrationBuilder.DropTable(
                name: "minute_figures");

            migrationBuilder.DropTable(
                name: "review_accounts");

            migrationBuilder.DropTable(
                name: "review_periods");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_bulk",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_held",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_rare",
                table: "webhook_inbox");

            migrationBuilder.DropIndex(
                name: "ix_audit_records_action_at",
                table: "audit_records");

            migrationBuilder.DropIndex(
                name: "ix_audit_records_actor_at",
                table: "audit_records");

            migrationBuilder.DropIndex(
                name: "ix_audit_records_actor_id_at",
                table: "audit_records");

            migrationBuilder.DropIndex(
                name: "ix_audit_records_target_at",
                table: "audit_records");

            migrationBuilder.DropIndex(
                name: "ix_arrivals_verdict_at",
                table: "arrivals");

            migrationBuilder.DropIndex(
                name: "ix_alarms_message_due",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "answered_in",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "bulk_id",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "headers",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "settled_by",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "tries",
                table: "webhook_inbox");

            migrationBuilder.DropColumn(
                name: "level",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "muted_until",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "next_message_at",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "taken_at",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "taken_by",
                table: "alarms");

            migrationBuilder.DropColumn(
                name: "told_at",
                table: "alarms");
        }
    }
}
