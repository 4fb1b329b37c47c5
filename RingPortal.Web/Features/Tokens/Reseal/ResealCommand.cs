using Microsoft.Extensions.Options;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Features.Tokens.Reseal;

/// <summary><c>reseal</c>: seals everything under the first of <c>Vault__Keys</c>, beside portals at work, so that the others can be taken away.</summary>
internal static class ResealCommand
{
    /// <summary>Exit code when something is still under an older key: a portal at work has not been given the new one, or no key opens it.</summary>
    public const int LeftExitCode = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var builder = PortalApplication.CreateBuilder(args);
        builder.AddPortal();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        var resealer = app.Services.GetRequiredService<VaultResealer>();
        var (left, unreadable) = (0L, 0);
        foreach (var place in SealedPlace.All)
        {
            var resealed = await resealer.RunAsync(place, cancellationToken);
            await Console.Out.WriteLineAsync($"{place.Column}: {resealed.Count} sealed anew");
            foreach (var id in resealed.Unreadable)
            {
                await Console.Out.WriteLineAsync($"{place.Column} of {id}: no key opens it; left as it is");
            }

            left += await resealer.CountOldAsync(place, cancellationToken) - resealed.Unreadable.Count;
            unreadable += resealed.Unreadable.Count;
        }

        if (left > 0)
        {
            await Console.Out.WriteLineAsync($"Under older keys again: {left}. Does every portal have the new key first in Vault__Keys? Then run this again.");
        }

        if (unreadable > 0)
        {
            await Console.Out.WriteLineAsync($"Not opened by any key: {unreadable}. Put the key that sealed it back among Vault__Keys and run this again. If there is none, what it held is lost.");
        }

        if (left > 0 || unreadable > 0)
        {
            return LeftExitCode;
        }

        await Console.Out.WriteLineAsync($"Everything is sealed under key {app.Services.GetRequiredService<TokenVault>().KeyId}. The older keys open only backups now.");
        return 0;
    }
}
