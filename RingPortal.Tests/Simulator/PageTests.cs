using System.Net;
using RingPortal.Simulator.Accounts;
using RingPortal.Simulator.Events;
using RingPortal.Simulator.Faults;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Wire;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Simulator;

public sealed class PageTests : IAsyncLifetime
{
    private readonly RingCloudOptions options = RingCloudOptions.ForTests();
    private readonly string mail = Directory.CreateTempSubdirectory("ring-mail-").FullName;
    private TinyPartner partner = null!;
    private RingCloud cloud = null!;
    private HttpClient Browser { get; set; } = null!;

    public async Task InitializeAsync()
    {
        options.MailFolder = mail;
        partner = await TinyPartner.StartAsync();
        cloud = await RingCloud.StartAsync(options);
        cloud.Settings.PortalUrl = partner.Address;
        Browser = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = cloud.BaseAddress };
    }

    public async Task DisposeAsync()
    {
        Browser.Dispose();
        await cloud.DisposeAsync();
        await partner.DisposeAsync();
        Directory.Delete(mail, recursive: true);
    }

    [Fact]
    public async Task A_Person_Installs_With_The_Chosen_Cameras_And_Signs_In()
    {
        using var answer = await PressAsync("install", ("account", "mara"), ("share", "ava1.ring.device.DEMODRIVEWAY03"));
        Assert.Equal(("/?account=mara", 303), (answer.Headers.Location!.ToString(), (int)answer.StatusCode));
        await cloud.WhenEventsDeliveredAsync();
        Assert.Single(partner.To("/ring/token"));
        Assert.Single(partner.To("/ring/webhook"));
        Assert.Contains("The portal took the code.", await Browser.GetStringAsync("/?account=mara"), StringComparison.Ordinal);
        Assert.Contains($"href=\"{partner.Address}ring/config\"", await Browser.GetStringAsync("/?account=mara"), StringComparison.Ordinal);
        using var tap = await Browser.GetAsync("/play/sign-in?account=mara");
        Assert.Equal(HttpStatusCode.Redirect, tap.StatusCode);
        Assert.StartsWith($"{partner.Address}ring/link?nonce=", tap.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_Account_And_Device_Is_On_The_Page_And_Encoded()
    {
        cloud.Accounts.Put(new RingAccount { Key = "odd", AccountId = "ava1.ring.account.ODD", FirstName = "<b>Odd", LastName = "One" });
        var page = await Browser.GetStringAsync("/?account=priya");
        Assert.All(["Mara Quill", "Devon Ash", "Priya Nair", "Tomas Reed", "Hallway &amp; stairs", "&lt;b&gt;Odd"], text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.DoesNotContain("<b>Odd", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Page_Loads_Nothing_From_Elsewhere_And_Its_Assets_Exist()
    {
        using var page = await Browser.GetAsync("/");
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var asset in new[] { "simulator.css", "simulator.js", "simulator.svg" })
        {
            using var file = await Browser.GetAsync($"/assets/{asset}");
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }
    }

    [Fact]
    public async Task Faults_Clock_And_Settings_Are_Set_By_Buttons()
    {
        using var fault = await PressAsync("fault", ("account", "mara"), ("operation", "Token"), ("kind", "after"), ("times", "3"));
        var planned = Assert.Single(cloud.Faults.Planned);
        Assert.Equal((RingOperation.Token, FaultKind.DropAfter, 3), (planned.Operation, planned.Kind, planned.Times));
        using var clock = await PressAsync("clock", ("account", "mara"), ("seconds", "-90"));
        Assert.Equal(TimeSpan.FromSeconds(-90), cloud.Clock.Offset);
        using var settings = await PressAsync("settings", ("account", "mara"), ("body", "V8Query"), ("shape", "JsonApi"), ("rotation", "Nonsense"));
        Assert.Equal(AnswerShape.JsonApi, cloud.Settings.AnswerShape);
        Assert.Equal(options.Rotation, cloud.Settings.Rotation);
        using var clear = await PressAsync("faults/clear", ("account", "mara"));
        Assert.Empty(cloud.Faults.Planned);
    }

    [Fact]
    public async Task Removing_Tells_The_Portal_And_Revokes()
    {
        using var install = await PressAsync("install", ("account", "tomas"));
        using var remove = await PressAsync("remove", ("account", "tomas"));
        await cloud.WhenEventsDeliveredAsync();
        Assert.Contains("app_integration_removed", Assert.Single(partner.To("/ring/webhook")).Text, StringComparison.Ordinal);
        Assert.Equal(IntegrationStatus.Removed, cloud.Accounts.Integration("tomas")!.Status);
    }

    [Fact]
    public async Task The_Live_Log_Tells_Only_What_Is_New()
    {
        using var wrong = await Browser.GetAsync("/v1/nothing");
        var live = await Browser.GetStringAsync("/play/live?after=0");
        Assert.Contains("/v1/nothing", live, StringComparison.Ordinal);
        Assert.DoesNotContain("/v1/nothing", await Browser.GetStringAsync("/play/live?after=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Buttons_Of_Events_Work_Without_Script_And_Lead_Back_To_Their_Place()
    {
        await cloud.InstallAsync("mara", new() { WithoutEvents = true, WithoutExchange = true });
        (string Button, string Part, (string Name, string Value)[] Fields)[] presses =
        [
            ("device", "happenings", [("device", "ava1.ring.device.DEMOFRONTDOOR01"), ("act", "motion"), ("kind", "Package")]),
            ("device", "happenings", [("device", "ava1.ring.device.DEMOFRONTDOOR01"), ("act", "flood")]),
            ("device", "happenings", [("device", "ava1.ring.device.DEMOFRONTDOOR01"), ("act", "untold"), ("kind", "Animal")]),
            ("video", "video", [("live", "freeze"), ("media", "large"), ("history", "loop")]),
            ("device", "happenings", [("device", "ava1.ring.device.DEMOFRONTDOOR01"), ("act", "take-out")]),
            ("device", "happenings", [("device", "ava1.ring.device.DEMOFRONTDOOR01"), ("act", "delete")]),
            ("camera", "happenings", [("name", "Gate"), ("model", "Doorbell")]),
            ("plans", "plans", [("act", "paid"), ("device", "")]),
            ("plans", "plans", [("act", "cancel"), ("device", "ava1.ring.device.DEMOBACKYARD02")]),
            ("burst", "trouble", [("type", "button_press"), ("count", "3"), ("rate", "0")]),
        ];
        foreach (var (button, part, fields) in presses)
        {
            using var answer = await PressAsync(button, [("account", "mara"), .. fields]);
            Assert.Equal($"/?account=mara#{part}", answer.Headers.Location?.ToString());
        }

        await cloud.Bursts.All.Single().Done;
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(
            ["button_press", "button_press", "button_press", "device_added", "device_removed", "flood_detected", "motion_detected", "subscription_activated", "subscription_deactivated"],
            partner.To("/ring/webhook").Select(call => (string)call.Json["data"]!["type"]!).Order());
        Assert.Contains(cloud.History.Of("mara", "ava1.ring.device.DEMOFRONTDOOR01"), entry => entry.SubType == "animal");
    }

    [Fact]
    public async Task Trouble_With_Video_Is_Chosen_In_Plain_Words_And_Open_Live_Sessions_Are_Shown()
    {
        using var chosen = await PressAsync("video", ("account", "mara"), ("live", "freeze"), ("media", "large"), ("history", "loop"));
        Assert.Equal((TimeSpan.FromSeconds(5), 300_000_000L, true), (cloud.Settings.Live.FreezeAfter, cloud.Settings.Media.Size, cloud.Settings.History.RepeatNext));
        var page = await Browser.GetStringAsync("/?account=mara");
        Assert.All(["freeze", "large", "loop"], key => Assert.Contains($"<option value=\"{key}\" selected>", page, StringComparison.Ordinal));
        cloud.Settings.Live = cloud.Settings.Live with { DropPercent = 7 };
        Assert.Contains("as a script set it", await Browser.GetStringAsync("/?account=mara"), StringComparison.Ordinal);
        using var usual = await PressAsync("video", ("account", "mara"), ("act", "reset"));
        Assert.Equal((new(), new(), new()), (cloud.Settings.Live, cloud.Settings.Media, cloud.Settings.History));

        Assert.DoesNotContain("Live now", page, StringComparison.Ordinal);
        cloud.Sessions.Open("mara", "ava1.ring.device.DEMOFRONTDOOR01");
        Assert.Contains("Live now", await Browser.GetStringAsync("/?account=mara"), StringComparison.Ordinal);
        Assert.DoesNotContain("Live now", await Browser.GetStringAsync("/?account=devon"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Whole_Day_Is_Played_By_One_Button_And_Ends_As_It_Began()
    {
        await cloud.InstallAsync("mara", new() { WithoutEvents = true, WithoutExchange = true });
        var before = cloud.Accounts["mara"].Devices;
        using (var answer = await PressAsync("day", ("account", "mara"), ("seconds", "0")))
            Assert.Equal("/?account=mara#day", answer.Headers.Location?.ToString());

        await Eventually.TrueAsync(() => !cloud.Days["mara"]!.Running, TimeSpan.FromSeconds(20), "the day is over");
        await cloud.WhenEventsDeliveredAsync();
        Assert.Equal(
            ["button_press", "button_press", "device_added", "device_offline", "device_online", "device_removed", "flood_detected", .. Enumerable.Repeat("motion_detected", 7)],
            partner.To("/ring/webhook").Select(call => (string)call.Json["data"]!["type"]!).Order());
        Assert.Equal(before, cloud.Accounts["mara"].Devices);
        Assert.Contains("The day is over.", await Browser.GetStringAsync("/?account=mara"), StringComparison.Ordinal);

        using var longDay = await PressAsync("day", ("account", "mara"), ("seconds", "80000"));
        using var stop = await PressAsync("day", ("account", "mara"), ("act", "stop"));
        await Eventually.TrueAsync(() => !cloud.Days["mara"]!.Running, TimeSpan.FromSeconds(20), "the day has stopped");
        using var nobodys = await PressAsync("day", ("account", "tomas"), ("seconds", "0"));
        Assert.Equal(HttpStatusCode.BadRequest, nobodys.StatusCode);
    }

    [Fact]
    public async Task A_Portal_That_Cannot_Be_Reached_Leaves_Dead_Letters_And_The_Page_Says_When_It_Is_Tried_Again()
    {
        await cloud.InstallAsync("mara", new() { WithoutEvents = true, WithoutExchange = true });
        using (await PressAsync("trouble", ("account", "mara"), ("unreachable", "on"), ("dead", "on"), ("copies", "1"), ("factor", "1")))
            Assert.True(cloud.Settings.Webhooks.Unreachable);

        cloud.Accounts.RemoveDevice("mara", "ava1.ring.device.DEMOGARAGE04", RemovalCause.DeletedAtRing);
        await Eventually.TrueAsync(async () => (await Browser.GetStringAsync("/?account=mara")).Contains("next attempt", StringComparison.Ordinal), TimeSpan.FromSeconds(20), "the next attempt is told");
        var page = await Browser.GetStringAsync("/?account=mara");
        Assert.Contains("device_removed Garage", page, StringComparison.Ordinal);
        Assert.Contains("Now: the portal cannot be reached.", page, StringComparison.Ordinal);
        Assert.Contains("not reached: its network is down", page, StringComparison.Ordinal);

        using (await PressAsync("trouble", ("account", "mara"), ("unreachable", "on"), ("dead", "on"), ("copies", "1"), ("factor", "0.001")))
            cloud.Events.Press("mara", "ava1.ring.device.DEMOFRONTDOOR01");

        await cloud.Deliveries.WaitForAsync(RingEventTypes.ButtonPress, "mara", 1, TimeSpan.FromSeconds(20) * Eventually.Patience, RingPortal.Simulator.Deliveries.DeliveryFate.DeadLetter);
        Assert.Empty(partner.To("/ring/webhook"));
        using var usual = await PressAsync("trouble", ("account", "mara"), ("act", "reset"));
        using var replay = await PressAsync("replay", ("account", "mara"), ("number", "all"));
        await cloud.Deliveries.WaitForAsync(RingEventTypes.ButtonPress, "mara", 1, TimeSpan.FromSeconds(20) * Eventually.Patience);
    }

    [Theory]
    [InlineData("device", "device", "nobody's")]
    [InlineData("plan", "plan", "nobody's")]
    [InlineData("camera", "name", " ")]
    [InlineData("burst", "type", "subscription_activated")]
    public async Task A_Button_That_Cannot_Work_Says_So(string button, string name, string value)
    {
        using var answer = await PressAsync(button, ("account", "mara"), (name, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 303)]
    public async Task Another_Site_Cannot_Press_The_Buttons(string site, int expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/play/faults/clear") { Content = new FormUrlEncodedContent([KeyValuePair.Create("account", "mara")]) };
        request.Headers.Add("Sec-Fetch-Site", site);
        using var answer = await Browser.SendAsync(request);
        Assert.Equal(expected, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_Is_A_Stranger()
    {
        using var answer = await PressAsync("install", ("account", "nobody"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        using var signIn = await Browser.GetAsync("/play/sign-in?account=nobody");
        Assert.Equal(HttpStatusCode.NotFound, signIn.StatusCode);
    }

    [Fact]
    public async Task E_Mails_Are_Shown_With_Addresses_To_Click_And_Nothing_Else_Is_Read()
    {
        await File.WriteAllTextAsync(Path.Combine(mail, "a.eml"), "From: a@example.com\nTo: mara@example.com\nSubject: Confirm\nDate: Mon, 23 Nov 2026 17:00:00 +0000\n\nGo to http://localhost:5180/x?a=1&b=2. <i>Bye</i>\n");
        await File.WriteAllTextAsync(Path.Combine(mail, "secret.txt"), "secret");
        Assert.Contains("""href="/mail/a.eml">Confirm</a>""", await Browser.GetStringAsync("/mail"), StringComparison.Ordinal);
        var letter = await Browser.GetStringAsync("/mail/a.eml");
        Assert.Contains("""<a href="http://localhost:5180/x?a=1&amp;b=2">""", letter, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;Bye", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("iframe", letter, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(mail, "b.eml"), "To: mara@example.com\nSubject: Rich\nContent-Type: text/html\n\n<html><head></head><p style=\"color:red\">Hello</p></html>\n");
        Assert.Contains("src=\"/mail/b.eml/html\"", await Browser.GetStringAsync("/mail/b.eml"), StringComparison.Ordinal);
        using (var paper = await Browser.GetAsync("/mail/b.eml/html"))
        {
            Assert.Contains("sandbox", paper.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("<base target=\"_blank\"><", (await paper.Content.ReadAsStringAsync()).Replace("</head>", "<", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        foreach (var path in new[] { "/mail/secret.txt", "/mail/..%2Fa.eml", "/mail/none.eml", "/mail/a.eml/html", "/mail/secret.txt/html" })
        {
            using var answer = await Browser.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private Task<HttpResponseMessage> PressAsync(string button, params (string Name, string Value)[] fields) =>
        Browser.PostAsync($"/play/{button}", new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
}
