using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Audit.Desk;

namespace RingPortal.Web.Features.Audit.Export;

/// <summary>Writes records while they are read, page by page: no more than a page is held, and no statement lasts long.</summary>
internal sealed class AuditExportStream(RingPortalContext context)
{
    /// <summary>Records of one page.</summary>
    public const int Page = 1_000;

    /// <summary>Writes an export, the oldest record first.</summary>
    /// <returns>What was written.</returns>
    public async Task<AuditExported> WriteAsync(AuditExportOrder order, PipeWriter output, CancellationToken cancellationToken)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (records, bytes, place) = (0L, 0L, (AuditPlace?)null);
        bytes += await AddAsync(output, digest, AuditLine.Head(order.Form), cancellationToken);
        while (true)
        {
            var rows = context.Matching(order.Filter).Where(row => row.Id < order.Through);
            var page = await (place is null ? rows : rows.Newer(place)).OrderBy(row => row.At).ThenBy(row => row.Id).Take(Page).ToListAsync(cancellationToken);
            var lines = new StringBuilder();
            page.ForEach(row => lines.Append(AuditLine.Write(order.Form, row)));
            bytes += await AddAsync(output, digest, lines.ToString(), cancellationToken);
            records += page.Count;
            if (page.Count < Page)
            {
                return new AuditExported(records, bytes, Convert.ToHexStringLower(digest.GetCurrentHash()));
            }

            place = new AuditPlace(page[^1].At, page[^1].Id);
        }
    }

    private static async Task<long> AddAsync(PipeWriter output, IncrementalHash digest, string text, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        digest.AppendData(bytes);
        await output.WriteAsync(bytes, cancellationToken);
        return bytes.Length;
    }
}
