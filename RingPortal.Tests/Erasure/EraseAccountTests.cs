using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Erasure;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Audit;
using RingPortal.Web.Features.Linking;

namespace RingPortal.Tests.Erasure;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EraseAccountTests(ErasureWorld world) : IClassFixture<ErasureWorld>
{
    [Fact]
    public async Task Nothing_Of_The_Person_Is_Left_And_Neighbours_Keep_Everything()
    {
        var (leaver, neighbour) = (await world.PersonAsync(), await world.PersonAsync());
        var (before, kept) = (await world.FindAsync(leaver), await world.FindAsync(neighbour));
        Assert.True(before.Count >= 25, $"The person stands in too few places: {string.Join(", ", before.Keys)}");

        var erasure = await world.BeginAsync(leaver);
        await world.FinishAsync(erasure);
        await world.SendMailAsync();

        Assert.Empty(await world.FindAsync(leaver));
        Assert.Equal(kept.OrderBy(place => place.Key), (await world.FindAsync(neighbour)).OrderBy(place => place.Key));
        var work = await world.WorkAsync(erasure);
        Assert.Equal((ErasureStage.Done, null, null, 0), (work.Stage, work.UserId, work.SealedLetter, work.ToldLinks.Length));
    }

    [Fact]
    public async Task The_Audit_Trail_Keeps_Every_Record_Stays_Whole_And_Knows_Nobody_Any_More()
    {
        var leaver = await world.PersonAsync();
        await using var context = world.Database.CreateContext();
        var subject = await context.AuditSubjects.AsNoTracking().SingleAsync(row => row.UserId == leaver.UserId);
        var archive = await context.Archives.AsNoTracking().SingleAsync(row => row.SubjectId == subject.Id);
        var before = await RecordsAsync(subject.Id);
        Assert.True((await world.VerifyTrailAsync()).IsWhole);

        await world.FinishAsync(await world.BeginAsync(leaver));

        var verdict = await world.VerifyTrailAsync();
        Assert.True(verdict.IsWhole, string.Join("; ", verdict.Breaks));
        var after = await RecordsAsync(subject.Id);
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(["account.erasure-asked", "link.ended", "person.erased"], await ActionsAsync(subject.Id, before.Count));
        Assert.False(await context.AuditSubjects.AnyAsync(row => row.Id == subject.Id));
        Assert.Null(await world.Homes.Second.Services.GetRequiredService<Archives>().OpenAsync(context, archive.Id, Guid.NewGuid(), "a test of the archive", CancellationToken.None));
    }

    [Fact]
    public async Task Ring_Is_Told_Once_And_What_It_Sends_Later_Is_Dropped()
    {
        var leaver = await world.PersonAsync();
        var erasure = await world.BeginAsync(leaver);

        await world.FinishAsync(erasure);

        Assert.Equal(1, world.Homes.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, leaver.Home.Ring.Key));
        await using var context = world.Database.CreateContext();
        foreach (var account in new[] { leaver.AccountId, leaver.OldAccountId })
        {
            var hash = DisconnectedAccounts.HashOf(account);
            Assert.True(await context.DisconnectedAccounts.AnyAsync(row => row.AccountHash == hash), account);
        }
    }

    [Fact]
    public async Task The_Last_Message_Goes_To_A_Confirmed_Address_And_Leaves_Nothing_Behind()
    {
        var leaver = await world.PersonAsync();

        await world.FinishAsync(await world.BeginAsync(leaver));
        await world.SendMailAsync();

        var mail = Assert.Single(Directory.EnumerateFiles(world.Homes.First.MailFolder).Select(File.ReadAllText), text => text.Contains(leaver.Email, StringComparison.Ordinal));
        Assert.Contains("account is deleted", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("Your settings", mail, StringComparison.Ordinal);
        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM outbox_emails WHERE kind = 'erased' AND sealed_message IS NOT NULL"));
        Assert.Empty(await world.FindAsync(leaver));
    }

    [Fact]
    public async Task A_Last_Message_That_Cannot_Be_Sent_Is_Given_Up_After_A_Day()
    {
        var leaver = await world.PersonAsync();
        await world.FinishAsync(await world.BeginAsync(leaver));

        Assert.True(await world.Database.ScalarAsync<bool>("SELECT count(*) > 0 AND bool_and(expires_at <= now() + interval '24 hours') FROM outbox_emails WHERE kind = 'erased' AND sealed_message IS NOT NULL"));
        await world.Database.ExecuteAsync("UPDATE outbox_emails SET expires_at = now(), next_attempt_at = now() + interval '1 hour' WHERE kind = 'erased'");
        await world.SendMailAsync();

        Assert.Equal(0, await world.Database.ScalarAsync<long>("SELECT count(*) FROM outbox_emails WHERE kind = 'erased' AND sealed_message IS NOT NULL"));
    }

    [Fact]
    public async Task An_Unconfirmed_Address_Gets_No_Last_Message()
    {
        var leaver = await world.PersonAsync(confirmed: false);
        var erasure = await world.BeginAsync(leaver);
        Assert.Null((await world.WorkAsync(erasure)).SealedLetter);

        await world.FinishAsync(erasure);

        Assert.Empty(await world.FindAsync(leaver));
    }

    private async Task<List<string>> RecordsAsync(Guid subject)
    {
        await using var context = world.Database.CreateContext();
        return await context.Database.SqlQuery<string>($"SELECT row::text AS \"Value\" FROM audit_records AS row WHERE subject_id = {subject} ORDER BY id").ToListAsync();
    }

    private async Task<List<string>> ActionsAsync(Guid subject, int skipped)
    {
        await using var context = world.Database.CreateContext();
        return await context.AuditRecords.AsNoTracking().Where(record => record.SubjectId == subject).OrderBy(record => record.Id).Skip(skipped).Select(record => record.Action).ToListAsync();
    }
}
