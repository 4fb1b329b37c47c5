using System.Collections.Frozen;

namespace RingPortal.Web.Account.Passwords;

/// <summary>The most used passwords of the world, lower case; the list and its licence stand beside this file.</summary>
internal static class CommonPasswords
{
    private const string Resource = "RingPortal.Web.Account.Passwords.common-passwords.txt";

    private static readonly FrozenSet<string> All = Load();

    public static int Count => All.Count;

    public static bool Contains(string lowerCase) => All.Contains(lowerCase);

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The list of common passwords is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
