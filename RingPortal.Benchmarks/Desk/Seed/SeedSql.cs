using System.Globalization;

namespace RingPortal.Benchmarks.Desk.Seed;

/// <summary>Parts of statements that make many rows at once.</summary>
internal static class SeedSql
{
    /// <summary>A key that begins with its time, as the portal makes them: where rows lie in their indexes is part of what pages cost.</summary>
    /// <param name="at">The time, an expression.</param>
    /// <param name="text">What tells apart rows of one time, an expression.</param>
    public static string Key(string at, string text) =>
        $"(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5({text}), 1, 3) || '8' || substr(md5({text}), 4, 15))::uuid";

    /// <summary>The key of the person with this number, an expression.</summary>
    public static string Person(string number) => Numbered('8', number);

    /// <summary>The key of the camera with this number, an expression.</summary>
    public static string Camera(string number) => Numbered('a', number);

    /// <summary>The pseudonym of the person with this number, an expression.</summary>
    public static string Pseudonym(string number) => Numbered('b', number);

    /// <summary>A span of time divided by a number of rows.</summary>
    public static string Step(TimeSpan span, int rows) => string.Create(CultureInfo.InvariantCulture, $"interval '{span.TotalSeconds / rows:F6} seconds'");

    private static string Numbered(char kind, string number) => $"('00000000-0000-7000-{kind}000-' || lpad(({number})::text, 12, '0'))::uuid";
}
