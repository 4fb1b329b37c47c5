using Npgsql;

namespace RingPortal.Web.Hosting;

/// <summary>Tells a database that is away or refuses from a mistake of ours: EF wraps what the driver throws.</summary>
internal static class DatabaseTrouble
{
    public static bool Is(Exception exception) =>
        exception is NpgsqlException or TimeoutException || (exception.InnerException is { } inner && Is(inner));
}
