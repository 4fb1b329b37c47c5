using Bunit;
using RingPortal.Tests.Look;
using RingPortal.Web.Components;

namespace RingPortal.Tests.Components;

public sealed class RpFieldTests : LookContext
{
    [Fact]
    public void The_Label_Names_The_Field_And_Hint_And_Error_Describe_It()
    {
        var field = Render<RpField>(parameters => parameters
            .Add(p => p.Name, "Email").Add(p => p.Id, "new-email").Add(p => p.Label, "E-mail")
            .Add(p => p.Hint, "We never show it.").Add(p => p.Error, "Write it like anna@example.org."));

        var input = field.Find("input");
        Assert.Equal("new-email", field.Find("label").GetAttribute("for"));
        Assert.Equal("Email", input.GetAttribute("name"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("new-email-error new-email-hint", input.GetAttribute("aria-describedby"));
        Assert.Contains("Write it like", field.Find("#new-email-error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Field_Without_Hint_Or_Error_Describes_Nothing()
    {
        var input = Render<RpField>(parameters => parameters.Add(p => p.Name, "Name").Add(p => p.Label, "Name")).Find("input");

        Assert.False(input.HasAttribute("aria-describedby"));
        Assert.False(input.HasAttribute("aria-invalid"));
        Assert.True(input.HasAttribute("required"));
    }

    [Fact]
    public void A_Password_Has_A_Button_That_Only_Shows_Once_Script_Can_Serve_It()
    {
        var field = Render<RpField>(parameters => parameters
            .Add(p => p.Name, "Password").Add(p => p.Label, "Password").Add(p => p.Type, "password")
            .Add(p => p.Autocomplete, "new-password"));

        var button = field.Find("button");
        Assert.Equal("button", button.GetAttribute("type"));
        Assert.Equal("Password", button.GetAttribute("data-show"));
        Assert.True(button.HasAttribute("hidden"));
        Assert.Equal("new-password", field.Find("input").GetAttribute("autocomplete"));
    }

    [Fact]
    public void What_Need_Not_Be_Filled_In_Says_So()
    {
        var field = Render<RpField>(parameters => parameters
            .Add(p => p.Name, "Note").Add(p => p.Label, "Note").Add(p => p.Optional, true));

        Assert.Equal("Note (optional)", field.Find("label").TextContent.Trim());
        Assert.False(field.Find("input").HasAttribute("required"));
    }
}
