using System.Text.Json;

namespace RingPortal.Simulator.History;

/// <summary>Keeps the history between starts, a line for each entry and each change of one. Without a folder it keeps nothing.</summary>
internal sealed class HistoryFile : IDisposable
{
    private const int KeptAtStart = 20_000;
    private readonly string? path;
    private FileStream? writer;

    public HistoryFile(string? dataPath)
    {
        if (string.IsNullOrWhiteSpace(dataPath))
            return;

        path = Path.GetFullPath(dataPath.EndsWith(".json", StringComparison.Ordinal) ? $"{dataPath[..^5]}.history.jsonl" : Path.Combine(dataPath, "history.jsonl"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>The newest entries, each as it was last; the file is written anew with them. A line that was cut off is left out.</summary>
    public IReadOnlyList<HistoryEntry> Read()
    {
        if (path is null)
            return [];

        var newest = new Dictionary<string, HistoryEntry>();
        foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            if (Parse(line) is { } entry)
                newest[entry.Id] = entry;
        }

        List<HistoryEntry> kept = [.. newest.Values.OrderBy(entry => entry.Start).TakeLast(KeptAtStart)];
        File.WriteAllLines(path + ".new", kept.Select(entry => JsonSerializer.Serialize(entry)));
        File.Move(path + ".new", path, overwrite: true);
        writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        return kept;
    }

    public void Append(HistoryEntry entry)
    {
        if (writer is null)
            return;

        writer.Write([.. JsonSerializer.SerializeToUtf8Bytes(entry), (byte)'\n']);
        writer.Flush();
    }

    public void Dispose() => writer?.Dispose();

    private static HistoryEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<HistoryEntry>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
