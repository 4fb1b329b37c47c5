using RingPortal.Data.Admin;
using RingPortal.Tests.Look;
using RingPortal.Web.Features.Admin.Alarming;
using RingPortal.Web.Features.Admin.Minutes;

namespace RingPortal.Tests.Admin.Alarming;

public sealed class AlarmChecksTests : LookContext
{
    private static readonly AlarmReadings s_well = new(
        new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.Zero), 0, null, 0, 0, 0, 20, 200, 0, TimeSpan.FromSeconds(2), null, [], 50_000_000_000);

    [Fact]
    public void Nothing_Is_Wrong_When_All_Is_Well() => Assert.Empty(Judge(s_well));

    [Fact]
    public void The_Store_Is_Watched_As_A_Hosted_One_Would_Be()
    {
        var slow = new long[FigureBuckets.Count];
        slow[FigureBuckets.IndexOf(2_000)] = 100;
        var found = Judge(s_well with
        {
            Connections = 195,
            LongestTransaction = TimeSpan.FromMinutes(6),
            ReplicationLag = 2_000_000_000,
            CommitBuckets = slow,
            LeastFree = 400_000_000,
        });

        Assert.Equal(["store.commit", "store.connections", "store.disk", "store.replication", "store.transaction"], found.Keys.Order());
        Assert.Equal("195 of 200 database connections are in use", found["store.connections"].Words!.Title);
        Assert.Equal((AlarmLevel.Critical, AlarmLevel.Critical), (found["store.connections"].Level, found["store.disk"].Level));
        Assert.Equal("A transaction has been open for 6 min", found["store.transaction"].Words!.Title);
    }

    [Fact]
    public void A_Few_Slow_Commits_Say_Nothing()
    {
        var few = new long[FigureBuckets.Count];
        few[FigureBuckets.IndexOf(2_000)] = 5;

        Assert.Empty(Judge(s_well with { CommitBuckets = few }));
    }

    [Fact]
    public void The_Old_Key_Is_Noticed_While_Ring_Uses_It() =>
        Assert.Equal("1 event was signed with the previous key within an hour", Judge(s_well with { OldKey = 1 })["webhook.oldkey"].Words!.Title);

    [Theory]
    [InlineData("3 events wait, the oldest for 1.2 s. Pages show old states.", "3 events wait, the oldest for 1.2 s", "Pages show old states.")]
    [InlineData("One sentence.", "One sentence", "")]
    public void The_First_Sentence_Of_A_Stored_Text_Is_Its_Title(string text, string title, string body) =>
        Assert.Equal(new AlarmWords(title, body), AlarmWords.Of(text));

    [Fact]
    public void Causes_Are_Known_By_The_Beginning_Of_Their_Keys()
    {
        Assert.True(AlarmCatalogue.Of("link.reauth.0199").IsPartOfAnother);
        Assert.Equal(AlarmLevel.Critical, AlarmCatalogue.Of("token.stale.20d").Level);
        Assert.Equal(AlarmLevel.Warning, AlarmCatalogue.Of("token.stale.7d").Level);
        Assert.Equal(AlarmLevel.Warning, AlarmCatalogue.Of("poolside").Level);
    }

    private Dictionary<string, AlarmFinding> Judge(AlarmReadings readings) =>
        new AlarmChecks(Texts).Judge(readings).Where(finding => finding.Words is not null).ToDictionary(finding => finding.Key);
}
