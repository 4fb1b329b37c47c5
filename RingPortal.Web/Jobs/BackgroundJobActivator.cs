using Hangfire;
using RingPortal.Web.Hosting;

namespace RingPortal.Web.Jobs;

/// <summary>Runs each job in a scope whose context uses the jobs' pool.</summary>
internal sealed class BackgroundJobActivator(IServiceScopeFactory scopes) : JobActivator
{
    public override JobActivatorScope BeginScope(JobActivatorContext context) => new Scope(scopes.CreateBackgroundScope());

    private sealed class Scope(AsyncServiceScope scope) : JobActivatorScope
    {
        public override object Resolve(Type type) => ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, type);

        public override void DisposeScope() => scope.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
