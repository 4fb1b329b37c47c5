using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Certification.Listing;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The scopes that Ring granted to the newest connections, beside those that are registered.</summary>
internal sealed class ScopesCheck(LinkRecords records, IOptions<ListingOptions> listing) : ICertificationCheck
{
    private static readonly char[] s_between = [' ', ','];

    public string Item => "before.scopes";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var expected = listing.Value.Scopes.ToHashSet(StringComparer.Ordinal);
        if (expected.Count == 0)
        {
            return CheckFinding.Failed("Listing__Scopes is not set, so there is nothing to compare with");
        }

        var seen = await records.ReadAsync(cancellationToken);
        if (seen.Scopes.Count == 0)
        {
            return CheckFinding.NotRecorded($"Expected: {Words(expected)}. No active connection tells what Ring granted");
        }

        return CheckFinding.Of(seen.Scopes.SelectMany(granted => Compare(expected, granted)).Distinct(), $"Granted and expected: {Words(expected)}");
    }

    private static IEnumerable<string> Compare(HashSet<string> expected, string granted)
    {
        var got = granted.Split(s_between, StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (!expected.IsSubsetOf(got))
        {
            yield return $"expected but not granted: {Words(expected.Except(got))}";
        }

        if (!got.IsSubsetOf(expected))
        {
            yield return $"granted but not registered in Listing__Scopes: {Words(got.Except(expected))}";
        }
    }

    private static string Words(IEnumerable<string> scopes) => string.Join(", ", scopes.Order(StringComparer.Ordinal));
}
