using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>Since when each key that is in use has been: keys have no date of their own, so the first sight of them is noted.</summary>
internal sealed class KeyAges(RingPortalContext context, TokenVault vault, AuditSealKeys seals, IOptionsMonitor<RingOptions> ring, TimeProvider clock)
{
    private const string Prefix = "key ";

    /// <summary>The keys in use.</summary>
    public async Task<IReadOnlyList<KeyAge>> ReadAsync(CancellationToken cancellationToken)
    {
        var (now, keys) = (clock.GetUtcNow(), InUse().ToList());
        var names = keys.ConvertAll(key => Name(key.Kind, key.Id));
        foreach (var name in names)
        {
            await context.Database.ExecuteSqlAsync($"INSERT INTO service_marks (name, at) VALUES ({name}, {now}) ON CONFLICT (name) DO NOTHING", cancellationToken);
        }

        var known = await context.ServiceMarks.AsNoTracking().Where(mark => names.Contains(mark.Name)).ToDictionaryAsync(mark => mark.Name, mark => mark.At, cancellationToken);
        return keys.ConvertAll(key => new KeyAge(key.Kind, key.Id, known[Name(key.Kind, key.Id)]));
    }

    private IEnumerable<(string Kind, string Id)> InUse()
    {
        yield return ("vault", vault.KeyId);
        yield return ("audit", Convert.ToHexStringLower(seals.NewestId));
        if (RingKeys.Living(ring.CurrentValue) is [var current, ..])
        {
            // A mark of the key that tells nothing about it.
            yield return ("webhook", Convert.ToHexStringLower(HMACSHA256.HashData(current, "key id"u8)[..4]));
        }
    }

    private static string Name(string kind, string id) => $"{Prefix}{kind} {id}";
}

/// <summary>A key in use.</summary>
/// <param name="Kind"><c>vault</c>, <c>audit</c> or <c>webhook</c>.</param>
/// <param name="Id">What it is called: never a part of it.</param>
/// <param name="Since">When it was first seen (UTC).</param>
internal sealed record KeyAge(string Kind, string Id, DateTimeOffset Since)
{
    /// <summary>Key of its alarm.</summary>
    public string Alarm => $"{AlarmCauses.KeyAge}.{Kind}";
}
