namespace RingPortal.Web.Hosting;

/// <summary>
/// Whether a caller came in by the operators' address (<c>Management__Urls</c>). The port that was reached decides, not the
/// host header, which a stranger writes.
/// </summary>
internal sealed class ManagementAddress(IConfiguration configuration, IHostEnvironment environment)
{
    private readonly HashSet<int> _ports =
    [
        .. (configuration["Management:Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => BindingAddress.Parse(url).Port),
    ];

    /// <summary>Whether what is for operators is mapped at all: with an address of their own, or in Development.</summary>
    public bool IsMapped => _ports.Count > 0 || environment.IsDevelopment();

    /// <summary>Whether this call may have it.</summary>
    public bool Reached(HttpContext http) => _ports.Count == 0 || _ports.Contains(http.Connection.LocalPort);
}
