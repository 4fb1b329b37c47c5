using System.Text.Json.Nodes;

namespace RingPortal.Tests.Proofs.Rig;

/// <summary>Rows of live views that a proof opened at Ring itself.</summary>
internal static class LiveViews
{
    public static async Task RememberAsync(ProofCluster cluster, Household household, string device, JsonNode session)
    {
        await using var command = cluster.Source.CreateCommand(
            """
            INSERT INTO live_sessions (id, device_id, ring_token_id, user_id, ring_path, started_at, attempts)
            SELECT gen_random_uuid(), camera.id, token.id, token.user_id, @path, now(), 0
            FROM ring_tokens token JOIN devices camera ON camera.ring_token_id = token.id
            WHERE token.account_id = @account AND token.state = 'ACTIVE' AND camera.ring_device_id = @device
            """);
        command.Parameters.AddWithValue("path", new Uri(session["location"]!.GetValue<string>(), UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } whole ? whole.PathAndQuery : session["location"]!.GetValue<string>());
        command.Parameters.AddWithValue("account", household.AccountId);
        command.Parameters.AddWithValue("device", device);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }
}
