using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Media;

namespace RingPortal.Tests.Media;

/// <summary>Pages do not ask for a picture that cannot exist, and miss none that can.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class EmptyStillTests(MediaWorld world) : IClassFixture<MediaWorld>
{
    [Fact]
    public async Task A_Camera_That_Was_Just_Shared_Has_None_Until_Something_Happens_Or_Some_Minutes_Have_Passed()
    {
        var person = await world.MoveInAsync();
        Assert.False(await IsEmptyAsync(person));
        await ShareAsync(person, minutes: 1);
        Assert.True(await IsEmptyAsync(person));
        await ShareAsync(person, minutes: 6);
        Assert.False(await IsEmptyAsync(person));
        await ShareAsync(person, minutes: 1);

        await person.HappenAsync();

        Assert.False(await IsEmptyAsync(person));
    }

    [Fact]
    public async Task Where_Ring_Said_So_There_Is_None_Until_Something_Happens_Or_Some_Minutes_Have_Passed()
    {
        var person = await world.MoveInAsync();
        await person.HappenAsync();
        await world.Database.ExecuteAsync($"INSERT INTO snapshot_looks (device_id, asked_at, refusal) VALUES ('{person.Camera}', now(), 'None')");
        Assert.True(await IsEmptyAsync(person));
        await world.Database.ExecuteAsync($"UPDATE snapshot_looks SET refusal = 'Denied' WHERE device_id = '{person.Camera}'");
        Assert.False(await IsEmptyAsync(person));
        await world.Database.ExecuteAsync($"UPDATE snapshot_looks SET refusal = 'None' WHERE device_id = '{person.Camera}'");
        await person.HappenAsync();
        Assert.False(await IsEmptyAsync(person));
        await world.Database.ExecuteAsync($"UPDATE snapshot_looks SET asked_at = now() WHERE device_id = '{person.Camera}'");
        Assert.True(await IsEmptyAsync(person));
        await person.LetLookAgeAsync();
        Assert.False(await IsEmptyAsync(person));
    }

    [Fact]
    public async Task A_Picture_That_Is_Kept_Is_Shown_Whatever_Ring_Says_Now()
    {
        var person = await world.MoveInAsync();
        await world.Database.ExecuteAsync($"INSERT INTO snapshot_looks (device_id, asked_at, refusal) VALUES ('{person.Camera}', now(), 'None')");
        Assert.True(await IsEmptyAsync(person));

        await world.Database.ExecuteAsync(
            $"""
            INSERT INTO snapshots (id, device_id, user_id, outcome, origin, media_type, sealed_content, stored_at, keep_until)
            VALUES (gen_random_uuid(), '{person.Camera}', '{person.UserId}', 'Kept', 'Snapshot', 'image/jpeg', '\x01', now(), now() + interval '1 day')
            """);

        Assert.False(await IsEmptyAsync(person));
    }

    private Task<int> ShareAsync(MediaPerson person, int minutes) => world.Database.ExecuteAsync(
        $"UPDATE ring_tokens SET linked_at = now() - interval '{minutes} minutes' WHERE id = '{person.Link}'");

    /// <summary>What is known and what the pages say are the same.</summary>
    private async Task<bool> IsEmptyAsync(MediaPerson person)
    {
        await using var context = world.Database.CreateContext();
        var known = (await EmptyStills.OfAsync(context, person.UserId, person.Camera, DateTimeOffset.UtcNow, CancellationToken.None)).Contains(person.Camera);
        foreach (var path in new[] { "/devices", $"/devices/{person.Camera}", "/devices?view=wall" })
        {
            var still = (await person.Browser.PageAsync(path)).QuerySelector("[data-still]");
            Assert.Equal(known ? "yes" : null, still!.GetAttribute("data-none"));
        }

        return known;
    }
}
