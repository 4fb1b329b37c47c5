namespace RingPortal.Web.Features.Webhooks.Desk;

/// <summary>What operators see of the inbox and do to it.</summary>
internal static class InboxDeskFeature
{
    public static IServiceCollection AddInboxDesk(this IServiceCollection services) => services
        .AddSingleton<InboxAddress>()
        .AddSingleton<InboxQueries>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<BulkQueries>()
        .AddScoped<InboxDesk>()
        .AddScoped<BulkChunk>()
        .AddScoped<RunInboxBulkJob>();
}
