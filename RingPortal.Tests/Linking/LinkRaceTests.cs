using System.Net;
using RingPortal.Simulator.Ledger;
using RingPortal.Tests.Infrastructure;

namespace RingPortal.Tests.Linking;

[Trait(Tiers.Name, Tiers.Integration)]
public sealed class LinkRaceTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    [Fact]
    public async Task Of_Eight_People_With_The_Same_Request_At_Once_Exactly_One_Is_Connected()
    {
        // A second portal on the same database: the race goes over instances too.
        await using var other = await PortalHost.StartAsync(world.Database, settings: RingOf(world));
        await LinkWorld.ReadyAsync(other);
        var person = await world.InstallAsync();
        var redirect = world.Ring.BeginLink(person.Key);
        var visitors = Enumerable.Range(0, 8).Select(index => new Visitor(index % 2 == 0 ? world.Portal : other)).ToList();
        var consents = new List<Page>();
        foreach (var visitor in visitors)
        {
            consents.Add(await visitor.ReachConsentAsync(new Uri(redirect.PathAndQuery, UriKind.Relative), $"racer-{Guid.NewGuid():N}@example.org"));
        }

        var answers = await Task.WhenAll(visitors.Zip(consents, (visitor, consent) => visitor.ConnectAsync(consent)));

        var winner = Assert.Single(answers.Select((answer, index) => (answer, index)), pair => pair.answer.Status is HttpStatusCode.SeeOther).index;
        Assert.All(answers.Where((_, index) => index != winner), answer =>
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal("We could not find your Ring request", answer.Heading);
        });
        await visitors[winner].UntilAsync("Done");
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.AppIntegrationsPost, person.Key));
        Assert.Equal(1, world.Ring.Calls.Count(RingOperation.AppIntegrationsPatch, person.Key));
        Assert.Equal(1, await world.Database.ScalarAsync<long>($"SELECT count(*) FROM ring_tokens WHERE account_id = '{person.AccountId}' AND user_id IS NOT NULL"));
        visitors.ForEach(visitor => visitor.Dispose());
    }

    private static Dictionary<string, string?> RingOf(LinkWorld world) => new()
    {
        ["Ring:ApiBaseUrl"] = world.Ring.BaseAddress.GetLeftPart(UriPartial.Authority),
        ["Ring:OAuthTokenUrl"] = world.Ring.OAuthTokenUrl.ToString(),
        // Both portals open what either sealed.
        ["Vault:Keys:0"] = world.VaultKey,
    };
}
