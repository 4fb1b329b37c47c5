using System.Text;

namespace RingPortal.Web.Hosting.Setup;

/// <summary>The environment file of a production: every setting with its meaning; what has no value of its own is commented out.</summary>
internal static class SettingsFile
{
    /// <param name="values">Values that are known already, by key.</param>
    /// <param name="leftOut">Keys that come from elsewhere.</param>
    public static string Write(IReadOnlyDictionary<string, string> values, IReadOnlySet<string> leftOut)
    {
        var text = new StringBuilder("# Settings of the portal outside Development. \"RingPortal.Web check\" says what is missing or wrong.\n# This file holds secrets.\n");
        foreach (var group in SettingCatalogue.Groups.Where(group => group.Settings.Any(setting => !leftOut.Contains(setting.Key))))
        {
            text.Append('\n').Append("# == ").Append(group.Title).Append(" ==\n");
            foreach (var setting in group.Settings.Where(setting => !leftOut.Contains(setting.Key)))
            {
                Write(text, setting, values.GetValueOrDefault(setting.Key));
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, PortalSetting setting, string? value)
    {
        text.Append("# ").Append(setting.Meaning).Append(setting.Required ? " Required.\n" : "\n");
        // A required one without a value stays visible, and "check" names it.
        text.Append(value is null && !setting.Required ? "#" : "").Append(setting.Key).Append('=').Append(value ?? (setting.Required ? "" : setting.Default)).Append('\n');
    }
}
