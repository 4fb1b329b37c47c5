using System.Security.Cryptography;

namespace RingPortal.Web.Features.Tokens;

/// <summary>A key of 32 random bytes in Base64 that a developer's portal makes for itself and keeps.</summary>
internal static class DevelopmentSecret
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>The key in a file of the data folder; made at the first need.</summary>
    /// <exception cref="IOException">The folder can't be written, or another process has been making the key for 10 s.</exception>
    public static string ReadOrMake(IConfiguration configuration, string fileName)
    {
        var folder = Path.Combine(DevelopmentFolder.Of(configuration), "secrets");
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            MakeOnce(path);
        }

        return File.ReadAllText(path).Trim();
    }

    /// <summary>
    /// Of portals that need the key at once the first makes it. Moving without overwriting would not do: on Unix that is
    /// a look, and then a move that overwrites.
    /// </summary>
    private static void MakeOnce(string path)
    {
        FileStream? turn = null;
        if (!SpinWait.SpinUntil(() => (turn = TryTakeTurn($"{path}.lock")) is not null, s_patience))
        {
            throw new IOException($"Another portal has been making {path} for {s_patience.TotalSeconds:0} seconds. End it, and start this one again.");
        }

        using (turn)
        {
            if (!File.Exists(path))
            {
                Make(path);
            }
        }
    }

    private static FileStream? TryTakeTurn(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException) when (Directory.Exists(Path.GetDirectoryName(path)))
        {
            return null;
        }
    }

    /// <summary>Written aside and moved, so that nobody reads half a key.</summary>
    private static void Make(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var mode = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(draft, mode))
        {
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(VaultKey.SecretLength)));
        }

        File.Move(draft, path);
    }
}
