using System.Net;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using StaffVisitor = RingPortal.Tests.Account.Visitor;

namespace RingPortal.Tests.Devices;

/// <summary>The pages as the server first sends them, and whose they are.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class CameraPagesTests(CameraWorld world) : IClassFixture<CameraWorld>
{
    [Fact]
    public async Task The_Owner_Sees_Cameras_By_Name_And_No_Id_Of_Ring()
    {
        var person = await world.LinkAsync();
        var device = (await world.DevicesAsync(person))[1];

        var overview = await person.Browser.OpenAsync("/devices");
        var details = await person.Browser.OpenAsync($"/devices/{device.Id}?tab=details");

        Assert.Equal((HttpStatusCode.OK, "Cameras"), (overview.Status, overview.Heading));
        Assert.Equal("2 cameras", overview.Document.QuerySelector("[role=status]")!.TextContent.Trim());
        Assert.Equal(["Camera 1", "Camera 2"], overview.Document.QuerySelectorAll("article h2").Select(name => name.TextContent));
        Assert.Equal((HttpStatusCode.OK, "Camera 2"), (details.Status, details.Heading));
        Assert.Equal("Camera 2 - Cameras - Fairview", details.Document.Title);
        Assert.All([overview, details], page => Assert.DoesNotContain("ava1.ring", page.Document.DocumentElement.OuterHtml, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Strangers_Camera_Looks_Like_One_That_Does_Not_Exist()
    {
        var owner = await world.LinkAsync();
        var stranger = await world.LinkAsync();
        var device = (await world.DevicesAsync(owner))[0];

        var theirs = await stranger.Browser.OpenAsync($"/devices/{device.Id}");
        var nobodys = await stranger.Browser.OpenAsync($"/devices/{Guid.CreateVersion7()}");

        Assert.Equal((HttpStatusCode.NotFound, "This page does not exist"), (theirs.Status, theirs.Heading));
        Assert.Equal((nobodys.Status, nobodys.Heading, nobodys.Text), (theirs.Status, theirs.Heading, theirs.Text));
        Assert.DoesNotContain(device.Name, theirs.Document.DocumentElement.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Camera_Of_An_Ended_Connection_Does_Not_Exist()
    {
        var person = await world.LinkAsync();
        var device = (await world.DevicesAsync(person))[0];
        await world.Links.Database.ExecuteAsync($"UPDATE ring_tokens SET state = 'REMOVED', sealed_code = NULL, sealed_code_verifier = NULL, sealed_access_token = NULL, sealed_refresh_token = NULL, sealed_nonce = NULL WHERE id = '{person.Link}'");

        Assert.Equal(HttpStatusCode.NotFound, (await person.Browser.OpenAsync($"/devices/{device.Id}")).Status);
        Assert.Contains("No cameras yet", (await person.Browser.OpenAsync("/devices")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/devices")]
    [InlineData("/devices/0198f000-0000-7000-8000-000000000000")]
    public async Task Who_Is_Not_Signed_In_Goes_To_Sign_In(string address)
    {
        using var visitor = new Visitor(world.Links.Portal);

        var answer = await visitor.OpenAsync(address);

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/Account/Login", answer.Location, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Admin")]
    [InlineData("Support")]
    public async Task Staff_See_No_Cameras(string role)
    {
        var owner = await world.LinkAsync();
        var device = (await world.DevicesAsync(owner))[0];
        using var staff = await StaffAsync(role);

        foreach (var address in new[] { "/devices", $"/devices/{device.Id}" })
        {
            using var answer = await staff.GetAsync(address);
            Assert.Equal((HttpStatusCode.NotFound, null), (answer.StatusCode, answer.Headers.Location?.ToString()));
            Assert.Contains("This page does not exist", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private async Task<StaffVisitor> StaffAsync(string role)
    {
        var email = StaffVisitor.NewEmail();
        using (var first = new StaffVisitor(world.Links.Portal.BaseAddress))
        {
            await first.SignUpAsync(email);
        }

        Assert.Equal(1, await world.Links.Database.ExecuteAsync(
            $"INSERT INTO user_roles (user_id, role_id) SELECT users.id, roles.id FROM users, roles WHERE users.email = '{email}' AND roles.name = '{role}'"));
        var staff = new StaffVisitor(world.Links.Portal.BaseAddress);
        using var signedIn = await staff.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        return staff;
    }
}
