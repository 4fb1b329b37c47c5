using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace RingPortal.Tests.Infrastructure;

/// <summary>Asks for the plan of every query before it runs, with its own parameters.</summary>
internal sealed class PlanRecorder : DbCommandInterceptor
{
    public List<string> Plans { get; } = [];

    /// <summary>Queries touched the table, and none read it as a whole.</summary>
    public void AssertIndexed(string table)
    {
        Assert.Contains(Plans, plan => plan.Contains($" on {table}", StringComparison.Ordinal));
        var slow = Plans.Where(plan => plan.Contains($"Seq Scan on {table}", StringComparison.Ordinal)).ToList();
        Assert.True(slow.Count == 0, string.Join("\n\n", slow));
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var text = command.CommandText;
        command.CommandText = $"EXPLAIN {text}";
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            var lines = new List<string>();
            while (await reader.ReadAsync(cancellationToken))
            {
                lines.Add(reader.GetString(0));
            }

            Plans.Add($"{text}\n{string.Join('\n', lines)}");
        }

        command.CommandText = text;
        return result;
    }
}
