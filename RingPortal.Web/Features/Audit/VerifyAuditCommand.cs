using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Audit.Sealing;
using RingPortal.Web.Features.Audit.Verification;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Web.Features.Audit;

/// <summary><c>verify-audit [number:mac]</c>: checks the trail without starting the portal, against a seal from the log if one is given.</summary>
internal static class VerifyAuditCommand
{
    /// <summary>Exit code of a trail that is not what was written.</summary>
    public const int BrokenExitCode = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        var (known, rest) = Split(args);
        var builder = PortalApplication.CreateBuilder(rest);
        await using var database = await PortalDatabase.PrepareAsync(builder, cancellationToken);
        builder.AddPortal();
        await using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateBackgroundScope();
        var verdict = await scope.ServiceProvider.GetRequiredService<AuditVerifier>().VerifyAsync(known, progress: null, cancellationToken);
        await WriteAsync(verdict);
        return verdict.IsWhole ? 0 : BrokenExitCode;
    }

    private static (AuditMark? Known, string[] Others) Split(string[] args)
    {
        if (args is not [var first, .. var rest] || first.StartsWith('-'))
        {
            return (null, args);
        }

        return AuditMark.TryParse(first, out var known)
            ? (known, rest)
            : throw new StartUpException($"\"{first}\" is no seal. Give it as the log has it: number:mac, the mac as 64 hexadecimal digits.");
    }

    private static async Task WriteAsync(AuditVerdict verdict)
    {
        foreach (var found in verdict.Breaks)
        {
            await Console.Out.WriteLineAsync($"{found.Kind}: {found.Text}");
        }

        await Console.Out.WriteLineAsync($"{(verdict.IsWhole ? "The audit trail is whole" : "The audit trail is broken")}: {verdict.Records} records in {verdict.Seals} seals.");
        await Console.Out.WriteLineAsync(verdict.Newest is null ? "There is no seal yet." : $"Newest seal {verdict.Newest} of {verdict.SealedAt:O}.");
    }
}
