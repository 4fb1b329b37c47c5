using System.Globalization;
using RingPortal.Data.Tokens;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>Turns what an operator searches for into what stands in jobs: a number, or keys. Jobs know ids and nothing else.</summary>
internal sealed class JobSearch(PortalDataSources sources)
{
    /// <summary>The statement that finds what belongs to a person or a Ring account, for its plan's test too.</summary>
    public static readonly string BelongingsSql =
        $"""
        WITH links AS MATERIALIZED (
            SELECT id, user_id FROM ring_tokens WHERE user_id = (SELECT id FROM users WHERE normalized_email = @email)
            UNION SELECT id, user_id FROM ring_tokens WHERE account_id = @account AND state IN ({string.Join(", ", RingTokenTransitions.Living.Select(state => $"'{state.Name()}'"))}))
        SELECT id FROM links
        -- OFFSET keeps it a look by key for each of a person's few links, however many the planner expects.
        UNION SELECT theirs.id FROM links CROSS JOIN LATERAL (SELECT id FROM teardowns WHERE ring_token_id = links.id OFFSET 0) AS theirs
        UNION SELECT theirs.id FROM links CROSS JOIN LATERAL (SELECT id FROM devices WHERE ring_token_id = links.id OFFSET 0) AS theirs
        """;

    /// <summary>The filter in the terms of the storage.</summary>
    public async Task<JobMatch> ResolveAsync(JobFilter filter, CancellationToken cancellationToken)
    {
        var all = new JobMatch(filter.Tab, filter.Type);
        if (filter.Search is not { } search)
        {
            return all;
        }

        if (long.TryParse(search, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return all with { Id = id };
        }

        return all with { Subjects = Guid.TryParse(search, out var subject) ? [subject] : await BelongingsAsync(search, cancellationToken) };
    }

    private async Task<IReadOnlyList<Guid>> BelongingsAsync(string search, CancellationToken cancellationToken)
    {
        await using var command = sources.Web.CreateCommand(BelongingsSql);
        command.Parameters.AddWithValue("email", search.ToUpperInvariant());
        command.Parameters.AddWithValue("account", search);
        return await command.ReadColumnAsync<Guid>(cancellationToken);
    }
}
