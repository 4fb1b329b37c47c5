namespace RingPortal.Web.Hosting;

/// <summary>Scopes for work outside a request: their contexts use the jobs' pool.</summary>
internal static class BackgroundScopes
{
    public static AsyncServiceScope CreateBackgroundScope(this IServiceScopeFactory factory)
    {
        var scope = factory.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DatabasePool>().UseJobs();
        return scope;
    }
}
