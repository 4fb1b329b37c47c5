using System.Net;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Events;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Notifications;
using Visitor = RingPortal.Tests.Account.Visitor;

namespace RingPortal.Tests.Notifications;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class NotificationSettingsTests(Street street) : IClassFixture<Street>
{
    [Fact]
    public async Task A_Person_Chooses_By_A_Plain_Form_And_Sees_It_Kept()
    {
        var house = await street.MoveInAsync("UTC", "Porch", "Drive");
        using var visitor = await SignInAsync(house);
        var before = await visitor.PageAsync(NotificationSettings.Page);
        Assert.Empty(before.QuerySelectorAll("input[type=checkbox][checked], input[name^=offline]"));
        Assert.All(before.QuerySelectorAll("option[selected]"), option => Assert.Equal("60", option.GetAttribute("value")));

        using var saved = await PostAsync(visitor, before, house, ($"press-{house.Cameras[0]}", "on"), ($"period-{house.Cameras[0]}", "15"), ($"period-{house.Cameras[1]}", "1440"));

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        var after = await Visitor.ReadAsync(saved);
        Assert.Contains("Your choices are saved.", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal([$"press-{house.Cameras[0]}"], after.QuerySelectorAll("input[type=checkbox][checked]").Select(box => box.GetAttribute("name")));
        Assert.Contains("E-mails about 1 camera.", (await visitor.PageAsync("/Account")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_Chooses_For_Somebody_Elses_Camera()
    {
        var (house, stranger) = (await street.MoveInAsync("UTC", "Porch"), await street.MoveInAsync("UTC", "Other"));
        using var visitor = await SignInAsync(stranger);
        using var answer = await PostAsync(visitor, await visitor.PageAsync(NotificationSettings.Page), stranger, ("camera", house.Cameras[0].ToString()), ($"press-{house.Cameras[0]}", "on"));
        await using var scope = street.First.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<NotificationSettings>().SaveAsync(stranger.User, [new NotificationChoice(house.Cameras[0], "", true, true, true, 15)], CancellationToken.None);

        Assert.Equal(0, await street.Database.ScalarAsync<long>($"SELECT count(*) FROM notification_preferences WHERE device_id = '{house.Cameras[0]}'"));
    }

    [Fact]
    public async Task Choosing_Anew_Takes_Back_A_Stop_And_Forgets_What_Is_Not_Wanted_Any_More()
    {
        var house = await street.MoveInAsync("UTC", "Porch");
        await street.Database.ExecuteAsync(
            $"""
            INSERT INTO notification_preferences (device_id, user_id, press, person, offline, period_minutes, stopped_at, pending_press, pending_since, pending_until, due_at)
            VALUES ('{house.Cameras[0]}', '{house.User}', true, false, false, 15, now(), 3, now(), now(), now())
            """);
        await using var scope = street.First.Services.CreateAsyncScope();
        var settings = scope.ServiceProvider.GetRequiredService<NotificationSettings>();
        Assert.False((await settings.OfAsync(house.User, CancellationToken.None))[0].IsOn);

        await settings.SaveAsync(house.User, [new NotificationChoice(house.Cameras[0], "", false, true, true, 1440)], CancellationToken.None);

        var chosen = Assert.Single(await settings.OfAsync(house.User, CancellationToken.None));
        Assert.Equal(new NotificationChoice(house.Cameras[0], "Porch", false, true, false, 1440), chosen);
        Assert.True(await street.Database.ScalarAsync<bool>($"SELECT due_at IS NULL AND pending_press = 0 AND pending_since IS NULL FROM notification_preferences WHERE device_id = '{house.Cameras[0]}'"));
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("")]
    public void A_Wrong_Setting_Is_Told_With_Its_Key(string value) =>
        Assert.Contains("Notifications__OfflineMails", new NotificationOptionsValidator().Validate(null, new NotificationOptions { OfflineMails = value }).FailureMessage, StringComparison.Ordinal);

    private async Task<Visitor> SignInAsync(House house)
    {
        var visitor = new Visitor(street.First.BaseAddress);
        using var answer = await visitor.SignInAsync(house.Email);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return visitor;
    }

    private static Task<HttpResponseMessage> PostAsync(Visitor visitor, AngleSharp.Html.Dom.IHtmlDocument page, House house, params (string Name, string Value)[] fields)
    {
        var hidden = page.QuerySelectorAll("main form[method=post] input[type=hidden]").OfType<AngleSharp.Html.Dom.IHtmlInputElement>().Select(input => KeyValuePair.Create(input.Name!, input.Value));
        Assert.Equal(house.Cameras.Count, hidden.Count(field => field.Key == "camera"));
        return visitor.PostAsync(NotificationSettings.Page, hidden.Concat(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));
    }
}
