using Npgsql;
using NpgsqlTypes;

namespace RingPortal.Web.Features.Admin.Jobs;

/// <summary>A filter in the terms of the storage: what a statement asks for, without anything personal.</summary>
/// <param name="Tab">The view.</param>
/// <param name="Type">Short name of a kind.</param>
/// <param name="Id">One job.</param>
/// <param name="Subjects">Keys of which its first argument must be one; empty finds nothing, null everything.</param>
internal sealed record JobMatch(JobTab Tab, string? Type = null, long? Id = null, IReadOnlyList<Guid>? Subjects = null)
{
    /// <summary>Conditions on <c>job</c> beside its state, which is <c>@states</c>.</summary>
    public string Conditions => string.Join("", Parts().Select(part => $" AND {part}"));

    /// <summary>Gives a statement the values of its conditions.</summary>
    public void Fill(NpgsqlCommand command)
    {
        command.Parameters.AddWithValue("states", Tab.States());
        command.Parameters.Add(new NpgsqlParameter("type", NpgsqlDbType.Text) { Value = Type is null ? DBNull.Value : JobTypes.Stored(Type) });
        command.Parameters.Add(new NpgsqlParameter("id", NpgsqlDbType.Bigint) { Value = (object?)Id ?? DBNull.Value });
        // Arguments are stored as JSON in JSON: a key stands in quotes of its own.
        command.Parameters.AddWithValue("subjects", (Subjects ?? []).Select(subject => $"\"{subject}\"").ToArray());
    }

    private IEnumerable<string> Parts()
    {
        if (Type is not null)
        {
            yield return "job.invocationdata->>'Type' = @type";
        }

        if (Id is not null)
        {
            yield return "job.id = @id";
        }

        if (Subjects is not null)
        {
            yield return "job.arguments->>0 = ANY(@subjects)";
        }

        const string Retry = "EXISTS (SELECT 1 FROM hangfire.set WHERE set.key = 'retries' AND set.value = job.id::text)";
        if (Tab is JobTab.Retrying)
        {
            yield return Retry;
        }
        else if (Tab is JobTab.Waiting)
        {
            yield return $"NOT (job.statename = 'Scheduled' AND {Retry})";
        }
    }
}
