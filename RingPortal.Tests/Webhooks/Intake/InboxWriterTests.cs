using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Webhooks;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>Batches straight into a real inbox: each row has its own fate.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class InboxWriterTests(TestDatabase database) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly InboxWake _wake = new();
    private PortalDataSources _sources = null!;
    private InboxGate _gate = null!;
    private InboxWriter _writer = null!;

    public async Task InitializeAsync()
    {
        (_sources, _gate, _writer) = Build();
        await using var owner = NpgsqlDataSource.Create(database.MigratorConnectionString);
        await using var command = owner.CreateCommand(
            """
            CREATE OR REPLACE FUNCTION refuse_bad() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN IF NEW.request_id LIKE '%-bad' THEN RAISE EXCEPTION 'bad row'; END IF; RETURN NEW; END $$;
            CREATE OR REPLACE TRIGGER refuse_bad BEFORE INSERT ON webhook_inbox FOR EACH ROW EXECUTE FUNCTION refuse_bad();
            """);
        await command.ExecuteNonQueryAsync();
    }

    public async Task DisposeAsync()
    {
        _gate.Dispose();
        _wake.Dispose();
        await _sources.DisposeAsync();
    }

    [Fact]
    public async Task A_Batch_Is_Stored_By_One_Insert_And_Wakes_The_Dispatcher()
    {
        var batch = Enumerable.Range(0, 64).Select(_ => Delivery.New()).ToList();
        Assert.All(await WriteAsync(batch), outcome => Assert.Equal(InboxOutcome.Accepted, outcome));
        Assert.Equal(64, await CountAsync(batch));
        Assert.Equal(1, await database.ScalarAsync<long>($"SELECT count(DISTINCT xmin::text) FROM webhook_inbox WHERE request_id IN ({Ids(batch)})"));
        await _wake.WaitAsync(s_limit, CancellationToken.None);
    }

    [Fact]
    public async Task Doubles_Within_One_Batch_Are_One_Row_By_Either_Key()
    {
        var first = Delivery.New();
        var sameEvent = Delivery.New(eventId: first.EventId);
        var other = Delivery.New();
        var outcomes = await WriteAsync([first, first, sameEvent, other, other]);
        Assert.Equal(2, outcomes.Count(outcome => outcome is InboxOutcome.Accepted));
        Assert.Equal(3, outcomes.Count(outcome => outcome is InboxOutcome.Duplicate));
        Assert.Equal(2, await CountAsync([first, sameEvent, other]));
    }

    [Fact]
    public async Task Another_Body_Under_The_Same_Id_Is_Kept_Apart_Within_A_Batch_Too_And_Told_Once()
    {
        var first = Delivery.New();
        var second = Delivery.New(first.RequestId);
        Assert.Equal([InboxOutcome.Accepted, InboxOutcome.Conflicting], (await WriteAsync([first, second])).Order());
        Assert.Equal([InboxOutcome.Quarantined, InboxOutcome.Duplicate], await WriteAsync([second, first]));
    }

    [Fact]
    public async Task One_Bad_Row_Does_Not_Cost_The_Others_Anything()
    {
        var batch = Enumerable.Range(0, 20).Select(number => Delivery.New(number == 7 ? $"{Guid.NewGuid()}-bad" : null)).ToList();
        var outcomes = await WriteAsync(batch);
        Assert.Equal(InboxOutcome.NotStored, outcomes[7]);
        Assert.Equal(19, outcomes.Count(outcome => outcome is InboxOutcome.Accepted));
        Assert.Equal(19, await CountAsync(batch));
        // Neither is a database away that refuses one row.
        await WriteAsync(batch);
        await WriteAsync(batch);
        Assert.False(_gate.IsOpen);
    }

    [Fact]
    public async Task A_Row_Whose_Key_Is_Locked_Elsewhere_Keeps_Nobody_Else_Waiting()
    {
        await using var elsewhere = await database.Source.OpenConnectionAsync();
        await using var transaction = await elsewhere.BeginTransactionAsync();
        // All share two seconds, of which the lock takes one: a busy machine may need the other for something else.
        await Eventually.TrueAsync(
            async () =>
            {
                var batch = Enumerable.Range(0, 20).Select(_ => Delivery.New()).OrderBy(delivery => delivery.RequestId, StringComparer.Ordinal).ToList();
                await HoldAsync(elsewhere, batch[0].RequestId);
                var outcomes = await WriteAsync(batch);
                Assert.Equal(InboxOutcome.NotStored, outcomes[0]);
                return outcomes.Skip(1).All(outcome => outcome is InboxOutcome.Accepted);
            },
            s_limit, "all the others are stored");
    }

    [Fact]
    public Task When_The_Winner_Dies_Before_Its_Commit_The_Loser_Stores_It() =>
        // Who waits has two seconds: on a busy machine they may be over before the winner is dead.
        Eventually.TrueAsync(LoserStoresAsync, s_limit, "the loser stores it");

    private async Task<bool> LoserStoresAsync()
    {
        var delivery = Delivery.New();
        await using var elsewhere = new NpgsqlConnection(database.AppConnectionString + ";Pooling=false");
        await elsewhere.OpenAsync();
        await using (var begin = new NpgsqlCommand("BEGIN", elsewhere))
        {
            await begin.ExecuteNonQueryAsync();
        }

        await HoldAsync(elsewhere, delivery.RequestId);
        var loser = WriteAsync([delivery]);
        await Eventually.TrueAsync(
            async () => loser.IsCompleted || await database.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND {elsewhere.ProcessID} = ANY (pg_blocking_pids(pid))") == 1, s_limit);
        var waits = !loser.IsCompleted;
        await database.ExecuteAsync($"SELECT pg_terminate_backend({elsewhere.ProcessID})");
        var outcomes = await loser;
        return waits && outcomes is [InboxOutcome.Accepted];
    }

    [Fact]
    public async Task Two_Instances_With_Overlapping_Batches_Crossed_Keys_And_A_Bad_Row_Store_Each_Event_Once()
    {
        var (sources, gate, other) = Build();
        using var otherGate = gate;
        await using var otherSources = sources;
        for (var round = 0; round < 10; round++)
        {
            // The same events under other request ids, which sort the other way round: each waits for what the other holds.
            var events = Enumerable.Range(0, 30).Select(_ => $"evt-{Guid.NewGuid():N}").ToList();
            var here = events.Select((id, index) => Delivery.New($"{round}-{index:000}-{Guid.NewGuid():N}", id)).Append(Delivery.New($"{Guid.NewGuid():N}-bad")).ToList();
            var there = events.Select((id, index) => Delivery.New($"{round}-{999 - index:000}-{Guid.NewGuid():N}", id)).Append(Delivery.New($"{Guid.NewGuid():N}-bad")).ToList();
            var outcomes = await Task.WhenAll(Task.Run(() => WriteAsync(here)), Task.Run(() => WriteAsync(there, other)));

            Assert.All(outcomes, side => Assert.Equal(InboxOutcome.NotStored, side[^1]));
            // Each event is accepted once, or not at all by a side that was told to come back.
            IReadOnlyList<InboxOutcome> again = [];
            // What was late may still hold keys, and then whoever comes again is told to come back once more.
            await Eventually.TrueAsync(
                async () => (again = await WriteAsync([.. here.SkipLast(1), .. there.SkipLast(1)])).All(outcome => outcome is not InboxOutcome.NotStored), s_limit, "all are stored");
            Assert.All(again, outcome => Assert.True(outcome is InboxOutcome.Accepted or InboxOutcome.Duplicate));
            Assert.Equal(30, await CountAsync([.. here, .. there]));
            for (var index = 0; index < 30; index++)
            {
                Assert.InRange(outcomes.Count(side => side[index] is InboxOutcome.Accepted), 0, 1);
            }
        }
    }

    [Fact]
    public async Task Deliveries_That_Meet_Share_Batches_And_All_Are_Answered()
    {
        var batcher = new InboxBatcher(_writer, _gate);
        var deliveries = Enumerable.Range(0, 1000).Select(_ => Delivery.New()).ToList();
        var outcomes = new ConcurrentBag<InboxOutcome>();
        var inbox = new WebhookInbox(batcher, new AnswerTimes(), TimeProvider.System);
        await Parallel.ForEachAsync(deliveries, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (delivery, cancellationToken) =>
            outcomes.Add(await inbox.AcceptAsync(delivery.Body, new DeliveryHeaders("current", null, null, null, delivery.Body.Length), Stopwatch.GetTimestamp(), s_limit, cancellationToken)));
        Assert.Equal(1000, outcomes.Count(outcome => outcome is InboxOutcome.Accepted));
        Assert.Equal(1000, await CountAsync(deliveries));
        var statements = await database.ScalarAsync<long>($"SELECT count(DISTINCT xmin::text) FROM webhook_inbox WHERE request_id IN ({Ids(deliveries)})");
        Assert.InRange(statements, 1000 / InboxBatcher.MostRows, 900);
    }

    [Fact]
    public void Whoever_Waits_When_The_Gate_Opens_Is_Answered_Then_And_Not_When_The_Time_Is_Over()
    {
        var batcher = new InboxBatcher(_writer, _gate);
        var waiting = Enumerable.Range(0, 200).Select(_ => new InboxEntry(Deliveries.Read(Delivery.New().Body, TimeProvider.System.GetUtcNow()))).ToList();
        waiting.ForEach(batcher.Add);
        for (var failure = 0; failure < 3; failure++)
        {
            _gate.Failed();
        }

        Assert.All(waiting, entry => Assert.True(entry.IsAnswered));
        var late = new InboxEntry(Deliveries.Read(Delivery.New().Body, TimeProvider.System.GetUtcNow()));
        batcher.Add(late);
        Assert.True(late.IsAnswered);
    }

    [Fact]
    public async Task A_Surprise_Reaches_The_Callers_And_Is_Not_Taken_For_The_Database()
    {
        var message = Deliveries.Read(Delivery.New().Body, TimeProvider.System.GetUtcNow());
        var entry = new InboxEntry(message);
        var broken = new InboxEntry(null!);
        await _writer.WriteAsync([entry, broken], CancellationToken.None);
        await Assert.ThrowsAsync<NullReferenceException>(() => entry.OutcomeAsync(s_limit, CancellationToken.None));
        await Assert.ThrowsAsync<NullReferenceException>(() => broken.OutcomeAsync(s_limit, CancellationToken.None));
        Assert.False(_gate.IsOpen);
    }

    private (PortalDataSources Sources, InboxGate Gate, InboxWriter Writer) Build()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:Portal", database.AppConnectionString)]).Build();
        var sources = new PortalDataSources(configuration);
        var gate = new InboxGate(sources, TimeProvider.System, NullLogger<InboxGate>.Instance);
        return (sources, gate, new InboxWriter(new InboxRows(sources, _wake, TimeProvider.System), gate, NullLogger<InboxWriter>.Instance));
    }

    private async Task<IReadOnlyList<InboxOutcome>> WriteAsync(IReadOnlyList<Delivery> deliveries, InboxWriter? writer = null)
    {
        var entries = deliveries.Select(delivery => new InboxEntry(Deliveries.Read(delivery.Body, TimeProvider.System.GetUtcNow()))).ToList();
        await (writer ?? _writer).WriteAsync(entries, CancellationToken.None);
        return await Task.WhenAll(entries.Select(entry => entry.OutcomeAsync(s_limit, CancellationToken.None)));
    }

    private static async Task HoldAsync(NpgsqlConnection connection, string requestId)
    {
        await using var command = new NpgsqlCommand("INSERT INTO webhook_inbox (id, request_id, body_hash, body, received_at, state, attempts) VALUES (gen_random_uuid(), $1, '', '', now(), 'Due', 0)", connection);
        command.Parameters.AddWithValue(requestId);
        await command.ExecuteNonQueryAsync();
    }

    private Task<long> CountAsync(IEnumerable<Delivery> deliveries) => database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE request_id IN ({Ids(deliveries)})");

    private static string Ids(IEnumerable<Delivery> deliveries) => string.Join(',', deliveries.Select(delivery => $"'{delivery.RequestId}'"));
}
