using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace RingPortal.Web.Components;

/// <summary>
/// Addresses of our scripts that are modules (<c>wwwroot/js</c>). The mark of their content is a folder, <c>/js/{mark}/…</c>,
/// so that what one module imports from another by a relative path carries the mark as well: browsers keep all of them, and
/// see a new release whole.
/// </summary>
public sealed class ModuleAddresses(IWebHostEnvironment environment)
{
    private const string Folder = "/js";
    private const int MarkLength = 16;
    private static readonly object s_kept = new();
    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");
    private Release? known;

    /// <summary>Every module, so that a page can have them all fetched at once and not one after another.</summary>
    public IReadOnlyList<string> All
    {
        get
        {
            var release = Current;
            return [.. release.Modules.Select(module => Address(release, module))];
        }
    }

    private Release Current => environment.IsDevelopment() ? Read() : known ??= Read();

    /// <summary>The address of a module.</summary>
    /// <param name="path">Its path below the folder, for example <c>live/live.js</c>.</param>
    public string Of(string path) => Address(Current, path);

    /// <summary>Finds the file behind a marked address. Must stand before routing.</summary>
    public Task LeadAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(Folder, StringComparison.Ordinal, out var rest)
            && rest.Value is ['/', .. var path] && path.IndexOf('/') is MarkLength && path.AsSpan(0, MarkLength).IndexOfAnyExcept(s_digits) < 0)
        {
            // Of another release: answered with what there is, and not to be kept.
            context.Items[s_kept] = path.StartsWith(Current.Mark, StringComparison.Ordinal);
            context.Request.Path = Folder + path[MarkLength..];
        }

        return next(context);
    }

    /// <summary>Whether the address that was asked for can never mean another content.</summary>
    internal static bool IsForever(HttpContext context) => context.Items[s_kept] is true;

    private static string Address(Release release, string path) => $"{Folder}/{release.Mark}/{path}";

    private Release Read()
    {
        var modules = Walk("").Order(StringComparer.Ordinal).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var module in modules)
        {
            using var content = environment.WebRootFileProvider.GetFileInfo($"{Folder}/{module}").CreateReadStream();
            hash.AppendData(Encoding.UTF8.GetBytes(module));
            hash.AppendData(SHA256.HashData(content));
        }

        return new Release(Convert.ToHexStringLower(hash.GetHashAndReset())[..MarkLength], modules);
    }

    private IEnumerable<string> Walk(string below) => environment.WebRootFileProvider.GetDirectoryContents($"{Folder}/{below}").SelectMany(entry =>
        entry.IsDirectory ? Walk($"{below}{entry.Name}/")
        : Path.GetExtension(entry.Name) == ".js" ? [below + entry.Name]
        : Enumerable.Empty<string>());

    private sealed record Release(string Mark, IReadOnlyList<string> Modules);
}
