using RingPortal.Web.Features.Certification.Outside;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>
/// One registered address: the text in Ring's console against the one that is served, and whether it answers there. Only the
/// portal's own address is called, never a pasted one.
/// </summary>
internal sealed class RegisteredAddressCheck(RegisteredAddress address, OutsideCaller caller, CertificationEntries entries) : ICertificationCheck
{
    public string Item => address.Item;

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var reply = await caller.GetAsync(address.Path, "text/html", cancellationToken);
        if (reply.Status != address.PlainStatus)
        {
            return CheckFinding.Failed($"A plain GET should answer {address.PlainStatus}; seen: {reply.Words}");
        }

        var served = address.Served(caller.Address("/"));
        return await entries.FindAsync(address.EntryKey, cancellationToken) is not { Length: > 0 } pasted
            ? CheckFinding.NotRecorded($"Served as {served} ({reply.Words}). Nothing is pasted to compare it with")
            : CheckFinding.Of([AddressComparison.Difference(pasted, served)], $"Pasted and served are the same: {served} ({reply.Words})");
    }
}
