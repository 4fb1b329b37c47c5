using Microsoft.Extensions.Logging.Abstractions;

namespace RingPortal.Web.Hosting.Embedded;

/// <summary>Where and how a private PostgreSQL cluster runs.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>Folder of the cluster: data, socket, log, lock. Made when absent; refused when it holds anything else.</summary>
    public required string Root { get; init; }

    /// <summary>Folder with <c>postgres</c> and <c>initdb</c>; found by itself when null.</summary>
    public string? BinDir { get; init; }

    /// <summary>Trades durability for speed. For tests only: a crash of the machine loses the cluster.</summary>
    public bool Fast { get; init; }

    /// <summary>System account that runs PostgreSQL when the portal itself runs as root, which PostgreSQL refuses; <c>nobody</c> when it does not exist.</summary>
    public string RunAs { get; init; } = "postgres";

    /// <summary>Receives what happens to the cluster while it runs.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
