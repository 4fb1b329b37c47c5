using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using RingPortal.Data.Account;

namespace RingPortal.Data.Tokens;

internal sealed class RingTokenMapping : IEntityTypeConfiguration<RingToken>
{
    public void Configure(EntityTypeBuilder<RingToken> builder)
    {
        builder.ToTable("ring_tokens", table =>
        {
            table.HasCheckConstraint("ck_ring_tokens_account", $"account_id IS NOT NULL OR state NOT IN ({Names([RingTokenState.Unclaimed, .. RingTokenTransitions.Living])})");
            table.HasCheckConstraint("ck_ring_tokens_owner", $"(user_id IS NOT NULL) OR state NOT IN ({Names(RingTokenTransitions.Living)})");
            table.HasCheckConstraint("ck_ring_tokens_free", "user_id IS NULL OR state NOT IN ('RECEIVED', 'EXCHANGED', 'UNCLAIMED')");
            table.HasCheckConstraint("ck_ring_tokens_ended", $"(sealed_code IS NULL AND sealed_code_verifier IS NULL AND sealed_access_token IS NULL AND sealed_refresh_token IS NULL AND sealed_nonce IS NULL) OR state NOT IN ({Names(RingTokenTransitions.Ended)})");
        });
        builder.Property(token => token.Id).ValueGeneratedNever();
        builder.Property(token => token.State).IsConcurrencyToken().HasConversion(state => state.Name(), name => RingTokenStateNames.Parse(name)).HasMaxLength(20);
        builder.Property(token => token.CodeHash).HasMaxLength(32);
        builder.Property(token => token.AccountId).HasMaxLength(200);
        builder.Property(token => token.MaskedAccount).HasMaxLength(200);
        builder.Property(token => token.MaskedName).HasMaxLength(200);
        builder.Property(token => token.SourceNetwork).HasMaxLength(64);
        builder.Property(token => token.Scope).HasMaxLength(2048);
        builder.HasIndex(token => token.CodeHash).IsUnique();
        builder.HasIndex(token => token.UserId);
        builder.HasIndex(token => new { token.State, token.NextAttemptAt });
        // Matching reads this index alone: every unclaimed row and nothing else (contract 4.4).
        builder.HasIndex(token => new { token.ReceivedAt, token.Id, token.AccountId }, "ix_ring_tokens_unclaimed")
            .HasDatabaseName("ix_ring_tokens_unclaimed")
            .HasFilter("state = 'UNCLAIMED'");
        builder.HasIndex(token => token.AccountId, "ux_ring_tokens_living_account")
            .HasDatabaseName("ux_ring_tokens_living_account")
            .IsUnique()
            .HasFilter($"state IN ({Names(RingTokenTransitions.Living)})");
        builder.HasIndex(token => token.StateChangedAt, "ix_ring_tokens_ended")
            .HasDatabaseName("ix_ring_tokens_ended")
            .HasFilter($"state IN ({Names(RingTokenTransitions.Ended)})");
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(token => token.UserId).OnDelete(DeleteBehavior.Restrict);
    }

    private static string Names(IEnumerable<RingTokenState> states) => string.Join(", ", states.Select(state => $"'{state.Name()}'"));
}
