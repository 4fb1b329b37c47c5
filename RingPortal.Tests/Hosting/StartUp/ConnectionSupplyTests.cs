using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Hosting.StartUp;

public sealed class ConnectionSupplyTests
{
    [Theory]
    [InlineData(40, 0)]
    [InlineData(200, 5)]
    public void Enough_Connections_For_All_Instances_And_Some_To_Spare_Are_Not_Worth_A_Word(int allowed, int others) =>
        Assert.Null(ConnectionSupply.Judge(allowed, others));

    [Theory]
    [InlineData(39, 0, 40)]
    [InlineData(100, 3, 130)]
    public void Too_Few_Are_Told_With_The_Number_That_Is_Enough(int allowed, int others, int enough)
    {
        Assert.Contains($"Set max_connections to {enough} or more", ConnectionSupply.Judge(allowed, others), StringComparison.Ordinal);
        Assert.Null(ConnectionSupply.Judge(enough, others));
    }
}

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ConnectionSupplyQuestionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Instances_At_Work_Are_Counted_And_Dead_Ones_Are_Not()
    {
        Assert.Null(await ConnectionSupply.FindProblemAsync(database.Source, CancellationToken.None));

        await database.ExecuteAsync("INSERT INTO hangfire.server (id, data, lastheartbeat) SELECT 'other:' || n || ':x', '{}', now() FROM generate_series(1, 20) n");
        Assert.Contains("21 instances", await ConnectionSupply.FindProblemAsync(database.Source, CancellationToken.None), StringComparison.Ordinal);

        await database.ExecuteAsync("UPDATE hangfire.server SET lastheartbeat = now() - interval '2 minutes'");
        Assert.Null(await ConnectionSupply.FindProblemAsync(database.Source, CancellationToken.None));
    }
}
