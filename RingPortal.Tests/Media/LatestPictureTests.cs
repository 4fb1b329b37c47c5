using System.Net;
using RingPortal.Tests.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Ring;

namespace RingPortal.Tests.Media;

/// <summary>The latest picture of a camera: asked for at Ring only while somebody looks, and no more often than it can have changed.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LatestPictureTests(MediaWorld world) : IClassFixture<MediaWorld>
{
    [Fact]
    public async Task It_Is_Kept_Sealed_And_Asked_For_Again_Only_After_A_Newer_Event_Or_A_While()
    {
        var person = await world.MoveInAsync();
        var picture = Serve("1790000300250");

        await SeesAsync(person.Browser, person, picture);
        await SeesAsync(person.Browser, person, picture);
        Assert.Equal(1, person.Asked);
        var stored = await world.Database.ScalarAsync<byte[]>($"SELECT sealed_content FROM snapshots WHERE device_id = '{person.Camera}'");
        Assert.True(stored.AsSpan().IndexOf(picture.AsSpan(0, 32)) < 0, "The picture lies open in the database.");

        var newer = Serve("1790000400250", width: 800);
        await SeesAsync(person.Browser, person, picture);
        await person.HappenAsync();
        await SeesAsync(person.Browser, person, newer);
        Assert.Equal(2, person.Asked);

        await person.LetLookAgeAsync();
        await SeesAsync(person.Browser, person, newer);
        Assert.Equal(3, person.Asked);
        Assert.Equal(1L, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM snapshots WHERE device_id = '{person.Camera}'"));
    }

    [Fact]
    public async Task Many_Who_Look_At_Once_At_Two_Instances_Ask_Once_And_All_See_It()
    {
        var person = await world.MoveInAsync();
        using var second = await person.AtSecondAsync();
        var picture = Serve("1790000300250");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ring.Api.Answer = async (http, _) =>
        {
            await gate.Task;
            await MediaRing.Redirect(http, 303, Ring.SignedAddress);
        };

        var looks = Enumerable.Range(0, 16).Select(number => (number % 2 == 0 ? person.Browser : second).GetAsync($"/media/devices/{person.Camera}/latest")).ToList();
        await Eventually.TrueAsync(() => person.Asked > 0, TimeSpan.FromSeconds(30));
        gate.SetResult();
        var answers = await Task.WhenAll(looks);

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        foreach (var answer in answers)
        {
            Assert.Equal(picture, await answer.Content.ReadAsByteArrayAsync());
            answer.Dispose();
        }

        Assert.Equal(1, person.Asked);
    }

    [Fact]
    public async Task Who_Leaves_Does_Not_End_The_Asking_For_Others()
    {
        var person = await world.MoveInAsync();
        Serve("1790000300250");
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Ring.Api.Answer = async (http, _) =>
        {
            await gate.Task;
            await MediaRing.Redirect(http, 303, Ring.SignedAddress);
        };
        using var leaving = new CancellationTokenSource();
        using var client = new HttpClient(new SocketsHttpHandler { CookieContainer = person.Browser.Cookies }) { BaseAddress = world.First.BaseAddress };
        var first = client.GetAsync($"/media/devices/{person.Camera}/latest", leaving.Token);
        await Eventually.TrueAsync(() => person.Asked > 0, TimeSpan.FromSeconds(30));
        var other = person.Browser.GetAsync($"/media/devices/{person.Camera}/latest");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        using var answer = await other;
        Assert.Equal((HttpStatusCode.OK, 1), (answer.StatusCode, person.Asked));
    }

    [Fact]
    public async Task Nothing_Recorded_Is_Remembered_For_A_While_Too()
    {
        var person = await world.MoveInAsync();
        Ring.Api.Answer = (http, _) => http.AnswerAsync(416);

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(person));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(person));
        Assert.Equal(1, person.Asked);

        var picture = Serve("1790000300250");
        await person.HappenAsync();
        await SeesAsync(person.Browser, person, picture);
    }

    [Fact]
    public async Task While_Ring_Is_Away_Or_Not_Ready_The_Old_Picture_Is_Shown()
    {
        var person = await world.MoveInAsync();
        Assert.Equal(0, person.Asked);
        Ring.Api.Answer = (http, _) => http.AnswerAsync(425);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(person));
        var picture = Serve("1790000300250");
        await SeesAsync(person.Browser, person, picture);

        await person.HappenAsync();
        Ring.Api.Answer = (http, _) => http.AnswerAsync(425);
        using (var waiting = await person.Browser.GetAsync($"/media/devices/{person.Camera}/latest"))
        {
            Assert.Equal((HttpStatusCode.OK, "1790000300250"), (waiting.StatusCode, waiting.Headers.GetValues("X-Media-Timestamp").Single()));
            Assert.NotNull(waiting.Headers.RetryAfter);
        }

        var newer = Serve("1790000400250", width: 800);
        await SeesAsync(person.Browser, person, newer);
    }

    [Fact]
    public async Task The_Last_Event_Is_Where_The_Search_Begins_And_An_Old_One_Is_Asked_For_By_Its_Time()
    {
        var person = await world.MoveInAsync();
        var at = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds());
        await person.HappenAsync(at);
        Serve("1790000300250");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(person));
        Assert.Contains($"\"type\":\"latest_in_range\",\"start_timestamp\":{at.ToUnixTimeMilliseconds()}", Bodies(person).Single(), StringComparison.Ordinal);

        var other = await world.MoveInAsync();
        var old = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddDays(-9).ToUnixTimeMilliseconds());
        await other.HappenAsync(old);
        Ring.Api.Answer = (http, _) => ((string)http.Items["body"]!).Contains("latest_in_range", StringComparison.Ordinal)
            ? http.AnswerAsync(416)
            : MediaRing.Redirect(http, 303, Ring.SignedAddress);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));
        Assert.Contains($"\"type\":\"at_timestamp\",\"timestamp\":{old.ToUnixTimeMilliseconds()}", Bodies(other)[^1], StringComparison.Ordinal);
    }

    private MediaRing Ring => world.Ring;

    private byte[] Serve(string takenAt, int width = 640)
    {
        var picture = MediaBytes.Jpeg(width);
        Ring.Lead(303, Ring.SignedAddress);
        Ring.Serve("image/jpeg", picture, headers: [("X-Media-Timestamp", takenAt), ("X-Media-Origin", "snapshot")]);
        return picture;
    }

    private List<string> Bodies(MediaPerson person) => [.. Ring.Api.Calls.Where(call => call.Target.Contains(person.RingDevice, StringComparison.Ordinal)).Select(call => call.Body)];

    private static async Task<HttpStatusCode> StatusAsync(MediaPerson person)
    {
        using var answer = await person.Browser.GetAsync($"/media/devices/{person.Camera}/latest");
        return answer.StatusCode;
    }

    private static async Task SeesAsync(Visitor browser, MediaPerson person, byte[] picture)
    {
        using var answer = await browser.GetAsync($"/media/devices/{person.Camera}/latest");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(picture, await answer.Content.ReadAsByteArrayAsync());
    }
}
