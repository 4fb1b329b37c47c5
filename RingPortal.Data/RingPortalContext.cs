using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Account;
using RingPortal.Data.Admin;
using RingPortal.Data.Audit;
using RingPortal.Data.Certification;
using RingPortal.Data.Devices;
using RingPortal.Data.Erasure;
using RingPortal.Data.Events;
using RingPortal.Data.Linking;
using RingPortal.Data.LiveView;
using RingPortal.Data.Media;
using RingPortal.Data.Notifications;
using RingPortal.Data.Ring;
using RingPortal.Data.Subscriptions;
using RingPortal.Data.Teardown;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;

namespace RingPortal.Data;

/// <summary>Everything the portal stores, on PostgreSQL in snake_case, times as <c>timestamptz</c> in UTC.</summary>
public sealed class RingPortalContext(DbContextOptions<RingPortalContext> options)
    : IdentityDbContext<PortalUser, IdentityRole<Guid>, Guid>(options), IDataProtectionKeyContext
{
    /// <summary>Sessions that people signed out of.</summary>
    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

    /// <summary>Installations of the app: codes, sealed tokens, links.</summary>
    public DbSet<RingToken> RingTokens => Set<RingToken>();

    /// <summary>Nonces that were consented with.</summary>
    public DbSet<UsedNonce> UsedNonces => Set<UsedNonce>();

    /// <summary>Deliveries from Ring.</summary>
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();

    /// <summary>Decisions of operators about many deliveries.</summary>
    public DbSet<InboxBulk> InboxBulks => Set<InboxBulk>();

    /// <summary>Calls to the addresses registered at Ring.</summary>
    public DbSet<Arrival> Arrivals => Set<Arrival>();

    /// <summary>Cameras that people share.</summary>
    public DbSet<Device> Devices => Set<Device>();

    /// <summary>What must be read again from Ring.</summary>
    public DbSet<SyncRequest> SyncRequests => Set<SyncRequest>();

    /// <summary>What happened in front of cameras.</summary>
    public DbSet<DeviceEvent> DeviceEvents => Set<DeviceEvent>();

    /// <summary>How far Ring's event history is read.</summary>
    public DbSet<DeviceHistory> DeviceHistories => Set<DeviceHistory>();

    /// <summary>Times of which events may be missing.</summary>
    public DbSet<EventGap> EventGaps => Set<EventGap>();

    /// <summary>Live views.</summary>
    public DbSet<LiveSession> LiveSessions => Set<LiveSession>();

    /// <summary>Kept pictures.</summary>
    public DbSet<Snapshot> Snapshots => Set<Snapshot>();

    /// <summary>When Ring was last asked for the latest picture of a camera.</summary>
    public DbSet<SnapshotLook> SnapshotLooks => Set<SnapshotLook>();

    /// <summary>When pictures are put into albums.</summary>
    public DbSet<SnapshotSchedule> SnapshotSchedules => Set<SnapshotSchedule>();

    /// <summary>Plans and trials.</summary>
    public DbSet<Subscription> Subscriptions => Set<Subscription>();

    /// <summary>Removals of cameras and connections.</summary>
    public DbSet<TeardownWork> Teardowns => Set<TeardownWork>();

    /// <summary>Recorded steps of removals.</summary>
    public DbSet<TeardownStep> TeardownSteps => Set<TeardownStep>();

    /// <summary>Deletions of accounts.</summary>
    public DbSet<ErasureWork> Erasures => Set<ErasureWork>();

    /// <summary>Ring accounts that were disconnected here.</summary>
    public DbSet<DisconnectedAccount> DisconnectedAccounts => Set<DisconnectedAccount>();

    /// <summary>What people want to be told.</summary>
    public DbSet<NotificationPreference> NotificationPreferences => Set<NotificationPreference>();

    /// <summary>Who the pseudonyms of the audit trail are.</summary>
    public DbSet<AuditSubject> AuditSubjects => Set<AuditSubject>();

    /// <summary>The audit trail.</summary>
    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();

    /// <summary>Seals of the audit trail.</summary>
    public DbSet<AuditSeal> AuditSeals => Set<AuditSeal>();

    /// <summary>Looks at the whole audit trail.</summary>
    public DbSet<AuditCheck> AuditChecks => Set<AuditCheck>();

    /// <summary>What was removed, as it was.</summary>
    public DbSet<Archive> Archives => Set<Archive>();

    /// <summary>Messages to be sent.</summary>
    public DbSet<OutboxEmail> OutboxEmails => Set<OutboxEmail>();

    /// <summary>What needs a human.</summary>
    public DbSet<Alarm> Alarms => Set<Alarm>();

    /// <summary>Histories of alarms.</summary>
    public DbSet<AlarmNote> AlarmNotes => Set<AlarmNote>();

    /// <summary>Messages about alarms to the operators' own address.</summary>
    public DbSet<AlarmPost> AlarmPosts => Set<AlarmPost>();

    /// <summary>What the instances counted, minute by minute.</summary>
    public DbSet<MinuteFigure> MinuteFigures => Set<MinuteFigure>();

    /// <summary>When things of the portal as a whole last happened.</summary>
    public DbSet<ServiceMark> ServiceMarks => Set<ServiceMark>();

    /// <summary>What the machine checks of the certification list last came to.</summary>
    public DbSet<CertificationResult> CertificationResults => Set<CertificationResult>();

    /// <summary>What persons confirmed of the certification list.</summary>
    public DbSet<CertificationTick> CertificationTicks => Set<CertificationTick>();

    /// <summary>What operators typed in for the certification.</summary>
    public DbSet<CertificationEntry> CertificationEntries => Set<CertificationEntry>();

    /// <summary>Runs of the machine checks.</summary>
    public DbSet<CertificationRun> CertificationRuns => Set<CertificationRun>();

    /// <summary>Times between a submission to Ring and its answer.</summary>
    public DbSet<ReviewPeriod> ReviewPeriods => Set<ReviewPeriod>();

    /// <summary>Accounts that were made for Ring's reviewers.</summary>
    public DbSet<ReviewAccount> ReviewAccounts => Set<ReviewAccount>();

    /// <summary>The budget of calls to Ring that all instances share.</summary>
    public DbSet<RateLease> RateLeases => Set<RateLease>();

    /// <summary>The key ring of cookies and antiforgery; tokens are sealed by the vault instead.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(RingPortalContext).Assembly);
        builder.Entity<PortalUser>(user =>
        {
            user.ToTable("users");
            user.Property(person => person.TimeZone).HasMaxLength(64);
        });
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("user_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("user_passkeys");
        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
    }
}
