using System.Security.Cryptography;

namespace RingPortal.Web.Features.Tokens;

/// <summary>A key of 32 random bytes in Base64 that a developer's portal makes for itself and keeps.</summary>
internal static class DevelopmentSecret
{
    /// <summary>The key in a file of the data folder; made at the first need.</summary>
    public static string ReadOrMake(IConfiguration configuration, string fileName)
    {
        var folder = Path.Combine(DevelopmentFolder.Of(configuration), "secrets");
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(folder);
            Make(path);
        }

        return File.ReadAllText(path).Trim();
    }

    /// <summary>Written aside and moved, so that nobody reads half a key; of two portals that make one at once the first wins.</summary>
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

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
