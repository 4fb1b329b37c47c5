using System.Net;

namespace RingPortal.Tests.Rights;

/// <summary>
/// Runs the matrix: whose it is may; for everybody else, and for the owner once it is gone, it looks byte for byte like what
/// does not exist; who is not signed in learns nothing at all.
/// </summary>
internal sealed class RightsCheck(RightsPerson owner, IReadOnlyList<RightsPerson> others, RightsPerson nobody, RightsBelongings belongings)
{
    private readonly List<string> _findings = [];

    /// <summary>What is wrong, a line each.</summary>
    public IReadOnlyList<string> Findings => _findings;

    /// <summary>How many answers were compared.</summary>
    public int Calls { get; private set; }

    public async Task RunAsync(IReadOnlyList<RightsRow> rows)
    {
        foreach (var row in rows)
        {
            foreach (var person in others)
            {
                // Staff see no cameras at all.
                var status = person.IsStaff ? HttpStatusCode.NotFound : row.Others;
                await HiddenAsync(row, person, "somebody else's", belongings.Living[row.Names], status);
                await HiddenAsync(row, person, "somebody else's removed", belongings.Removed[row.Names], status);
            }

            await NobodyAsync(row);
            if (row.Removed == row.Others)
            {
                await HiddenAsync(row, owner, "removed", belongings.Removed[row.Names], row.Others);
            }
            else
            {
                Expect(row, owner, "removed", await CallAsync(row, owner, belongings.Removed[row.Names]), row.Removed);
            }
        }

        // Last, because some of it ends what it names.
        foreach (var row in rows)
        {
            Expect(row, owner, "own", await CallAsync(row, owner, belongings.Living[row.Names]), [.. row.Owner]);
        }
    }

    private async Task HiddenAsync(RightsRow row, RightsPerson person, string whose, Guid id, HttpStatusCode status)
    {
        var (theirs, unknown) = (await CallAsync(row, person, id), await CallAsync(row, person, Guid.NewGuid()));
        Expect(row, person, whose, theirs, status);
        Same(row, person, whose, theirs, unknown);
    }

    private async Task NobodyAsync(RightsRow row)
    {
        var (theirs, unknown) = (await CallAsync(row, nobody, belongings.Living[row.Names]), await CallAsync(row, nobody, Guid.NewGuid()));
        Expect(row, nobody, "somebody's", theirs, HttpStatusCode.Found, HttpStatusCode.Unauthorized);
        Same(row, nobody, "somebody's", theirs, unknown);
    }

    private async Task<RightsAnswer> CallAsync(RightsRow row, RightsPerson person, Guid id)
    {
        Calls++;
        return await person.CallAsync(row, id);
    }

    private void Expect(RightsRow row, RightsPerson person, string whose, RightsAnswer answer, params HttpStatusCode[] allowed)
    {
        if (!allowed.Contains(answer.Status))
        {
            _findings.Add($"{row}, {person.Name}, {whose}: {(int)answer.Status} instead of {string.Join(" or ", allowed.Select(status => (int)status))}");
        }
    }

    private void Same(RightsRow row, RightsPerson person, string whose, RightsAnswer theirs, RightsAnswer unknown)
    {
        if (theirs != unknown)
        {
            _findings.Add($"{row}, {person.Name}, {whose}: differs from what does not exist\n{Difference(theirs, unknown)}");
        }
    }

    private static string Difference(RightsAnswer one, RightsAnswer other)
    {
        var (first, second) = ($"{one.Status}\n{one.Headers}\n\n{one.Body}", $"{other.Status}\n{other.Headers}\n\n{other.Body}");
        var at = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"    at {at}: {Around(first, at)}\n    vs     {Around(second, at)}";
    }

    private static string Around(string text, int at) => text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 120)].ReplaceLineEndings(" ");
}
