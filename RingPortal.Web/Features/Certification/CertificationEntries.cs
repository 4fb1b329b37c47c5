using Microsoft.EntityFrameworkCore;
using RingPortal.Data;

namespace RingPortal.Web.Features.Certification;

/// <summary>Reads what operators typed in for the certification.</summary>
internal sealed class CertificationEntries(RingPortalContext context)
{
    /// <summary>One of them exactly as typed; null when there is none.</summary>
    public Task<string?> FindAsync(string key, CancellationToken cancellationToken) =>
        context.CertificationEntries.AsNoTracking().Where(entry => entry.Key == key).Select(entry => entry.Value).SingleOrDefaultAsync(cancellationToken);

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyDictionary<string, string>> AllAsync(CancellationToken cancellationToken) =>
        await context.CertificationEntries.AsNoTracking().ToDictionaryAsync(entry => entry.Key, entry => entry.Value, cancellationToken);
}
