using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace RingPortal.Web.Features.Admin.Ui;

/// <summary>A column of an <see cref="RpTable{TRow}"/>; the first names the row.</summary>
/// <typeparam name="TRow">A row.</typeparam>
public sealed class RpColumn<TRow> : ComponentBase
{
    /// <summary>The heading.</summary>
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>Whether it holds figures: to the right, all digits of one width.</summary>
    [Parameter]
    public bool Numeric { get; set; }

    /// <summary>Where it stands on a phone.</summary>
    [Parameter]
    public PhonePlace Phone { get; set; } = PhonePlace.Hidden;

    /// <summary>The address of the same list in this column's order; null when it cannot be sorted by it.</summary>
    [Parameter]
    public string? SortHref { get; set; }

    /// <summary><c>ascending</c> or <c>descending</c> when the list is in this column's order; else null.</summary>
    [Parameter]
    public string? Sorted { get; set; }

    /// <summary>The cell.</summary>
    [Parameter, EditorRequired]
    public required RenderFragment<TRow> ChildContent { get; set; }

    [CascadingParameter]
    private RpTable<TRow> Table { get; set; } = null!;

    internal string Css => (Numeric ? "rp-cell-number " : "") + Phone switch
    {
        PhonePlace.First => "rp-cell-first",
        PhonePlace.Second => "rp-cell-second",
        _ => "rp-cell-hidden",
    };

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder) => Table.Add(this);
}
