using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Devices;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Devices;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Devices;

/// <summary>A portal, its database and Ring, with people whose accounts are linked the way people link them.</summary>
public sealed class CameraWorld : IAsyncLifetime
{
    internal LinkWorld Links { get; } = new();

    public Task InitializeAsync() => Links.InitializeAsync();

    public Task DisposeAsync() => Links.DisposeAsync();

    /// <summary>A new person with a new Ring account of two cameras or more: "Camera 1", a doorbell, and "Camera 2" with a privacy zone.</summary>
    internal async Task<LinkedPerson> LinkAsync(int cameras = 2)
    {
        var person = await Links.InstallAsync(cameras: cameras);
        var visitor = new Visitor(Links.Portal);
        var consent = await visitor.ReachConsentAsync(Links.Ring.BeginLink(person.Key), $"{person.Key}@example.org");
        await visitor.ConnectAsync(consent);
        await visitor.UntilAsync("Done");
        await using var context = Links.Database.CreateContext();
        var link = await context.RingTokens.AsNoTracking().SingleAsync(token => token.AccountId == person.AccountId);
        await Links.QuietAsync(person);
        return new LinkedPerson(person, link.Id, link.UserId!.Value, visitor);
    }

    internal async Task<RingResult<int>> SyncAsync(LinkedPerson person)
    {
        await using var scope = Links.Portal.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DeviceSync>().SyncAsync(person.Link, RingPriority.Interactive, CancellationToken.None);
    }

    /// <summary>What is stored of a person's cameras, by name.</summary>
    internal async Task<IReadOnlyList<Device>> DevicesAsync(LinkedPerson person)
    {
        await using var context = Links.Database.CreateContext();
        return await context.Devices.AsNoTracking().Where(device => device.UserId == person.UserId).OrderBy(device => device.Name).ToListAsync();
    }

    /// <summary>Lets time pass for what is missing.</summary>
    internal Task LetMissingAgeAsync(LinkedPerson person) =>
        Links.Database.ExecuteAsync($"UPDATE devices SET missing_since = missing_since - interval '2 minutes', refreshed_at = refreshed_at - interval '3 minutes' WHERE ring_token_id = '{person.Link}' AND missing_since IS NOT NULL");

    /// <summary>Lets time pass since the last listing.</summary>
    internal Task LetListingAgeAsync(LinkedPerson person) =>
        Links.Database.ExecuteAsync($"UPDATE ring_tokens SET devices_synced_at = devices_synced_at - interval '2 minutes', devices_sync_started_at = NULL WHERE id = '{person.Link}'");
}

/// <summary>A person with a linked Ring account, in the browser in which it was linked.</summary>
internal sealed record LinkedPerson(RingPerson Ring, Guid Link, Guid UserId, Visitor Browser);
