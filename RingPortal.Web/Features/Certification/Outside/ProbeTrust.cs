using System.Security.Cryptography.X509Certificates;

namespace RingPortal.Web.Features.Certification.Outside;

/// <summary>Whom the checks trust when they look at the portal's own certificate.</summary>
/// <param name="Policy">Null for what this machine trusts, as Ring and browsers do.</param>
internal sealed record ProbeTrust(X509ChainPolicy? Policy);
