using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// In Development a key is made once and kept in the data folder, so that the first start needs no settings. Elsewhere
/// a missing key stops the start.
/// </summary>
internal sealed class DevelopmentVaultKey(IHostEnvironment environment, IConfiguration configuration) : IPostConfigureOptions<VaultOptions>
{
    private const string FileName = "vault.key";

    public void PostConfigure(string? name, VaultOptions options)
    {
        if (environment.IsDevelopment() && options.Keys.Count == 0)
        {
            options.Keys.Add(ReadOrMake(Path.Combine(DevelopmentFolder.Of(configuration), "secrets")));
        }
    }

    private static string ReadOrMake(string folder)
    {
        var path = Path.Combine(folder, FileName);
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
