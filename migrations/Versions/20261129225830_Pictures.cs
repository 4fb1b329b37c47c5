using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Pictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "ring_path",
                table: "live_sessions",
                type: "text",
                nullable: true,
                oldClrType: typeof(string),
                oldType: "character varying(2048)",
                oldMaxLength: 2048);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "deadline",
                table: "live_sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "heartbeat_at",
                table: "live_sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "instance_id",
                table: "live_sessions",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "opened_at",
                table: "live_sessions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "live_limit_seconds",
                table: "devices",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "protected_at",
                table: "devices",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                table: "device_events",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "history_id",
                table: "device_events",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "origin",
                table: "device_events",
                type: "character varying(20)",
                maxLength: 20,
                nullable: false,
                defaultValue: "Delivery");

            migrationBuilder.AddColumn<bool>(
                name: "reviewed",
                table: "device_events",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "device_histories",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    read_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_through = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    trail = table.Column<string>(type: "text", nullable: true),
                    is_complete = table.Column<bool>(type: "boolean", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    silent_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_histories", x => x.device_id);
                    table.ForeignKey(
                        name: "fk_device_histories_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "event_gaps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    cause = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    found = table.Column<int>(type: "integer", nullable: false),
                    filled = table.Column<int>(type: "integer", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    trail = table.Column<string>(type: "text", nullable: true),
                    listed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_event_gaps", x => x.id);
                    table.ForeignKey(
                        name: "fk_event_gaps_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "snapshot_looks",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    refusal = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshot_looks", x => x.device_id);
                    table.ForeignKey(
                        name: "fk_snapshot_looks_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "snapshot_schedules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    every_hours = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    keep_days = table.Column<int>(type: "integer", nullable: false),
                    next_slot = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshot_schedules", x => x.id);
                    table.ForeignKey(
                        name: "fk_snapshot_schedules_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_snapshot_schedules_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "snapshots",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slot = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    origin = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    media_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    sealed_content = table.Column<byte[]>(type: "bytea", nullable: true),
                    stored_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    keep_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snapshots", x => x.id);
                    table.ForeignKey(
                        name: "fk_snapshots_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_snapshots_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ux_live_sessions_place",
                table: "live_sessions",
                column: "device_id",
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_device_events_history",
                table: "device_events",
                columns: new[] { "device_id", "history_id" },
                unique: true,
                filter: "history_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_event_gaps_due",
                table: "event_gaps",
                column: "next_attempt_at",
                filter: "settled_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_event_gaps_to_at",
                table: "event_gaps",
                column: "to_at");

            migrationBuilder.CreateIndex(
                name: "ux_event_gaps_time",
                table: "event_gaps",
                columns: new[] { "device_id", "from_at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_schedules_due",
                table: "snapshot_schedules",
                column: "next_attempt_at",
                filter: "next_attempt_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_snapshot_schedules_user_id",
                table: "snapshot_schedules",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ux_snapshot_schedules_device",
                table: "snapshot_schedules",
                column: "device_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_snapshots_keep_until",
                table: "snapshots",
                column: "keep_until");

            migrationBuilder.CreateIndex(
                name: "ix_snapshots_stored_at",
                table: "snapshots",
                column: "stored_at");

            migrationBuilder.CreateIndex(
                name: "ix_snapshots_user_id",
                table: "snapshots",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ux_snapshots_latest",
                table: "snapshots",
                column: "device_id",
                unique: true,
                filter: "slot IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_snapshots_slot",
                table: "snapshots",
                columns: new[] { "device_id", "slot" },
                unique: true,
                filter: "slot IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "device_histories");

            migrationBuilder.DropTable(
                name: "event_gaps");

            migrationBuilder.DropTable(
                name: "snapshot_looks");

            migrationBuilder.DropTable(
                name: "snapshot_schedules");

            migrationBuilder.DropTable(
                name: "snapshots");

            migrationBuilder.DropIndex(
                name: "ux_live_sessions_place",
                table: "live_sessions");

            migrationBuilder.DropIndex(
                name: "ux_device_events_history",
                table: "device_events");

            migrationBuilder.DropColumn(
                name: "deadline",
                table: "live_sessions");

            migrationBuilder.DropColumn(
                name: "heartbeat_at",
                table: "live_sessions");

            migrationBuilder.DropColumn(
                name: "instance_id",
                table: "live_sessions");

            migrationBuilder.DropColumn(
                name: "opened_at",
                table: "live_sessions");

            migrationBuilder.DropColumn(
                name: "live_limit_seconds",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "protected_at",
                table: "devices");

            migrationBuilder.DropColumn(
                name: "ended_at",
                table: "device_events");

            migrationBuilder.DropColumn(
                name: "history_id",
                table: "device_events");

            migrationBuilder.DropColumn(
                name: "origin",
                table: "device_events");

            migrationBuilder.DropColumn(
                name: "reviewed",
                table: "device_events");

            migrationBuilder.AlterColumn<string>(
                name: "ring_path",
                table: "live_sessions",
                type: "character varying(2048)",
                maxLength: 2048,
                nullable: false,
                defaultValue: "",
                oldClrType: typeof(string),
                oldType: "text",
                oldNullable: true);
        }
    }
}
