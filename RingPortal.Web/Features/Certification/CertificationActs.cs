using System.Security.Claims;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin;
using RingPortal.Web.Features.Certification.Checks;
using RingPortal.Web.Features.Certification.Review;
using RingPortal.Web.Features.Certification.Runs;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Certification;

/// <summary>What operators do on the certification page; each act is in the audit trail with who did it.</summary>
internal sealed class CertificationActs(
    StaffActs acts, CertificationRuns runs, ReviewAccounts accounts, RegisteredSettings settings, Alarms alarms, IServiceScopeFactory scopes, TimeProvider clock)
{
    private const string Asked = "Asked for on the certification page";

    /// <summary>Runs all machine checks, or one.</summary>
    public async Task<ActOutcome> RunAsync(ClaimsPrincipal person, string? item, CancellationToken cancellationToken)
    {
        Guid? run = null;
        var outcome = await acts.RunAsync(
            person,
            new StaffAct("certification.run", item is null ? null : $"item:{item}", Asked),
            async (context, token) => (run = await runs.AddAsync(context, item, token)) is null ? new ActResult(0, "admin.cert.running") : new ActResult(1),
            cancellationToken);
        if (outcome is ActOutcome.Done && run is { } id)
        {
            runs.Wake(id);
        }

        return outcome;
    }

    /// <summary>Notes that a person looked at an item and found it as Ring wants it. The note says what they looked at.</summary>
    public Task<ActOutcome> TickAsync(ClaimsPrincipal person, string item, string note, CancellationToken cancellationToken) =>
        CertificationCatalogue.Find(item) is not { IsMachine: false }
            ? throw new ArgumentException("Only an item that a person confirms can be ticked.", nameof(item))
            : acts.RunAsync(person, new StaffAct("certification.ticked", $"item:{item}", note), (context, token) => TickAsync(context, person, item, note, token), cancellationToken);

    /// <summary>Takes such a note back.</summary>
    public Task<ActOutcome> UntickAsync(ClaimsPrincipal person, string item, string reason, CancellationToken cancellationToken) => acts.RunAsync(
        person,
        new StaffAct("certification.unticked", $"item:{item}", reason),
        async (context, token) => new ActResult(await context.CertificationTicks.Where(tick => tick.Item == item).ExecuteDeleteAsync(token)),
        cancellationToken);

    /// <summary>Saves the addresses as they stand in Ring's console.</summary>
    public Task<ActOutcome> SaveAddressesAsync(ClaimsPrincipal person, IReadOnlyDictionary<string, string> byName, CancellationToken cancellationToken) => SaveAsync(
        person, "certification.addresses", RegisteredAddress.All.Where(address => byName.ContainsKey(address.Name)).ToDictionary(address => address.EntryKey, address => byName[address.Name]), cancellationToken);

    /// <summary>Saves a reviewer note.</summary>
    public Task<ActOutcome> SaveNoteAsync(ClaimsPrincipal person, int field, string text, CancellationToken cancellationToken) =>
        SaveAsync(person, "certification.note", new Dictionary<string, string> { [ReviewerNotes.EntryKey(field)] = text }, cancellationToken);

    /// <summary>Begins the review mode: what is registered is frozen as it is now.</summary>
    /// <param name="person">Who acts.</param>
    /// <param name="contactUserId">Who is told of the first visit.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<ActOutcome> StartReviewAsync(ClaimsPrincipal person, Guid contactUserId, string reason, CancellationToken cancellationToken) =>
        acts.RunAsync(person, new StaffAct("certification.review-started", null, reason), (context, token) => StartReviewAsync(context, contactUserId, token), cancellationToken);

    /// <summary>Ends the review mode, and with it the alarm about changed settings.</summary>
    public async Task<ActOutcome> EndReviewAsync(ClaimsPrincipal person, string reason, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var outcome = await acts.RunAsync(
            person,
            new StaffAct("certification.review-ended", null, reason),
            async (context, token) => new ActResult(await context.Database.ExecuteSqlAsync($"UPDATE review_periods SET is_open = false, ended_at = {now} WHERE is_open", token)),
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            await alarms.ResolveAsync(WatchReviewJob.Alarm, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Makes an account for reviewers. The password is returned here and kept nowhere.</summary>
    public async Task<(ActOutcome Outcome, string? Password)> MakeAccountAsync(ClaimsPrincipal person, string email, string reason, CancellationToken cancellationToken)
    {
        var password = ReviewAccounts.NewPassword();
        var outcome = await acts.RunAsync(
            person,
            new StaffAct("certification.account-made", null, reason),
            async (context, token) => await accounts.AddAsync(context, email.Trim(), password, token) is { } refusal ? new ActResult(0, refusal) : new ActResult(1),
            cancellationToken);
        return (outcome, outcome is ActOutcome.Done ? password : null);
    }

    /// <summary>Deletes a review account by the erasure that every account goes through.</summary>
    public async Task<ActOutcome> DeleteAccountAsync(ClaimsPrincipal person, Guid userId, string reason, CancellationToken cancellationToken)
    {
        var outcome = await acts.RunAsync(
            person,
            new StaffAct("certification.account-deleted", null, reason) { SubjectUserId = userId },
            async (context, token) => await accounts.AskErasureAsync(context, userId, token) ? new ActResult(1) : new ActResult(0, "admin.cert.account.gone"),
            cancellationToken);
        if (outcome is ActOutcome.Done)
        {
            // A context of its own: a circuit's lives for hours.
            await using var scope = scopes.CreateBackgroundScope();
            await scope.ServiceProvider.GetRequiredService<ReviewAccounts>().SweepAsync(cancellationToken);
        }

        return outcome;
    }

    private async Task<ActResult> TickAsync(RingPortalContext context, ClaimsPrincipal person, string item, string note, CancellationToken cancellationToken)
    {
        var (user, now) = (StaffMember.Of(person)!.UserId, clock.GetUtcNow());
        return new ActResult(await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO certification_ticks (item, user_id, at, note) VALUES ({item}, {user}, {now}, {note})
            ON CONFLICT (item) DO UPDATE SET user_id = excluded.user_id, at = excluded.at, note = excluded.note
            """,
            cancellationToken));
    }

    private async Task<ActResult> StartReviewAsync(RingPortalContext context, Guid contactUserId, CancellationToken cancellationToken)
    {
        var (id, now, frozen) = (Guid.CreateVersion7(), clock.GetUtcNow(), JsonSerializer.Serialize(settings.Read()));
        var started = await context.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO review_periods (id, started_at, is_open, settings, contact_user_id, looks, answered)
            VALUES ({id}, {now}, true, {frozen}::jsonb, {contactUserId}, 0, 0) ON CONFLICT (is_open) WHERE is_open DO NOTHING
            """,
            cancellationToken);
        return started == 1 ? new ActResult(1) : new ActResult(0, "admin.cert.review.already");
    }

    private Task<ActOutcome> SaveAsync(ClaimsPrincipal person, string action, IReadOnlyDictionary<string, string> entries, CancellationToken cancellationToken) => acts.RunAsync(
        person,
        new StaffAct(action, null, Asked) { Details = new { entries = entries.Keys } },
        (context, token) => SaveAsync(context, entries, token),
        cancellationToken);

    private async Task<ActResult> SaveAsync(RingPortalContext context, IReadOnlyDictionary<string, string> entries, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, value) in entries)
        {
            if (value.Length > ReviewerNotes.Longest)
            {
                return new ActResult(0, "admin.cert.toolong");
            }

            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO certification_entries (key, value, changed_at) VALUES ({key}, {value}, {now})
                ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
                """,
                cancellationToken);
        }

        return new ActResult(entries.Count);
    }
}
