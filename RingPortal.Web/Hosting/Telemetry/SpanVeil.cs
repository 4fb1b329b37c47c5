using System.Collections.Frozen;
using System.Diagnostics;
using System.Text.RegularExpressions;
using OpenTelemetry;

namespace RingPortal.Web.Hosting.Telemetry;

/// <summary>
/// Lets only those tags leave that are known to hold nothing personal and no secret. Addresses do: Ring's nonce stands in a
/// query, a camera's id in a path, the secret that ends e-mails in another. So may a statement that was written with a
/// value in it: of statements only verb and table are told. What a library adds one day is not known yet.
/// </summary>
internal sealed partial class SpanVeil : BaseProcessor<Activity>
{
    private const string Statement = "db.query.text";

    private static readonly FrozenSet<string> s_known = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method", "http.response.status_code", "http.route", "error.type", "url.scheme", "network.protocol.version",
        "db.system.name", "db.namespace", "db.query.summary", "db.operation.name", "db.response.status_code", "db.client.connection.pool.name",
        "ring.status", "ring.request_id", "ringportal.outcome", "ringportal.state", "ringportal.attempt");

    /// <inheritdoc />
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Statement) is string statement)
        {
            data.DisplayName = Summary(statement);
            data.SetTag("db.query.summary", data.DisplayName);
        }

        foreach (var tag in data.TagObjects.Where(tag => !s_known.Contains(tag.Key)).ToList())
        {
            data.SetTag(tag.Key, null);
        }

        // What an exception says of itself is for the log, which names no addresses.
        data.SetStatus(data.Status);
    }

    private static string Summary(string statement)
    {
        var (verb, table) = (Verb().Match(statement).Value, Table().Match(statement).Groups[1].Value);
        return table.Length == 0 ? verb : $"{verb} {table}";
    }

    [GeneratedRegex(@"[A-Za-z]+", RegexOptions.CultureInvariant)]
    private static partial Regex Verb();

    [GeneratedRegex(@"\b(?:FROM|INTO|UPDATE)\s+(?:hangfire\.)?""?([a-z_]+)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Table();
}
