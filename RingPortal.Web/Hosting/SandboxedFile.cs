namespace RingPortal.Web.Hosting;

/// <summary>
/// Marks addresses that answer with a file which is not ours, a picture from a camera for example: whatever is in it, it runs
/// nothing, and nobody keeps it.
/// </summary>
internal sealed class SandboxedFile
{
    /// <summary>The content security policy of such files.</summary>
    public const string Policy = "sandbox";

    /// <summary>What browsers and proxies may do with them.</summary>
    public const string Caching = "private, no-store";

    /// <summary>Whether an answer is such a file.</summary>
    public static bool Is(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<SandboxedFile>() is not null;
}
