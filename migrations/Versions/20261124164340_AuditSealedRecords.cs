using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class AuditSealedRecords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_audit_seals_record_ids",
                table: "audit_seals",
                column: "record_ids")
                .Annotation("Npgsql:IndexMethod", "gin");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_audit_seals_record_ids",
                table: "audit_seals");
        }
    }
}
