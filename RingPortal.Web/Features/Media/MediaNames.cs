using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using RingPortal.Web.Account;

namespace RingPortal.Web.Features.Media;

/// <summary>Names of files, made by us alone: camera and local time, never anything that Ring sent beside the file.</summary>
internal static class MediaNames
{
    private const int Longest = 60;

    /// <summary>The header that names a file (RFC 6266); to be saved or to be shown.</summary>
    public static string Disposition(MediaCamera camera, DateTimeOffset at, MediaFormat format, bool save)
    {
        var local = TimeZoneInfo.ConvertTime(at, TimeZones.OrUtc(camera.TimeZone));
        var time = local.ToString("yyyy-MM-dd HH.mm.ss", CultureInfo.InvariantCulture);
        var plain = $"{Plain(camera.Name)} {time}".Trim().Replace(' ', '-').ToLowerInvariant();
        var full = $"{Full(camera.Name)} {time}".Trim();
        return new ContentDispositionHeaderValue(save ? "attachment" : "inline")
        {
            FileName = $"\"{plain}.{format.Extension}\"",
            FileNameStar = $"{full}.{format.Extension}",
        }.ToString();
    }

    /// <summary>Letters and figures that every system takes.</summary>
    private static string Plain(string name) => Cut(string.Concat(name.Where(character => char.IsAsciiLetterOrDigit(character) || character is ' ' or '-')));

    /// <summary>The name as it is, without what has a meaning in paths or cannot be seen.</summary>
    private static string Full(string name)
    {
        var kept = new StringBuilder();
        foreach (var rune in name.EnumerateRunes().Where(rune => Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '-' or '_' or '\''))
        {
            kept.Append(rune);
        }

        return Cut(kept.ToString());
    }

    private static string Cut(string name)
    {
        var end = Math.Min(name.Length, Longest);
        return name[..(end > 0 && end < name.Length && char.IsHighSurrogate(name[end - 1]) ? end - 1 : end)].Trim();
    }
}
