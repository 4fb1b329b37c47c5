using MudBlazor;

namespace RingPortal.Web.Components.Theme;

/// <summary>MudBlazor's theme object filled from our tokens and the partner's colour.</summary>
internal static class PortalTheme
{
    private const string Sans = "Atkinson Hyperlegible Next Variable";

    public static MudTheme From(BrandShades brand) => new()
    {
        PaletteLight = Fill(new PaletteLight(), Tokens.Light, brand.Light),
        PaletteDark = Fill(new PaletteDark(), Tokens.Dark, brand.Dark),
        Shadows = new Shadow { Elevation = Elevations() },
        LayoutProperties = new LayoutProperties
        {
            DefaultBorderRadius = "8px",
            AppbarHeight = "64px",
            DrawerWidthLeft = "232px",
        },
        Typography = Type(),
    };

    private static T Fill<T>(T palette, Func<string, string> token, BrandShade brand) where T : Palette
    {
        palette.Primary = brand.Primary;
        palette.PrimaryDarken = brand.Hover;
        palette.PrimaryLighten = brand.Pressed;
        palette.PrimaryContrastText = token("on-primary");
        palette.Secondary = palette.TextSecondary = palette.ActionDefault = palette.DrawerIcon = token("ink-2");
        palette.Tertiary = palette.Info = token("info");
        palette.Success = token("success");
        palette.Warning = token("warning");
        palette.Error = token("error");
        palette.SecondaryContrastText = palette.TertiaryContrastText = palette.InfoContrastText = token("on-status");
        palette.SuccessContrastText = palette.WarningContrastText = palette.ErrorContrastText = token("on-status");
        palette.TextPrimary = palette.AppbarText = palette.DrawerText = palette.Dark = token("ink");
        palette.DarkContrastText = token("background");
        palette.TextDisabled = palette.ActionDisabled = token("disabled");
        palette.ActionDisabledBackground = palette.BackgroundGray = token("sunken");
        palette.Background = token("background");
        palette.Surface = palette.AppbarBackground = palette.DrawerBackground = palette.TableStriped = token("surface");
        palette.LinesInputs = token("control");
        palette.LinesDefault = palette.TableLines = palette.Divider = palette.DividerLight = token("hairline");
        palette.TableHover = token("row-hover");
        palette.Skeleton = token("skeleton");
        palette.OverlayDark = "rgba(11,15,22,0.6)";
        palette.RippleOpacity = palette.RippleOpacitySecondary = 0;
        return palette;
    }

    /// <summary>Cards have a hairline and no shadow; only what floats above the page casts one.</summary>
    private static string[] Elevations() =>
        [.. Enumerable.Range(0, 26).Select(level => level switch
        {
            0 => "none",
            <= 4 => "0 0 0 1px var(--rp-hairline)",
            _ => "var(--rp-shadow)",
        })];

    private static Typography Type()
    {
        string[] family = [Sans, "system-ui", "sans-serif"];
        return new()
        {
            Default = new DefaultTypography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            H1 = new H1Typography { FontFamily = family, FontSize = "1.75rem", LineHeight = "1.2", FontWeight = "650", LetterSpacing = "normal" },
            H2 = new H2Typography { FontFamily = family, FontSize = "1.25rem", LineHeight = "1.3", FontWeight = "650", LetterSpacing = "normal" },
            H3 = new H3Typography { FontFamily = family, FontSize = "1.0625rem", LineHeight = "1.4", FontWeight = "650", LetterSpacing = "normal" },
            H4 = new H4Typography { FontFamily = family, FontSize = "1.0625rem", LineHeight = "1.4", FontWeight = "650", LetterSpacing = "normal" },
            H5 = new H5Typography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", FontWeight = "650", LetterSpacing = "normal" },
            H6 = new H6Typography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", FontWeight = "650", LetterSpacing = "normal" },
            Subtitle1 = new Subtitle1Typography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Subtitle2 = new Subtitle2Typography { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.45", FontWeight = "600", LetterSpacing = "normal" },
            Body1 = new Body1Typography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", LetterSpacing = "normal" },
            Body2 = new Body2Typography { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography { FontFamily = family, FontSize = "1rem", LineHeight = "1.5", FontWeight = "600", LetterSpacing = "normal", TextTransform = "none" },
            Caption = new CaptionTypography { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal" },
            Overline = new OverlineTypography { FontFamily = family, FontSize = "0.875rem", LineHeight = "1.45", LetterSpacing = "normal", TextTransform = "none" },
        };
    }
}
