using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RingPortal.Data.Certification;
using RingPortal.Web.Account.Staff;
using RingPortal.Web.Features.Admin.Ui;
using RingPortal.Web.Resources;

namespace RingPortal.Web.Features.Certification.Pages;

/// <summary>The certification list, what belongs to it, and the review.</summary>
public sealed partial class CertificationPage
{
    private CertificationBoard board = new([], null, null);
    private CertificationDesk desk = null!;
    private RpConfirm tick = null!;
    private RpConfirm untick = null!;
    private CertificationItem? asked;
    private ActOutcome? outcome;
    private ClaimsPrincipal actor = new();

    [SupplyParameterFromQuery(Name = "part")]
    private string? PartText { get; set; }

    [SupplyParameterFromQuery(Name = "group")]
    private string? GroupText { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Inject]
    private Texts Texts { get; set; } = null!;

    [Inject]
    private IServiceScopeFactory Scopes { get; set; } = null!;

    [Inject]
    private CertificationActs Acts { get; set; } = null!;

    private string Current => CertificationPart.Read(PartText);

    private CertificationGroup? Group => Enum.TryParse<CertificationGroup>(GroupText, ignoreCase: true, out var group) && Enum.IsDefined(group) ? group : null;

    private IReadOnlyList<CertificationRow> Shown => [.. board.Rows.Where(row => Group is null || row.Item.Group == Group)];

    private string Asked => asked is null ? "" : Texts[asked.TitleKey];

    private string Summary => Texts.Format(
        "admin.cert.sum",
        ("total", board.Rows.Count), ("passed", board.Count(RowState.Passed)), ("failed", board.Count(RowState.NotPassed)),
        ("confirm", board.Count(RowState.ToConfirm)), ("unseen", board.Count(RowState.NotRun) + board.Count(RowState.NotSeen)));

    /// <inheritdoc />
    protected override async Task ReadAsync(CancellationToken cancellationToken)
    {
        actor = (await SignedIn).User;
        // A context lives as long as one reading: the page lives for hours.
        await using var scope = Scopes.CreateAsyncScope();
        var queries = scope.ServiceProvider.GetRequiredService<CertificationQueries>();
        board = await queries.BoardAsync(cancellationToken);
        desk = await queries.DeskAsync(cancellationToken);
    }

    private string RunWords(CertificationRun run) => Texts.Format(
        "admin.cert.at", ("n", Math.Min(run.Done + 1, run.Total)), ("m", run.Total), ("item", CertificationCatalogue.Find(run.Current) is { } item ? Texts[item.TitleKey] : "-"));

    private async Task RunAsync(string? item)
    {
        if (board.Run?.IsOpen is true)
        {
            return;
        }

        outcome = await Acts.RunAsync(actor, item, Left);
        await RefreshAsync();
    }

    private Task AskTickAsync(CertificationItem item)
    {
        asked = item;
        return tick.OpenAsync();
    }

    private Task AskUntickAsync(CertificationItem item)
    {
        asked = item;
        return untick.OpenAsync();
    }

    private Task<ActOutcome> TickAsync(string note) => ThenReadAsync(Acts.TickAsync(actor, asked!.Id, note, Left));

    private Task<ActOutcome> UntickAsync(string reason) => ThenReadAsync(Acts.UntickAsync(actor, asked!.Id, reason, Left));

    private async Task<ActOutcome> ThenReadAsync(Task<ActOutcome> act)
    {
        var answer = await act;
        await RefreshAsync();
        return answer;
    }
}
