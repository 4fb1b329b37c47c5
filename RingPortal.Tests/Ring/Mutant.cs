using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Ring;

/// <summary>A body that began as a documented or once troublesome one and was damaged at random.</summary>
public sealed record Mutant(byte[] Body)
{
    /// <summary>Bodies that were troublesome once, or that a parser may stumble over; each is replayed on every run.</summary>
    public static IReadOnlyList<string> Corpus { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "RingPortal.Tests", "Webhooks", "Corpus")).Order(StringComparer.Ordinal)];

    public override string ToString() => Convert.ToBase64String(Body) + " " + Encoding.UTF8.GetString(Body);
}

/// <summary>How mutants come about, for <c>[Property(Arbitrary = ...)]</c>.</summary>
public static class Mutants
{
    private static readonly byte[][] s_seeds =
    [
        .. ContractPayloads.Signed.Select(row => Encoding.UTF8.GetBytes((string)row[0])),
        .. Mutant.Corpus.Select(File.ReadAllBytes).Where(body => body.Length < 8 * 1024),
    ];

    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u005f", "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-0", "0.1e-400", "99999999999999999999", "-1",
            "\uFEFF", "\r\n", "/*x*/", "//x\n", "{}", "[]", "\"\"", "\"meta\":", "\"meta\":{}", "\"data\":", "\"request_id\":\"r\"", "\"request_id\":7", "\"time\":\"9999-12-31T23:59:59.999999999Z\"",
            "\"time\":\"0001-01-01T00:00:00+14:00\"", "\"timestamp\":\"253402300799999\"", "\"timestamp\":-62135596800000", "\"id\":null", "\"type\":[[[[]]]]", "\"\\ud83d\":1", "\"include\\u0064\":[]", "ß\u202E\uD83D\uDE00",
            new string('[', 80), new string('x', 300),
        }.Select(Encoding.UTF8.GetBytes),
        [0x00], [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xC0, 0x80],
    ];

    public static Arbitrary<Mutant> Bodies()
    {
        var number = Gen.Choose(0, 1_000_000);
        var changes = from how in Gen.Choose(0, 5) from at in number from what in number select (how, at, what);
        return (from seed in Gen.Elements(s_seeds) from done in changes.ListOf() select new Mutant([.. done.Aggregate(seed.ToList(), Change)])).ToArbitrary();
    }

    /// <summary>The next body of a fuzz loop, which is in more of a hurry than <see cref="Bodies"/>.</summary>
    /// <param name="random">Repeats itself with its seed.</param>
    /// <param name="found">Bodies that the loop found worth going on from, beside the seeds.</param>
    public static byte[] Next(Random random, IReadOnlyList<byte[]> found)
    {
        var which = random.Next(s_seeds.Length + found.Count);
        var body = (which < s_seeds.Length ? s_seeds[which] : found[which - s_seeds.Length]).ToList();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
        {
            body = Change(body, (random.Next(6), random.Next(1_000_000), random.Next(1_000_000)));
        }

        return [.. body];
    }

    private static List<byte> Change(List<byte> body, (int How, int At, int What) change)
    {
        var at = body.Count == 0 ? 0 : change.At % body.Count;
        var span = Math.Min(change.What % 40, body.Count - at);
        switch (change.How)
        {
            case 0 when body.Count > 0:
                body[at] ^= (byte)(1 << (change.What % 8));
                break;
            case 1:
                body.RemoveRange(at, span);
                break;
            case 2:
                body.InsertRange(at, body.GetRange(at, span));
                break;
            case 3 when change.What % 10 == 0:
                body.RemoveRange(at, body.Count - at);
                break;
            case 4:
                var other = s_seeds[change.What % s_seeds.Length];
                body.InsertRange(at, other.Skip(change.At % Math.Max(1, other.Length)).Take(60));
                break;
            default:
                body.InsertRange(at, s_pieces[change.What % s_pieces.Length]);
                break;
        }

        return body;
    }
}
