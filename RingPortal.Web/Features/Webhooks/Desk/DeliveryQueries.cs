using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Data.Tokens;
using RingPortal.Data.Webhooks;
using RingPortal.Web.Features.Webhooks.Dispatch;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>One delivery as operators see it: who it belongs to masked, its payload folded.</summary>
internal sealed class DeliveryQueries(IServiceScopeFactory scopes)
{
    /// <summary>The delivery; null when there is none.</summary>
    public async Task<InboxDelivery?> DeliveryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RingPortalContext>();
        if (await context.Inbox.AsNoTracking().SingleOrDefaultAsync(message => message.Id == id, cancellationToken) is not { } row)
        {
            return null;
        }

        var link = row.AccountId is null ? null : await context.RingTokens.AsNoTracking()
            .Where(token => token.AccountId == row.AccountId && RingTokenTransitions.Living.Contains(token.State))
            .Select(token => new { token.Id, token.MaskedAccount }).SingleOrDefaultAsync(cancellationToken);
        var camera = link is null || row.Source is null ? null : await context.Devices.IgnoreQueryFilters().AsNoTracking()
            .Where(device => device.RingTokenId == link.Id && device.RingDeviceId == row.Source)
            .Select(device => new { device.Id, device.Name }).FirstOrDefaultAsync(cancellationToken);
        return new InboxDelivery(
            row.Id, row.RequestId, row.State, row.EventType, link?.MaskedAccount, camera?.Id, camera?.Name, row.OccurredAt, row.ReceivedAt, row.AnsweredIn,
            Tries(row), row.Attempts, row.NextAttemptAt, row.SettledAt, row.Outcome, row.Reason, row.LastError, Facts(row), FoldedPayload.Write(row.Body), row.Body.Length);
    }

    /// <summary>A first try that went well is told by the row itself.</summary>
    private static IReadOnlyList<DeliveryTry> Tries(InboxMessage row) =>
        DeliveryTry.Read(row.Tries) is { Count: > 0 } tries
            ? tries
            : row is { Attempts: > 0, SettledAt: { } at } ? [new DeliveryTry(at, row.SettledBy, row.LastError, row.LastError is null ? row.Outcome : null)] : [];

    private static DeliveryFacts? Facts(InboxMessage row) =>
        DeliveryHeaders.Read(row.Headers) is { } headers ? new DeliveryFacts(headers.SignedWith, headers.Host, headers.ContentType, headers.UserAgent) : null;
}
