using System.Globalization;
using RingPortal.Data.Certification;

namespace RingPortal.Web.Features.Certification.Review;

/// <summary>
/// In how many minutes since the submission the portal answered from outside. A minute in which nobody looked counts as one
/// without an answer: then the portal itself was away.
/// </summary>
/// <param name="Minutes">Minutes since the submission.</param>
/// <param name="Answered">In how many of them it answered.</param>
public sealed record ReviewUptime(int Minutes, int Answered)
{
    /// <summary>Share of the minutes, in percent; 100 before the first is over.</summary>
    public double Percent => Minutes == 0 ? 100 : 100.0 * Answered / Minutes;

    /// <summary>In words.</summary>
    public string Words => string.Create(CultureInfo.InvariantCulture, $"answered in {Answered:#,0} of {Minutes:#,0} minutes since the submission ({Percent:0.00} %)");

    public static ReviewUptime Of(ReviewPeriod review, DateTimeOffset now)
    {
        // The look of the running minute may be done or still to come.
        var minutes = Math.Max((int)(now - review.StartedAt).TotalMinutes, review.Looks);
        return new ReviewUptime(minutes, review.Answered);
    }
}
