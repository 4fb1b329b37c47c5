using Microsoft.Extensions.Time.Testing;
using RingPortal.Web.Components.Toasts;

namespace RingPortal.Tests.Components;

public sealed class ToastShelfTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Announcer _announcer;
    private readonly ToastShelf _shelf;

    public ToastShelfTests()
    {
        _announcer = new Announcer(_clock);
        _shelf = new ToastShelf(_clock, _announcer);
    }

    [Fact]
    public void A_Toast_Stays_Eight_Seconds_And_One_With_An_Act_Twenty()
    {
        _shelf.Add(Motion("Person at Porch"));
        _shelf.Add(Ring("Porch"));

        Pass(7.9);
        Assert.Equal(2, _shelf.Shown.Count);
        Pass(0.2);
        Assert.Equal(["Someone is at Porch"], Words);
        Pass(11.8);
        Assert.Single(Words);
        Pass(0.2);
        Assert.Empty(Words);
    }

    [Fact]
    public void While_The_Reader_Points_At_It_Its_Time_Stands_Still()
    {
        _shelf.Add(Motion("Person at Porch"));
        Pass(6);
        _shelf.Hold(true);
        Pass(60);
        Assert.Single(Words);

        _shelf.Hold(false);
        Pass(1.9);
        Assert.Single(Words);
        Pass(0.2);
        Assert.Empty(Words);
    }

    [Fact]
    public void Events_Within_Five_Seconds_Become_One_Toast_With_Their_Number()
    {
        for (var n = 0; n < 4; n++)
        {
            _shelf.Add(Motion($"Person at Camera {n}"));
            Pass(1);
        }

        Assert.Equal(["4 new events"], Words);
        Pass(6);
        _shelf.Add(Motion("Vehicle at Drive"));
        Assert.Equal(["4 new events", "Vehicle at Drive"], Words);
    }

    [Fact]
    public void Somebody_At_The_Door_Is_Never_Swallowed_By_The_Motion_Around_It()
    {
        _shelf.Add(Motion("Person at Porch"));
        _shelf.Add(Ring("Porch"));
        _shelf.Add(Motion("Motion at Porch"));
        _shelf.Add(Ring("Porch"));

        Assert.Equal(["2 new events", "Someone is at Porch"], Words);
    }

    [Fact]
    public void There_Are_Three_At_Most_And_Somebody_At_The_Door_Goes_Last()
    {
        _shelf.Add(Ring("Porch"));
        foreach (var group in new[] { "a", "b", "c" })
        {
            _shelf.Add(new ToastNews("Info", group, group));
        }

        Assert.Equal(["Someone is at Porch", "b", "c"], Words);
    }

    [Fact]
    public void The_Door_Interrupts_The_Rest_Waits_Its_Turn_And_Nothing_Is_Said_Twice()
    {
        var said = new List<string>();
        _announcer.Changed += () => said.AddRange(new[] { _announcer.Polite, _announcer.Urgent }.OfType<Announcement>().Select(words => $"{words.Number} {words.Text}").Except(said));

        _shelf.Add(Motion("Person at Porch"));
        _shelf.Add(Ring("Porch"));
        _shelf.Add(Ring("Porch"));
        _shelf.Add(Motion("Motion at Porch"));
        Pass(1);
        _shelf.Add(Motion("Motion at Porch"));
        Assert.Equal(["1 Person at Porch", "1 Someone is at Porch"], said);
        Assert.Equal("Someone is at Porch", _announcer.Urgent!.Text);

        Pass(4);
        Assert.Equal(["1 Person at Porch", "1 Someone is at Porch", "2 3 new events"], said);
    }

    [Fact]
    public void Who_Rings_Again_Is_Announced_Again_But_Stands_There_Once()
    {
        _shelf.Add(Ring("Porch"));
        Pass(15);
        _shelf.Add(Ring("Porch"));
        _shelf.Add(Ring("Gate"));

        Assert.Equal(["Someone is at Porch", "Someone is at Gate"], Words);
        Assert.Equal(3, _announcer.Urgent!.Number);
        Pass(19);
        Assert.Equal(2, Words.Count());
    }

    [Fact]
    public void Several_Of_A_Kind_Do_Not_Borrow_The_Icon_Of_The_Latest()
    {
        _shelf.Add(Motion("Person at Porch") with { TogetherIcon = "EventNote" });
        Assert.Equal("Person", _shelf.Shown[0].Icon);
        _shelf.Add(Motion("Person at Porch") with { TogetherIcon = "EventNote" });
        Assert.Equal("EventNote", _shelf.Shown[0].Icon);
    }

    [Fact]
    public void What_Is_True_No_Longer_Goes_At_Once()
    {
        _shelf.Add(Ring("Porch"));
        _shelf.Add(new ToastNews("VideocamOff", "Porch is no longer shared.", "removed") { Ends = "ring-Porch" });

        Assert.Equal(["Porch is no longer shared."], Words);
    }

    [Fact]
    public void When_The_Last_One_Is_Gone_Nothing_Stays_Behind_For_Screen_Readers()
    {
        _shelf.Add(Ring("Porch"));

        _shelf.Close(_shelf.Shown[0].Id);

        Assert.Equal("", _announcer.Urgent!.Text);
    }

    private IEnumerable<string> Words => _shelf.Shown.Select(toast => toast.Text);

    private static ToastNews Motion(string text) => new("Person", text, "events") { Together = count => $"{count} new events" };

    private static ToastNews Ring(string camera) => new("Doorbell", $"Someone is at {camera}", $"ring-{camera}") { IsUrgent = true, ActText = "See it", ActHref = "/devices" };

    private void Pass(double seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _shelf.Sweep();
        _announcer.Flush();
    }
}
