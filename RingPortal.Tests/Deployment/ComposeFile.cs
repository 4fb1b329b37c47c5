using RingPortal.Tests.Infrastructure;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace RingPortal.Tests.Deployment;

/// <summary>YAML of this repository as plain dictionaries, lists and strings.</summary>
internal static class Yaml
{
    private static readonly IDeserializer s_reader = new DeserializerBuilder().Build();

    /// <summary>Every document of a file; anchors and merges are resolved.</summary>
    public static IReadOnlyList<Dictionary<object, object>> Read(string path)
    {
        using var text = new StreamReader(Path.Combine(Repository.Root, path));
        var parser = new MergingParser(new Parser(text));
        var documents = new List<Dictionary<object, object>>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(s_reader.Deserialize<Dictionary<object, object>>(parser));
        }

        return documents;
    }

    public static Dictionary<object, object> Map(this object? node, string key) => (Dictionary<object, object>)((Dictionary<object, object>)node!)[key];

    public static IReadOnlyList<object> List(this object? node, string key) => ((Dictionary<object, object>)node!).TryGetValue(key, out var list) ? (List<object>)list : [];

    public static string? Text(this object? node, string key) => ((Dictionary<object, object>)node!).TryGetValue(key, out var text) ? (string)text : null;
}

/// <summary>docker-compose.yml as it would be started.</summary>
internal sealed class ComposeFile
{
    private readonly Dictionary<object, object> _file = Yaml.Read("docker-compose.yml").Single();

    public Dictionary<object, object> Services => _file.Map("services");

    public IEnumerable<string> Volumes => _file.Map("volumes").Keys.Cast<string>();

    public Dictionary<object, object> this[string service] => Services.Map(service);

    /// <summary>Variables that a service is given in this file.</summary>
    public IReadOnlyDictionary<string, string> Environment(string service) => this[service].TryGetValue("environment", out var environment)
        ? ((Dictionary<object, object>)environment).ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value)
        : new Dictionary<string, string>();

    /// <summary>What a service mounts: source and target.</summary>
    public IEnumerable<(string Source, string Target)> Mounts(string service) =>
        this[service].List("volumes").Cast<string>().Select(volume => volume.Split(':')).Select(parts => (parts[0], parts[1]));
}
