using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Tells a database that is away or refuses from a mistake of ours: EF wraps what the driver throws.</summary>
internal static class DatabaseTrouble
{
    public static bool Is(Exception exception) =>
        exception is NpgsqlException or TimeoutException || (exception.InnerException is { } inner && Is(inner));

    /// <summary>
    /// Whether it would go well at another moment (lost, full, locked, out of time), so that where in our code it happened tells
    /// nothing. A time-out alone may be anybody's, Ring's too: it counts only where the driver tells of it.
    /// </summary>
    public static bool IsPassing(Exception exception) =>
        exception is NpgsqlException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || (exception.InnerException is { } inner && IsPassing(inner));
}
