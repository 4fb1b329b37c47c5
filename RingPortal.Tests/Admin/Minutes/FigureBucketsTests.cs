using FsCheck.Xunit;
using RingPortal.Web.Features.Admin.Minutes;

namespace RingPortal.Tests.Admin.Minutes;

public sealed class FigureBucketsTests
{
    [Property]
    public bool Every_Time_Falls_Into_A_Range_Whose_Quantile_Is_Near(ushort raw)
    {
        var milliseconds = (raw % 15_000) + 1.0;
        var buckets = new long[FigureBuckets.Count];
        buckets[FigureBuckets.IndexOf(milliseconds)] = 1_000;

        return FigureBuckets.Quantile(buckets, 0.5) is { } median && median / milliseconds is > 0.7 and < 1.42;
    }

    [Fact]
    public void One_In_A_Hundred_Does_Not_Move_The_Median_And_Is_Seen_At_The_End()
    {
        var buckets = new long[FigureBuckets.Count];
        buckets[FigureBuckets.IndexOf(4)] = 980;
        buckets[FigureBuckets.IndexOf(900)] = 20;

        Assert.InRange(FigureBuckets.Quantile(buckets, 0.5)!.Value, 2.8, 4.1);
        Assert.InRange(FigureBuckets.Quantile(buckets, 0.99)!.Value, 700, 1_100);
        Assert.Null(FigureBuckets.Quantile(new long[FigureBuckets.Count], 0.5));
    }
}
