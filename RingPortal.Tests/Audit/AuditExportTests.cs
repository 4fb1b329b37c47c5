using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Data.Account;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Audit.Export;

namespace RingPortal.Tests.Audit;

/// <summary>What leaves the trail as a file, and what the trail keeps of that.</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class AuditExportTests
{
    private const string Reason = "yearly review by the auditor";

    [Theory]
    [InlineData(AuditExportForm.JsonLines)]
    [InlineData(AuditExportForm.Csv)]
    public async Task The_Digest_In_The_Trail_Is_The_One_Of_The_File_And_Its_Lines_Are_The_Records(AuditExportForm form)
    {
        await using var world = await AuditWorld.CreateAsync();
        var staff = await StaffOnDuty.CreateAsync(world.Database);
        await world.WriteAsync(2_345);

        var (outcome, id) = await AskAsync(world, exports => exports.AskAsync(staff.Person, new AuditFilter(Action: "device.removed"), form, Reason, CancellationToken.None));
        Assert.IsType<ActOutcome.Done>(outcome);
        await world.WriteAsync(3);
        var order = (await AskAsync(world, exports => exports.OrderAsync(id, staff.UserId, CancellationToken.None)))!;
        var (written, file) = await WriteAsync(world, order);
        await AskAsync(world, async exports =>
        {
            await exports.DoneAsync(id, staff.UserId, written, CancellationToken.None);
            return true;
        });

        Assert.Equal((2_345, file.Length, Convert.ToHexStringLower(SHA256.HashData(file))), (written.Records, (int)written.Bytes, written.Sha256));
        Assert.Equal(written, await AskAsync(world, exports => exports.ExportedAsync(id, CancellationToken.None)));
        var lines = Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2_345 + (form is AuditExportForm.Csv ? 1 : 0), lines.Length);
        if (form is AuditExportForm.JsonLines)
        {
            Assert.All(lines, line => Assert.Equal("device.removed", JsonDocument.Parse(line).RootElement.GetProperty("action").GetString()));
        }

        // Once, and by nobody else.
        Assert.Null(await AskAsync(world, exports => exports.OrderAsync(id, staff.UserId, CancellationToken.None)));
        Assert.Equal(Reason, await world.ScalarAsync<string>($"SELECT reason FROM audit_records WHERE action = '{AuditExports.AskedAction}'"));
        Assert.Equal(1, await world.ScalarAsync<long>($"SELECT count(*) FROM audit_records WHERE action = '{AuditExports.DoneAction}' AND details->>'sha256' = '{written.Sha256}'"));
    }

    [Fact]
    public async Task Only_Who_Asked_May_Fetch_And_Only_An_Administrator_With_A_Fresh_Factor_May_Ask()
    {
        await using var world = await AuditWorld.CreateAsync();
        var (admin, support, stale) = (
            await StaffOnDuty.CreateAsync(world.Database), await StaffOnDuty.CreateAsync(world.Database, PortalRoles.Support), await StaffOnDuty.CreateAsync(world.Database, factorAge: TimeSpan.FromMinutes(16)));

        Assert.IsType<ActOutcome.NotAllowed>((await AskAsync(world, exports => exports.AskAsync(support.Person, new AuditFilter(), AuditExportForm.Csv, Reason, CancellationToken.None))).Outcome);
        Assert.IsType<ActOutcome.StepNeeded>((await AskAsync(world, exports => exports.AskAsync(stale.Person, new AuditFilter(), AuditExportForm.Csv, Reason, CancellationToken.None))).Outcome);
        var (outcome, id) = await AskAsync(world, exports => exports.AskAsync(admin.Person, new AuditFilter(), AuditExportForm.Csv, Reason, CancellationToken.None));

        Assert.IsType<ActOutcome.Done>(outcome);
        Assert.Null(await AskAsync(world, exports => exports.OrderAsync(id, stale.UserId, CancellationToken.None)));
        Assert.Null(await AskAsync(world, exports => exports.OrderAsync(Guid.NewGuid(), admin.UserId, CancellationToken.None)));
        Assert.NotNull(await AskAsync(world, exports => exports.OrderAsync(id, admin.UserId, CancellationToken.None)));
    }

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1+1", "\"'-1+1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("two\r\nlines, \"quoted\"", "\"two\r\nlines, \"\"quoted\"\"\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void No_Cell_Is_A_Formula(string? text, string cell) => Assert.Equal(cell, AuditLine.Cell(text));

    private static async Task<(AuditExported Written, byte[] File)> WriteAsync(AuditWorld world, AuditExportOrder order)
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        using var file = new MemoryStream();
        var output = PipeWriter.Create(file, new StreamPipeWriterOptions(leaveOpen: true));
        var written = await ActivatorUtilities.CreateInstance<AuditExportStream>(scope.ServiceProvider).WriteAsync(order, output, CancellationToken.None);
        await output.CompleteAsync();
        return (written, file.ToArray());
    }

    private static async Task<T> AskAsync<T>(AuditWorld world, Func<AuditExports, Task<T>> ask)
    {
        await using var scope = world.Portal.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<AuditExports>());
    }
}
