using Microsoft.EntityFrameworkCore;
using Npgsql;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Pool;

/// <summary>
/// The pool of tokens and all installations, for operators. Reads no sealed column at all: what is not read cannot be shown
/// (reliability X17).
/// </summary>
internal sealed class PoolQueries(IServiceScopeFactory scopes, PortalDataSources sources, TimeProvider clock)
{
    /// <summary>Installations of one page.</summary>
    public const int PageSize = 50;

    /// <summary>Beyond that nobody wants to know how many exactly.</summary>
    public const int MostCounted = 10_000;

    /// <summary>Ages are shown minute by minute up to the hard cap.</summary>
    public static readonly int OldestBar = (int)Tokens.PoolOptions.HardCap.TotalMinutes;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_history = TimeSpan.FromHours(2);

    /// <summary>The figures at the top of the page.</summary>
    public async Task<PoolFigures> FiguresAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = sources.Web.CreateCommand(FiguresSql);
        command.Parameters.AddWithValue("day_ago", now - s_day);
        command.Parameters.AddWithValue("first", FirstId(now - s_day));
        command.Parameters.AddWithValue("midnight", new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));
        var rows = await command.ReadRowsAsync(
            row => new PoolFigures(
                (int)row.GetInt64(0), row.ValueOrNull<DateTimeOffset>(1), row.ValueOrNull<double>(2) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, (int)row.GetInt64(3)),
            cancellationToken);
        return rows[0];
    }

    /// <summary>The statement of the figures, for its plan's test too.</summary>
    public const string FiguresSql =
        """
        SELECT pool.size, pool.oldest,
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM claimed_at - received_at)) FROM ring_tokens WHERE id >= @first AND claimed_at >= @day_ago),
            (SELECT count(*) FROM (SELECT 1 FROM ring_tokens WHERE state = 'EXPIRED' AND state_changed_at >= @midnight LIMIT 10001) AS expired)
        FROM (SELECT count(*) AS size, min(retain_from) AS oldest FROM ring_tokens WHERE state = 'UNCLAIMED') AS pool
        """;

    /// <summary>Unclaimed tokens by age, one bar a minute.</summary>
    public async Task<IReadOnlyList<PoolAge>> AgesAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(AgesSql);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("oldest", OldestBar);
        var counted = (await command.ReadRowsAsync(row => new PoolAge(row.GetInt32(0), (int)row.GetInt64(1)), cancellationToken)).ToDictionary(age => age.Minutes);
        return [.. Enumerable.Range(0, OldestBar + 1).Select(minutes => counted.GetValueOrDefault(minutes) ?? new PoolAge(minutes, 0))];
    }

    /// <summary>The statement of the ages, for its plan's test too.</summary>
    public const string AgesSql =
        """
        SELECT least(@oldest, greatest(0, floor(extract(epoch FROM @now - retain_from) / 60)))::int AS minutes, count(*)
        FROM ring_tokens WHERE state = 'UNCLAIMED' GROUP BY 1
        """;

    /// <summary>The pool's size in steps of five minutes over the last two hours, told from when each token came and left.</summary>
    public async Task<IReadOnlyList<PoolSize>> HistoryAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var command = sources.Web.CreateCommand(HistorySql);
        command.Parameters.AddWithValue("now", now);
        command.Parameters.AddWithValue("since", now - s_history);
        // What was in the pool then came at most as long before as it may stay in it.
        command.Parameters.AddWithValue("first", FirstId(now - s_history - Tokens.PoolOptions.HardCap - TimeSpan.FromMinutes(10)));
        return await command.ReadRowsAsync(row => new PoolSize(row.GetFieldValue<DateTimeOffset>(0), (int)row.GetInt64(1)), cancellationToken);
    }

    /// <summary>The statement of the history, for its plan's test too.</summary>
    public const string HistorySql =
        """
        WITH pooled AS MATERIALIZED (
            SELECT received_at AS came, CASE WHEN state IN ('RECEIVED', 'EXCHANGED', 'UNCLAIMED') THEN 'infinity' ELSE coalesce(claimed_at, state_changed_at) END AS went
            FROM ring_tokens WHERE id >= @first AND account_id IS NOT NULL)
        SELECT moment, (SELECT count(*) FROM pooled WHERE came <= moment AND went > moment)
        FROM generate_series(@since::timestamptz, @now, interval '5 minutes') AS moments(moment) ORDER BY moment
        """;

    /// <summary>How many installations each tab holds, counted up to <see cref="MostCounted"/> + 1.</summary>
    public async Task<IReadOnlyDictionary<PoolTab, int>> CountsAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(CountsSql);
        command.Parameters.AddWithValue("states", Enum.GetValues<RingTokenState>().Select(state => state.Name()).ToArray());
        var states = (await command.ReadRowsAsync(row => (State: RingTokenStateNames.Parse(row.GetString(0)), Count: (int)row.GetInt64(1)), cancellationToken))
            .ToDictionary(entry => entry.State, entry => entry.Count);
        return PoolTabs.All.ToDictionary(tab => tab, tab => Math.Min(tab.States().Sum(state => states[state]), MostCounted + 1));
    }

    /// <summary>The statement of the counts, for its plan's test too.</summary>
    public const string CountsSql =
        """
        SELECT name, (SELECT count(*) FROM (SELECT 1 FROM ring_tokens WHERE state = name LIMIT 10001) AS bounded)
        FROM unnest(@states) AS names(name)
        """;

    /// <summary>One page of a tab, newest first.</summary>
    /// <param name="tab">Which states.</param>
    /// <param name="before">Only older ones than this.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    public async Task<PoolLinks> LinksAsync(PoolTab tab, Guid? before, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(LinksSql);
        command.Parameters.AddWithValue("states", tab.States().Select(state => state.Name()).ToArray());
        command.Parameters.AddWithValue("before", before ?? Guid.AllBitsSet);
        command.Parameters.AddWithValue("now", clock.GetUtcNow());
        command.Parameters.AddWithValue("take", PageSize + 1);
        var rows = await command.ReadRowsAsync(Link, cancellationToken);
        return new PoolLinks([.. rows.Take(PageSize)], rows.Count > PageSize);
    }

    /// <summary>The statement of a page, for its plan's test too.</summary>
    public const string LinksSql =
        $"""
        SELECT link.* FROM unnest(@states) AS wanted(name) CROSS JOIN LATERAL (
            SELECT {Columns} FROM ring_tokens WHERE state = wanted.name AND id < @before ORDER BY id DESC LIMIT @take) AS link
        ORDER BY id DESC LIMIT @take
        """;

    private const string Columns =
        "id, masked_account, state, state_changed_at, received_at, next_attempt_at, attempts, claim_deadline, linked_at, refresh_failing_since, outcome_unknown, coalesce(lease_until > @now, false) AS held";

    /// <summary>One installation; null when there is none with this key.</summary>
    public async Task<PoolLinkDetail?> LinkAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        var now = clock.GetUtcNow();
        return await context.RingTokens.AsNoTracking().Where(token => token.Id == id)
            .Select(token => new PoolLinkDetail(
                new PoolLink(
                    token.Id, token.MaskedAccount, token.State, token.StateChangedAt, token.ReceivedAt, token.NextAttemptAt, token.Attempts, token.ClaimDeadline,
                    token.LinkedAt, token.RefreshFailingSince, token.OutcomeUnknown, token.LeaseUntil != null && token.LeaseUntil > now),
                token.UserId, token.ClaimedAt, token.RetainFrom, token.SourceNetwork,
                context.Teardowns.Where(work => work.RingTokenId == id && work.Kind == Data.Teardown.TeardownKind.Integration).Select(work => (Guid?)work.Id).FirstOrDefault()))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private static PoolLink Link(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.TextOrNull(1), RingTokenStateNames.Parse(row.GetString(2)), row.GetFieldValue<DateTimeOffset>(3), row.GetFieldValue<DateTimeOffset>(4),
        row.ValueOrNull<DateTimeOffset>(5), row.GetInt32(6), row.ValueOrNull<DateTimeOffset>(7), row.ValueOrNull<DateTimeOffset>(8), row.ValueOrNull<DateTimeOffset>(9),
        row.GetBoolean(10), row.GetBoolean(11));

    /// <summary>Keys begin with the time of their row (uuid v7): the primary key finds what is young.</summary>
    private static Guid FirstId(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, at.ToUnixTimeMilliseconds() << 16);
        return new Guid(bytes, bigEndian: true);
    }
}
