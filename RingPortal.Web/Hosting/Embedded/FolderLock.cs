using System.Globalization;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>
/// Holds a cluster's folder for one portal. It is a kernel lock on an open file (<c>flock</c>): it ends with the process,
/// however that ends, and no child process inherits it.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="StartUpException">Another portal holds the folder.</exception>
    public static FolderLock Take(EmbeddedFolder folder)
    {
        var file = Open(folder);
        File.WriteAllText(folder.Holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new FolderLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static FileStream Open(EmbeddedFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held) when (held.GetType() == typeof(IOException))
        {
            var holder = File.Exists(folder.Holder) ? File.ReadAllText(folder.Holder) : "unknown";
            throw new StartUpException($"The data folder {folder.Root} is in use by another portal (pid {holder}). Stop it, or name another folder with Embedded__DataPath.", held);
        }
    }
}
