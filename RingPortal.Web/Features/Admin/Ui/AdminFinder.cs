using System.Globalization;
using RingPortal.Migrations;
using RingPortal.Web.Hosting;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>
/// Finds what an operator has in hand: the name of a page, one of our ids, a number of a job or an audit record, a request id of
/// Ring. Every question is one row by its key. E-mails are not looked for here: they must not stand in an address.
/// </summary>
internal sealed class AdminFinder(PortalDataSources sources, Texts texts)
{
    private const int LongestText = 200;

    /// <summary>What each kind of key may be, with the page that shows it; kinds without a page are not asked for.</summary>
    private static readonly (string Kind, string Template, string Sql)[] s_kinds = [.. new[]
    {
        ("admin.find.delivery", $"{AdminPages.Webhooks}/{{Id:guid}}", "SELECT id::text FROM webhook_inbox WHERE id = @id OR request_id = @text LIMIT 1"),
        ("admin.find.link", $"{AdminPages.Pool}/{{Id:guid}}", "SELECT id::text FROM ring_tokens WHERE id = @id"),
        ("admin.find.teardown", $"{AdminPages.Jobs}/teardowns/{{Id:guid}}", "SELECT id::text FROM teardowns WHERE id = @id"),
        ("admin.find.job", $"{AdminPages.Jobs}/{{Id:long}}", $"SELECT id::text FROM {PortalMigrator.HangfireSchema}.job WHERE id = @number"),
        ("admin.find.record", $"{AdminPages.Audit}/{{Id:long}}", "SELECT id::text FROM audit_records WHERE id = @number"),
    }.Where(kind => AdminPages.Exists(kind.Item2))];

    /// <summary>Everything that fits, pages first.</summary>
    public async Task<IReadOnlyList<AdminFound>> FindAsync(string text, CancellationToken cancellationToken)
    {
        var wanted = text.Trim().TrimStart('#');
        if (wanted.Length is 0 or > LongestText)
        {
            return [];
        }

        var found = AdminPages.Menu.SelectMany(group => group.Entries)
            .Where(entry => texts[entry.TextKey].StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(entry => new AdminFound(texts[entry.TextKey], entry.Href)).ToList();
        foreach (var (kind, template, sql) in s_kinds)
        {
            if (await IdAsync(sql, wanted, cancellationToken) is { } id)
            {
                found.Add(new AdminFound(texts.Format(kind, ("id", id)), template[..(template.LastIndexOf('/') + 1)] + id));
            }
        }

        return found;
    }

    private async Task<string?> IdAsync(string sql, string text, CancellationToken cancellationToken)
    {
        Guid? id = Guid.TryParse(text, out var guid) ? guid : null;
        long? number = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if ((sql.Contains("@number", StringComparison.Ordinal) && number is null) || (!sql.Contains("@text", StringComparison.Ordinal) && sql.Contains("@id", StringComparison.Ordinal) && id is null))
        {
            return null;
        }

        await using var command = sources.Web.CreateCommand(sql);
        if (sql.Contains("@number", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("number", number!.Value);
        }
        else
        {
            command.Parameters.AddWithValue("id", id ?? Guid.Empty);
        }

        if (sql.Contains("@text", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("text", text);
        }

        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}

/// <summary>Something that fits what was searched for.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Href">Its page.</param>
public sealed record AdminFound(string Text, string Href);
