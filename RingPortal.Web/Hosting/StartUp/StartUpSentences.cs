using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Npgsql;

namespace RingPortal.Web.Hosting.StartUp;

/// <summary>What an operator reads for each known reason that keeps the portal from starting.</summary>
public static partial class StartUpSentences
{
    /// <summary>The sentences for a failure, one for each thing to mend; empty for a surprise.</summary>
    public static IReadOnlyList<string> For(Exception exception) => exception switch
    {
        StartUpException failure => [failure.Message],
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException { InnerExceptions.Count: > 0 } several => All(several.InnerExceptions),
        IOException { InnerException: AddressInUseException } taken => [AddressTaken(taken)],
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            ["The portal may not listen on the configured port. Ports below 1024 need privileges; name another one with ASPNETCORE_URLS (setting Urls)."],
        PostgresException refused => [$"PostgreSQL refused to serve the portal ({refused.SqlState}: {refused.MessageText}). {CheckConnections}"],
        NpgsqlException unreachable => [$"PostgreSQL cannot be reached ({FirstLine(unreachable.Message)}). Is it running? {CheckConnections}"],
        _ => [],
    };

    private const string CheckConnections = "Check ConnectionStrings__Portal and ConnectionStrings__Migrator.";

    private static string[] All(IReadOnlyCollection<Exception> exceptions)
    {
        var sentences = exceptions.Select(For).ToArray();
        // One unknown exception among known ones is still a surprise that has to be seen whole.
        return sentences.All(found => found.Count > 0) ? [.. sentences.SelectMany(found => found).Distinct()] : [];
    }

    private static string AddressTaken(IOException exception)
    {
        var address = Address().Match(exception.Message) is { Success: true } match ? match.Groups[1].Value.TrimEnd('.', ':', ',') : "that is configured";
        return $"The address {address} is already used by another program. Stop that program, or name another address with ASPNETCORE_URLS (setting Urls).";
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].TrimEnd('.', ' ');

    [GeneratedRegex(@"address (\S+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
