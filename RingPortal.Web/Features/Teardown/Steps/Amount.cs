using System.Globalization;

namespace RingPortal.Web.Features.Teardown.Steps;

/// <summary>A number with its noun, as the record of a teardown tells it.</summary>
internal static class Amount
{
    /// <summary>For example <c>1 camera</c> or <c>12 cameras</c>.</summary>
    public static string Of(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
