using Microsoft.AspNetCore.DataProtection.KeyManagement;
using RingPortal.Data;

namespace RingPortal.Web.Account.KeyRing;

/// <summary>
/// Makes the first key before anybody needs one. Without it instances that start together each make their own and
/// cannot read each other's cookies until the next refresh (dotnet/aspnetcore#52678).
/// </summary>
internal sealed class KeyRingStart(RingPortalContext context, IKeyManager keys, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var held = await StartLock.TakeAsync(context, StartLock.KeyRing, cancellationToken);
        var now = time.GetUtcNow();
        if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && key.ExpirationDate > now))
        {
            keys.CreateNewKey(now, now + Lifetime);
        }
    }
}
