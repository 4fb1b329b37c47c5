namespace RingPortal.Web.Hosting.Setup;

/// <summary>One setting as operators see it.</summary>
/// <param name="Key">Environment form; lists with their first number.</param>
/// <param name="Meaning">One sentence.</param>
/// <param name="Default">What holds without it, or an example; empty when nothing does.</param>
/// <param name="Required">Whether the portal does not start without it outside Development.</param>
internal sealed record PortalSetting(string Key, string Meaning, string Default = "", bool Required = false);

/// <summary>Settings that belong together.</summary>
internal sealed record SettingGroup(string Title, IReadOnlyList<PortalSetting> Settings);
