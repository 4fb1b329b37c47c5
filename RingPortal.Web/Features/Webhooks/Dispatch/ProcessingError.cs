using Npgsql;

namespace RingPortal.Web.Features.Webhooks.Dispatch;

/// <summary>Why a try failed, for operators; nothing of a payload.</summary>
internal static class ProcessingError
{
    private const int Longest = 1000;

    public static string Describe(Exception exception)
    {
        var root = exception.GetBaseException();
        // The database's own messages may quote values.
        var text = root is PostgresException database ? $"PostgreSQL {database.SqlState}" : $"{root.GetType().Name}: {root.Message}";
        return text.Length <= Longest ? text : text[..Longest];
    }
}
