using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RingPortal.Web.Components;

/// <summary>Addresses of our own files with a mark of their content, so that browsers keep them and still see a new release.</summary>
public sealed class AssetAddresses(IWebHostEnvironment environment)
{
    private readonly ConcurrentDictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>The address of a file in the web root.</summary>
    public string Of(string path) =>
        environment.IsDevelopment() ? Mark(path) : known.GetOrAdd(path, Mark);

    private string Mark(string path)
    {
        var file = environment.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists)
            return $"/{path}";

        using var content = file.CreateReadStream();
        return $"/{path}?v={Convert.ToHexStringLower(SHA256.HashData(content))[..16]}";
    }
}
