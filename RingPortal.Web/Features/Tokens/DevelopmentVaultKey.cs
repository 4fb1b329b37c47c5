using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Tokens;

/// <summary>
/// In Development a key is made once and kept in the data folder, so that the first start needs no settings. Elsewhere
/// a missing key stops the start.
/// </summary>
internal sealed class DevelopmentVaultKey(IHostEnvironment environment, IConfiguration configuration) : IPostConfigureOptions<VaultOptions>
{
    public void PostConfigure(string? name, VaultOptions options)
    {
        if (environment.IsDevelopment() && options.Keys.Count == 0)
        {
            options.Keys.Add(DevelopmentSecret.ReadOrMake(configuration, "vault.key"));
        }
    }
}
