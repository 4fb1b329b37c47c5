using Bunit;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;

namespace RingPortal.Tests.Admin.Ui;

public sealed class RpConfirmTests : AdminUiContext
{
    private readonly List<string> _reasons = [];
    private ActOutcome _answer = new ActOutcome.Done(3);

    [Fact]
    public async Task The_Safe_Way_Out_Comes_First_And_The_Act_Is_Named()
    {
        var dialog = await AskAsync();

        Assert.Equal(["Keep them", "Delete 3 jobs"], dialog.FindAll("button").Select(button => button.TextContent.Trim()));
        Assert.True(dialog.FindAll("button")[0].HasAttribute("autofocus"));
        Assert.Equal(dialog.Find("h2").Id, dialog.Find("dialog").GetAttribute("aria-labelledby"));
    }

    [Fact]
    public async Task A_Short_Reason_Is_No_Reason_And_Nothing_Happens()
    {
        var dialog = await AskAsync();

        await SendAsync(dialog, "why not");

        Assert.Empty(_reasons);
        Assert.Equal("true", dialog.Find("textarea").GetAttribute("aria-invalid"));
        Assert.Contains("at least 10 characters", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Act_Gets_The_Reason_And_The_Dialog_Closes()
    {
        var dialog = await AskAsync();

        await SendAsync(dialog, "  They hang since the outage. ");

        Assert.Equal(["They hang since the outage."], _reasons);
        Assert.Contains(JSInterop.Invocations, call => call.Identifier == "close");
    }

    [Fact]
    public async Task An_Old_Second_Step_Leads_To_A_New_One_And_Back_Here()
    {
        _answer = new ActOutcome.StepNeeded();
        var dialog = await AskAsync();

        await SendAsync(dialog, "They hang since the outage.");

        Assert.Equal("/Account/StepUp?returnUrl=%2Fadmin%2Fjobs%3Fstate%3Dstopped", dialog.Find("[role=alert] a").GetAttribute("href"));
        Assert.Equal("They hang since the outage.", dialog.Find("textarea").GetAttribute("value"));
        Assert.DoesNotContain(JSInterop.Invocations, call => call.Identifier == "close");
    }

    [Fact]
    public async Task What_Was_Refused_And_What_Went_Wrong_Is_Said_Inside()
    {
        _answer = new ActOutcome.NotAllowed();
        var dialog = await AskAsync();

        await SendAsync(dialog, "They hang since the outage.");
        Assert.Contains(Texts["admin.confirm.denied"], dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        _answer = null!;
        await SendAsync(dialog, "They hang since the outage.");
        Assert.Contains("tell us the number", dialog.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_Asks_To_Type_What_Is_Erased()
    {
        var dialog = await AskAsync(typed: "anna@example.org");

        await SendAsync(dialog, "She asked for it on the phone.");
        Assert.Empty(_reasons);

        await dialog.Find("input").InputAsync(new() { Value = "Anna@example.org" });
        await dialog.Find("form").SubmitAsync();
        Assert.Single(_reasons);
    }

    private async Task<IRenderedComponent<RpConfirm>> AskAsync(string? typed = null)
    {
        Services.GetService<Microsoft.AspNetCore.Components.NavigationManager>()!.NavigateTo("/admin/jobs?state=stopped");
        var dialog = Render<RpConfirm>(parameters => parameters
            .Add(p => p.Title, "Delete 3 jobs?").Add(p => p.Verb, "Delete 3 jobs").Add(p => p.Keep, "Keep them").Add(p => p.Danger, true)
            .Add(p => p.NeedsReason, true).Add(p => p.TypeToConfirm, typed)
            .Add(p => p.OnConfirm, reason =>
            {
                if (_answer is null)
                {
                    throw new InvalidOperationException("away");
                }

                _reasons.Add(reason);
                return Task.FromResult(_answer);
            }));
        await dialog.InvokeAsync(dialog.Instance.OpenAsync);
        return dialog;
    }

    private static async Task SendAsync(IRenderedComponent<RpConfirm> dialog, string reason)
    {
        await dialog.Find("textarea").InputAsync(new() { Value = reason });
        await dialog.Find("form").SubmitAsync();
    }
}
