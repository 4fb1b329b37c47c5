using System.Text.Json;

namespace RingPortal.Web.Ring;

/// <summary>Reads a listing page by page. One that cannot be read to its end is a failure: half of it would look like removals.</summary>
internal sealed class RingPager(RingTransport transport)
{
    private const int MostPages = 20;

    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="first">The first page.</param>
    /// <param name="read">Reads a page; null when it is no listing.</param>
    /// <param name="id">What is listed twice counts once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<RingResult<IReadOnlyList<T>>> ListAsync<T>(
        RingCall first, Func<JsonElement, RingPage<T>?> read, Func<T, string> id, CancellationToken cancellationToken)
    {
        var items = new Dictionary<string, T>(StringComparer.Ordinal);
        var visited = new HashSet<Uri>();
        for (var call = first; visited.Add(call.Address) && visited.Count <= MostPages;)
        {
            var page = (await transport.SendAsync(call, cancellationToken)).Read(read);
            if (!page.IsSuccess)
            {
                return page.Failure;
            }

            foreach (var item in page.Value.Items)
            {
                items.TryAdd(id(item), item);
            }

            if (page.Value.Next is null)
            {
                return RingResult.Success<IReadOnlyList<T>>([.. items.Values]);
            }

            if (RingAddress.ResolveOnSameOrigin(call.Address, page.Value.Next) is not { } next)
            {
                break;
            }

            call = call with { Address = next };
        }

        // Pages that go in circles, on without end, or elsewhere.
        return new RingFailure.Unreadable(200);
    }
}

/// <summary>One page of a listing.</summary>
internal sealed record RingPage<T>(IReadOnlyList<T> Items, string? Next);
