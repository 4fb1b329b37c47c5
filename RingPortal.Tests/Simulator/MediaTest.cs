namespace RingPortal.Tests.Simulator;

/// <summary>A cloud with a linked account and something that happened a while ago.</summary>
public abstract class MediaTest : CloudTest
{
    protected const string FrontDoor = MediaCalls.FrontDoor;

    private protected MediaCalls Media { get; private set; } = null!;

    /// <summary>When somebody pressed the doorbell; recorded for 20 s, which are over.</summary>
    private protected long Press { get; private set; }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var (access, _) = await Partner.LinkAsync("mara");
        Media = new MediaCalls(Cloud, access);
        Press = Cloud.Events.Press("mara", FrontDoor, new() { Copies = 1 }).Timestamp!.Value;
        Cloud.Clock.Advance(TimeSpan.FromMinutes(5));
    }

    public override async Task DisposeAsync()
    {
        Media.Dispose();
        await base.DisposeAsync();
    }
}
