using System.Globalization;
using System.Text;
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
        try
        {
            var file = new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new FolderLock(file);
        }
        catch (IOException held) when (held is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new StartUpException($"The data folder {folder.Root} is in use by another portal (pid {Holder(folder)}). Stop it, or name another folder with Embedded__DataPath.", held);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(EmbeddedFolder folder)
    {
        try
        {
            // Sharing everything takes no lock.
            using var reader = new StreamReader(new FileStream(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            return int.TryParse(reader.ReadToEnd(), CultureInfo.InvariantCulture, out var pid) ? pid.ToString(CultureInfo.InvariantCulture) : "unknown";
        }
        catch (IOException)
        {
            return "unknown";
        }
    }
}
