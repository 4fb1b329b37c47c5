using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class EventHistory : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "device_histories");

            migrationBuilder.DropTable(
                name: "event_gaps");

            migrationBuilder.DropIndex(
                name: "ux_device_events_history",
                table: "device_events");

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
        }
    }
}
