using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Sessions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Not made anew: portals at work are sealing meanwhile.
            migrationBuilder.Sql("ALTER INDEX ix_audit_seals_record_ids SET (fastupdate = off)");
            migrationBuilder.Sql("SELECT gin_clean_pending_list('ix_audit_seals_record_ids')");

            migrationBuilder.CreateTable(
                name: "ended_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ended_sessions", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_ended_sessions_ended_at",
                table: "ended_sessions",
                column: "ended_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ended_sessions");

            migrationBuilder.Sql("ALTER INDEX ix_audit_seals_record_ids RESET (fastupdate)");
        }
    }
}
