using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Webhooks;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Tests.Ring;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>Every documented payload with its documented signature, in the week in which the contract's examples play.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class ContractDeliveryTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly DateTimeOffset s_then = new(2026, 9, 28, 9, 5, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_Documented_Payload_Is_Accepted_Once_And_Lands_In_Its_Columns()
    {
        await using var portal = await PortalHost.StartAsync(
            database,
            settings: new Dictionary<string, string?> { ["Ring:HmacKey"] = FixedOptions.K1 },
            configure: builder => builder.Host.ConfigureContainer<IServiceCollection>((_, services) => services.AddSingleton<TimeProvider>(new ShiftedClock(s_then))));
        await LinkWorld.ReadyAsync(portal);
        using var client = portal.CreateClient();
        foreach (var row in ContractPayloads.Signed)
        {
            var (text, signature) = ((string)row[0], (string)row[1]);
            await AcceptedAsync(client, Encoding.UTF8.GetBytes(text), signature, "accepted");
            await AcceptedAsync(client, Encoding.UTF8.GetBytes(text), signature, "duplicate");
            await LandedAsync(Encoding.UTF8.GetBytes(text));
        }

        Assert.Equal(ContractPayloads.Signed.Count, await database.ScalarAsync<long>("SELECT count(*) FROM webhook_inbox"));
    }

    private static async Task AcceptedAsync(HttpClient client, byte[] body, string signature, string status)
    {
        using var answer = await Delivery.SendAsync(client, body, signature);
        Assert.Equal($$"""{"status":"{{status}}"}""", await answer.Content.ReadAsStringAsync());
    }

    private async Task LandedAsync(byte[] body)
    {
        var envelope = RingEnvelope.TryRead(body).Envelope!;
        await using var context = database.CreateContext();
        var row = await context.Set<InboxMessage>().AsNoTracking().SingleAsync(message => message.RequestId == envelope.RequestId);
        Assert.Equal(body, row.Body);
        Assert.Equal(SHA256.HashData(body), row.BodyHash);
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{envelope.AccountId}\n{envelope.EventType}\n{envelope.EventId}"))),
            row.EventKey);
        Assert.Equal(("ava1.ring.account.DEMOALPHA0001", envelope.EventType, envelope.Source), (row.AccountId, row.EventType, row.Source));
        Assert.Equal(envelope.OccurredAt, row.OccurredAt);
        Assert.InRange(row.ReceivedAt, s_then, s_then.AddHours(1));
        Assert.Null(row.Reason);
        Assert.NotEqual(InboxState.Quarantined, row.State);
    }

    /// <summary>The system's clock, moved.</summary>
    private sealed class ShiftedClock(DateTimeOffset then) : TimeProvider
    {
        private readonly TimeSpan _shift = then - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _shift;
    }
}
