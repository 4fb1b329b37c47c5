using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RingPortal.Migrations.Versions
{
    /// <inheritdoc />
    public partial class Erasure : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_used_nonces_asp_net_users_user_id",
                table: "used_nonces");

            migrationBuilder.DropForeignKey(
                name: "fk_used_nonces_ring_tokens_ring_token_id",
                table: "used_nonces");

            migrationBuilder.AlterColumn<Guid>(
                name: "user_id",
                table: "used_nonces",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AlterColumn<Guid>(
                name: "ring_token_id",
                table: "used_nonces",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.CreateTable(
                name: "erasures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    stage = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sealed_letter = table.Column<byte[]>(type: "bytea", nullable: true),
                    told_links = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    next_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lease_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lease_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_erasures", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_webhook_inbox_unassigned",
                table: "webhook_inbox",
                column: "received_at",
                filter: "account_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_erasures_due",
                table: "erasures",
                column: "next_attempt_at",
                filter: "completed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_erasures_requested_at",
                table: "erasures",
                column: "requested_at");

            migrationBuilder.CreateIndex(
                name: "ix_erasures_user_id",
                table: "erasures",
                column: "user_id",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_used_nonces_asp_net_users_user_id",
                table: "used_nonces",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);

            migrationBuilder.AddForeignKey(
                name: "fk_used_nonces_ring_tokens_ring_token_id",
                table: "used_nonces",
                column: "ring_token_id",
                principalTable: "ring_tokens",
                principalColumn: "id",
                onDelete: ReferentialAction.SetNull);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_used_nonces_asp_net_users_user_id",
                table: "used_nonces");

            migrationBuilder.DropForeignKey(
                name: "fk_used_nonces_ring_tokens_ring_token_id",
                table: "used_nonces");

            migrationBuilder.DropTable(
                name: "erasures");

            migrationBuilder.DropIndex(
                name: "ix_webhook_inbox_unassigned",
                table: "webhook_inbox");

            migrationBuilder.AlterColumn<Guid>(
                name: "user_id",
                table: "used_nonces",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "ring_token_id",
                table: "used_nonces",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);

            migrationBuilder.AddForeignKey(
                name: "fk_used_nonces_asp_net_users_user_id",
                table: "used_nonces",
                column: "user_id",
                principalTable: "users",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);

            migrationBuilder.AddForeignKey(
                name: "fk_used_nonces_ring_tokens_ring_token_id",
                table: "used_nonces",
                column: "ring_token_id",
                principalTable: "ring_tokens",
                principalColumn: "id",
                onDelete: ReferentialAction.Cascade);
        }
    }
}
