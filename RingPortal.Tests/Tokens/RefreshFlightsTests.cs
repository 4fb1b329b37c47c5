using RingPortal.Data.Tokens;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Tokens;

public sealed class RefreshFlightsTests
{
    private static readonly HeldTokens s_held = new(Guid.NewGuid(), RingTokenState.Active, 1, null, null, null, null);

    [Fact]
    public async Task A_Renewal_That_Fails_While_The_Portal_Stops_Fails_Its_Caller_And_Not_The_Stop()
    {
        var flights = new RefreshFlights();
        var running = new TaskCompletionSource<RefreshOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = flights.JoinAsync(s_held, () => running.Task, CancellationToken.None);

        var stopping = flights.StopAsync(CancellationToken.None);
        Assert.False(stopping.IsCompleted);
        running.SetException(new VaultException("It does not open."));

        await stopping;
        await Assert.ThrowsAsync<VaultException>(() => caller);
    }
}
