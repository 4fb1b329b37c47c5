using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Notifications : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "pending_offline",
                table: "notification_preferences",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "pending_person",
                table: "notification_preferences",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "pending_press",
                table: "notification_preferences",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "pending_until",
                table: "notification_preferences",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "sealed_unsubscribe",
                table: "notification_preferences",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "stopped_at",
                table: "notification_preferences",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "pending_offline",
                table: "notification_preferences");

            migrationBuilder.DropColumn(
                name: "pending_person",
                table: "notification_preferences");

            migrationBuilder.DropColumn(
                name: "pending_press",
                table: "notification_preferences");

            migrationBuilder.DropColumn(
                name: "pending_until",
                table: "notification_preferences");

            migrationBuilder.DropColumn(
                name: "sealed_unsubscribe",
                table: "notification_preferences");

            migrationBuilder.DropColumn(
                name: "stopped_at",
                table: "notification_preferences");
        }
    }
}
