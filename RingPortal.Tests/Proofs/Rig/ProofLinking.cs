using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Links a household the way people do: installs the app at Ring, signs up, consents. Its tokens are real.</summary>
internal static class ProofLinking
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <param name="world">With a simulator.</param>
    /// <param name="household">One that is not linked yet.</param>
    /// <param name="confirmed">Whether the person has confirmed their address, so that they get e-mail.</param>
    public static async Task LinkAsync(ProofWorld world, Household household, bool confirmed = true)
    {
        await world.Ring.PostAsync($"accounts/{household.Key}/install", new { shareDevices = household.DeviceIds });
        await StateAsync(world, household, "UNCLAIMED");
        var address = (await world.Ring.PostAsync($"accounts/{household.Key}/sign-in"))!["url"]!.GetValue<string>();
        using var person = new Visitor(ProxiedBrowser.Open(world.Portals[0].Address));
        var email = EmailOf(household);
        var consent = await person.ReachConsentAsync(new Uri(address), email);
        if (confirmed)
        {
            await world.Cluster.ExecuteAsync($"UPDATE users SET email_confirmed = true WHERE email = '{email}'");
        }

        await person.ConnectAsync(consent);
        await person.UntilAsync("Done");
        await StateAsync(world, household, "ACTIVE");
    }

    public static string EmailOf(Household household) => $"{household.Key.ToLowerInvariant()}@example.org";

    public static Task StateAsync(ProofWorld world, Household household, string state) => Eventually.TrueAsync(
        async () => await world.Cluster.ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM ring_tokens WHERE account_id = '{household.AccountId}' AND state = '{state}')"), s_patience, $"{household.Key} is {state}");
}
