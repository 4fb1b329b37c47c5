using System.Runtime.Versioning;

// The embedded PostgreSQL, which the tests lean on, runs on Linux only.
[assembly: SupportedOSPlatform("linux")]
