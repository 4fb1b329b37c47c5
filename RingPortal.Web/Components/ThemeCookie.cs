namespace RingPortal.Web.Components;

/// <summary>Remembers the reader's choice of light or dark; without it the system decides.</summary>
internal static class ThemeCookie
{
    public const string System = "system";

    public static bool IsKnown(string? choice) => choice is System or "light" or "dark";

    /// <summary>"light", "dark", or null when the system decides.</summary>
    public static string? Read(HttpContext? context) =>
        context?.Request.Cookies[Name(context)] is "light" or "dark" ? context.Request.Cookies[Name(context)] : null;

    public static void Write(HttpContext context, string choice)
    {
        var options = new CookieOptions
        {
            HttpOnly = true,
            Secure = context.Request.IsHttps,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
        };
        if (choice == System)
            context.Response.Cookies.Delete(Name(context), options);
        else
            context.Response.Cookies.Append(Name(context), choice, options);
    }

    // Browsers refuse the prefix on plain http, which only development uses.
    private static string Name(HttpContext context) => context.Request.IsHttps ? "__Host-theme" : "theme";
}
