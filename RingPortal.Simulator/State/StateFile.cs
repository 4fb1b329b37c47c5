using System.Text.Json;
using System.Text.Json.Serialization;

namespace RingPortal.Simulator.State;

/// <summary>Keeps the state in one JSON file, replaced whole, so that a crash leaves the old file or the new one.</summary>
internal sealed class StateFile
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly string? path;

    public StateFile(string? dataPath)
    {
        if (string.IsNullOrWhiteSpace(dataPath))
            return;

        path = Path.GetFullPath(dataPath.EndsWith(".json", StringComparison.Ordinal) ? dataPath : Path.Combine(dataPath, "ring.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
    }

    public RingState? Read()
    {
        if (path is null || !File.Exists(path))
            return null;

        try
        {
            return JsonSerializer.Deserialize<RingState>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidDataException($"{path} cannot be read as the simulator's state; delete it to start afresh.", unreadable);
        }
    }

    public void Write(RingState state)
    {
        if (path is null)
            return;

        var fresh = path + ".new";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(state, Json));
        File.Move(fresh, path, overwrite: true);
    }
}
