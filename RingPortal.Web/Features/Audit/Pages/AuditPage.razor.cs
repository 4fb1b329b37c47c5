using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Features.Audit.Desk;
using RingPortal.Web.Features.Audit.Export;

namespace RingPortal.Web.Features.Audit.Pages;

/// <summary>The audit trail: what is chosen, which piece of it and which record stand in the address.</summary>
public sealed partial class AuditPage
{
    private RpConfirm verify = null!;
    private RpConfirm confirm = null!;
    private AuditFilter filter = new();
    private AuditPiece shown = new([], false, false);
    private AuditChecked seen = new(null, null);
    private AuditDetail? record;
    private AuditExportForm form;
    private AuditExported? exported;
    private Guid? export;

    /// <summary>The record that is open.</summary>
    [Parameter]
    public long? Id { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Kind { get; set; }

    [SupplyParameterFromQuery]
    private string? Who { get; set; }

    [SupplyParameterFromQuery]
    private string? Action { get; set; }

    [SupplyParameterFromQuery]
    private string? Target { get; set; }

    [SupplyParameterFromQuery]
    private string? Subject { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [SupplyParameterFromQuery]
    private string? After { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Inject]
    private AuditQueries Trail { get; set; } = null!;

    [Inject]
    private AuditRecordQueries Records { get; set; } = null!;

    [Inject]
    private AuditDesk Desk { get; set; } = null!;

    [Inject]
    private AuditExports Exports { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private string? Older => shown is { HasOlder: true, Rows: [.., var last] } ? AuditAddress.Write(filter, before: last.Place) : null;

    private string? Newer => shown is { HasNewer: true, Rows: [var first, ..] } ? AuditAddress.Write(filter, after: first.Place) : null;

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        filter = AuditAddress.Read(From, To, Kind, Who, Action, Target, Subject);
        shown = await Trail.PageAsync(filter, Place(Before), Place(After), cancellationToken);
        seen = await Trail.CheckedAsync(Time.GetUtcNow(), cancellationToken);
        record = Id is { } id ? await Records.RecordAsync(id, cancellationToken) : null;
        exported ??= export is { } asked ? await Exports.ExportedAsync(asked, cancellationToken) : null;
    }

    private static AuditPlace? Place(string? text) => AuditPlace.Read(text);

    private void Apply(AuditFilter chosen) => Navigation.NavigateTo(AuditAddress.Write(chosen));

    private Task AskExportAsync(AuditExportForm chosen)
    {
        form = chosen;
        return confirm.OpenAsync();
    }

    private async Task<ActOutcome> VerifyAsync(string reason) => await FreshAsync(await Desk.VerifyAsync((await Session).User, reason, Left));

    private async Task<ActOutcome> ExportAsync(string reason)
    {
        var (outcome, id) = await Exports.AskAsync((await Session).User, filter, form, reason, Left);
        if (outcome is ActOutcome.Done)
        {
            (export, exported) = (id, null);
        }

        return await FreshAsync(outcome);
    }

    private async Task<ActOutcome> FreshAsync(ActOutcome outcome)
    {
        if (outcome is ActOutcome.Done)
        {
            await RefreshAsync();
        }

        return outcome;
    }
}
