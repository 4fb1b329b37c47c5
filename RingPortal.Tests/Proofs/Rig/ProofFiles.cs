using System.Globalization;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>
/// What a proof leaves behind in <c>artifacts/proofs/ID</c>: the logs of its processes and its figure, which
/// <c>eng/prove</c> prints.
/// </summary>
internal sealed class ProofFiles
{
    private const string FigureName = "figure.txt";

    /// <param name="id">Name of the proof, or of the fixture that several share.</param>
    public ProofFiles(string id)
    {
        Folder = PathOf(id);
        Directory.CreateDirectory(Folder);
        foreach (var old in Directory.EnumerateFiles(Folder, "*.log"))
        {
            File.Delete(old);
        }
    }

    public string Folder { get; }

    public string Log(string name) => Path.Combine(Folder, $"{name}.log");

    /// <summary>Writes down what was measured; a proof of several tests has a part for each.</summary>
    public static void Figure(string id, FormattableString measured)
    {
        Directory.CreateDirectory(PathOf(id));
        File.AppendAllText(Path.Combine(PathOf(id), FigureName), measured.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    private static string PathOf(string id) => Path.Combine(Repository.Root, "artifacts", "proofs", id);
}
