using System.Globalization;
using RingPortal.Web.Resources;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Devices;

/// <summary>Says what a camera can do and how it is set up, in words. Facts only: nothing here can be switched.</summary>
internal sealed class CameraWords(Texts texts)
{
    private const int LinesOf4K = 2160;

    /// <summary>Features that people know by name, in the order in which they are told; privacy zones are not among them.</summary>
    private static readonly (string Feature, Func<RingConfigurations, RingSwitch> Switch)[] s_features =
    [
        ("color_night_vision", settings => settings.ColorNightVision),
        ("ir_led_night_vision", settings => settings.InfraredNightVision),
        ("hdr", settings => settings.Hdr),
        ("auto_zoom_track", settings => settings.AutoZoomTrack),
    ];

    /// <summary>"1080p, colour night vision, 2 motion zones"; null when Ring told nothing of it.</summary>
    public string? Can(RingCapabilities? capabilities, RingConfigurations? settings)
    {
        var words = new List<string>();
        if (capabilities?.MaxResolution is > 0 and var lines)
        {
            words.Add(lines >= LinesOf4K ? texts["dev.can.4k"] : texts.Format("dev.can.lines", ("Lines", lines.ToString(CultureInfo.InvariantCulture))));
        }

        words.AddRange(Features(capabilities).Select(feature => texts[$"dev.can.{feature.Feature}"]));
        if (settings is { MotionZones.Count: > 0 and var zones })
        {
            words.Add(texts.Format("dev.can.zones", ("n", zones)));
        }

        return words.Count == 0 ? null : Sentence(string.Join(", ", words));
    }

    /// <summary>Switches of what the model has, each with its state.</summary>
    public IEnumerable<(string Name, RingSwitch State)> Switches(RingCapabilities? capabilities, RingConfigurations? settings) =>
        Features(capabilities).Select(feature => (Sentence(texts[$"dev.can.{feature.Feature}"]), settings is null ? RingSwitch.Unknown : feature.Switch(settings)));

    /// <summary>"On", "Off", or that Ring did not say.</summary>
    public string State(RingSwitch state) => texts[state switch
    {
        RingSwitch.On => "dev.on",
        RingSwitch.Off => "dev.off",
        _ => "dev.notknown",
    }];

    /// <summary>"CA, United States"; null when Ring told neither.</summary>
    public static string? Region(string? country, string? state)
    {
        var parts = new[] { state, CountryName(country) }.Where(part => !string.IsNullOrWhiteSpace(part)).ToList();
        return parts.Count == 0 ? null : string.Join(", ", parts);
    }

    private static IEnumerable<(string Feature, Func<RingConfigurations, RingSwitch> Switch)> Features(RingCapabilities? capabilities) =>
        capabilities is null ? [] : s_features.Where(feature => capabilities.ImageFeatures.Contains(feature.Feature));

    private static string? CountryName(string? code)
    {
        if (code is not { Length: 2 } || !code.All(char.IsAsciiLetterUpper))
        {
            return code;
        }

        try
        {
            return new RegionInfo(code).EnglishName;
        }
        catch (ArgumentException)
        {
            // Not every code that looks like a country is one; the code itself is still true.
            return code;
        }
    }

    private static string Sentence(string text) => string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
