using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class LiveView : Migration
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

            migrationBuilder.CreateIndex(
                name: "ux_live_sessions_place",
                table: "live_sessions",
                column: "device_id",
                unique: true,
                filter: "closed_at IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ux_live_sessions_place",
                table: "live_sessions");

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
