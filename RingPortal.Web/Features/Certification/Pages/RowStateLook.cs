using RingPortal.Web.Components;

namespace RingPortal.Web.Features.Certification.Pages;

/// <summary>How the state of an item looks.</summary>
internal static class RowStateLook
{
    public static StatusKind Kind(this RowState state) => state switch
    {
        RowState.Passed => StatusKind.Success,
        RowState.NotPassed => StatusKind.Error,
        RowState.ToConfirm => StatusKind.Warning,
        _ => StatusKind.Neutral,
    };

    public static string Slug(this RowState state) => state.ToString().ToLowerInvariant();
}
