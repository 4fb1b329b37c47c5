using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Audit;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Devices;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Audit;

/// <summary>What people, Ring and the portal do leaves its record, without anything personal.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AuditRecordsTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    [Fact]
    public async Task A_Link_Leaves_Its_Whole_Story_Under_One_Pseudonym()
    {
        var person = await world.LinkAsync();

        var story = await StoryAsync(person.UserId);
        Assert.Equal(["account.created", "link.claimed", "link.confirmed", "link.active", "device.added", "device.added"], story.Select(record => record.Action));
        Assert.Equal(
            [AuditActor.Person, AuditActor.Person, AuditActor.Ring, AuditActor.Ring, AuditActor.Ring, AuditActor.Ring], story.Select(record => record.Actor));
        Assert.All(story.Where(record => record.Action.StartsWith("link.", StringComparison.Ordinal)), record => Assert.Equal($"link:{person.Link}", record.Target));
        await using var context = world.Links.Database.CreateContext();
        Assert.Equal(1, await context.AuditRecords.CountAsync(record => record.Action == "token.exchanged" && record.Target == $"link:{person.Link}" && record.SubjectId == null));
        var text = string.Join('\n', (await context.AuditRecords.AsNoTracking().ToListAsync()).Select(record => $"{record.Target} {record.Reason} {record.Details} {record.SubjectId} {record.ActorId}"));
        Assert.All(
            [person.UserId.ToString(), person.Ring.AccountId, person.Ring.Account.Email!, person.Ring.Key, person.Ring.Account.Devices[0].Id, "Camera 1"],
            personal => Assert.DoesNotContain(personal, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Reading_The_Cameras_Again_Records_No_Second_Camera()
    {
        var person = await world.LinkAsync();
        await world.SyncAsync(person);
        await world.SyncAsync(person);

        Assert.Equal(2, (await StoryAsync(person.UserId)).Count(record => record.Action == "device.added"));
    }

    [Fact]
    public async Task Sign_Ins_Failures_Locks_And_Leaving_Are_Recorded_For_Accounts_That_Exist()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var person = await world.Links.InstallAsync();
        using var visitor = new Visitor(world.Links.Portal);
        await visitor.ReachConsentAsync(world.Links.Ring.BeginLink(person.Key), email);
        var other = await world.Links.InstallAsync();
        var form = await visitor.ArriveAsync(world.Links.Ring.BeginLink(other.Key));
        await visitor.SignInAsync(form, email);
        form = await visitor.ArriveAsync(world.Links.Ring.BeginLink(other.Key));
        for (var attempt = 0; attempt < 5; attempt++)
        {
            form = await visitor.SignInAsync(form, email, "not the password at all");
        }

        await visitor.SignInAsync(form, $"nobody-{email}", "not the password at all");

        await using var context = world.Links.Database.CreateContext();
        var user = await context.Users.Where(one => one.Email == email).Select(one => one.Id).SingleAsync();
        await Eventually.TrueAsync(async () => (await StoryAsync(user)).Any(record => record.Action == "sign-in.locked"), TimeSpan.FromSeconds(20), "locked");
        var story = (await StoryAsync(user)).Select(record => record.Action).ToList();
        Assert.Equal(1, story.Count(action => action == "sign-in.succeeded"));
        Assert.Equal(5, story.Count(action => action == "sign-in.failed"));
    }

    [Fact]
    public async Task Ring_Refusing_To_Renew_And_Taking_It_Back_Is_Recorded_Once_Each_And_A_Routine_Renewal_Is_Not()
    {
        var person = await world.LinkAsync();
        await LetTokensAgeAsync(person);
        await world.SyncAsync(person);
        Assert.DoesNotContain(await StoryAsync(person.UserId), record => record.Action.StartsWith("token.", StringComparison.Ordinal));

        await LetTokensAgeAsync(person);
        world.Links.Ring.Faults.Add(Fault.Answer(RingOperation.Token, 503, times: 2));
        await world.SyncAsync(person);
        await LetTokensAgeAsync(person);
        await world.SyncAsync(person);
        world.Links.Ring.RevokeTokens(person.Ring.Key);
        await LetTokensAgeAsync(person);
        await world.SyncAsync(person);

        Assert.Equal(
            ["token.refresh-failing", "token.refresh-recovered", "token.reauth-required"],
            (await StoryAsync(person.UserId)).Select(record => record.Action).Where(action => action.StartsWith("token.", StringComparison.Ordinal)));
    }

    private Task<int> LetTokensAgeAsync(LinkedPerson person) =>
        world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET access_expires_at = now() - interval '1 minute', lease_until = NULL WHERE id = '{person.Link}'");

    private async Task<List<AuditRecord>> StoryAsync(Guid userId)
    {
        await using var context = world.Links.Database.CreateContext();
        var subject = await context.AuditSubjects.Where(row => row.UserId == userId).Select(row => row.Id).SingleAsync();
        return await context.AuditRecords.AsNoTracking().Where(record => record.SubjectId == subject).OrderBy(record => record.Id).ToListAsync();
    }
}
