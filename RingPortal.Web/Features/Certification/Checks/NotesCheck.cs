using Microsoft.EntityFrameworkCore;
using RingPortal.Data;
using RingPortal.Web.Features.Certification.Review;

namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>Whether the reviewer notes are saved in the lengths of Ring's form, and a review account goes with them.</summary>
internal sealed class NotesCheck(RingPortalContext context, CertificationEntries entries) : ICertificationCheck
{
    public string Item => "before.notes";

    public async Task<CheckFinding> RunAsync(CancellationToken cancellationToken)
    {
        var saved = await entries.AllAsync(cancellationToken);
        var lengths = Enumerable.Range(1, ReviewerNotes.Fields).Select(field => (Field: field, Length: saved.GetValueOrDefault(ReviewerNotes.EntryKey(field))?.Length ?? 0)).ToList();
        var accounts = await context.ReviewAccounts.CountAsync(account => account.EraseAskedAt == null, cancellationToken);
        string?[] wrong =
        [
            .. lengths.Select(note => note.Length switch
            {
                0 => $"note {note.Field} is not saved",
                < ReviewerNotes.Shortest or > ReviewerNotes.Longest => $"note {note.Field} has {note.Length} characters; Ring takes 20 to 4,000",
                _ => null,
            }),
            accounts > 0 ? null : "there is no review account",
        ];
        return CheckFinding.Of(wrong, $"Notes of {string.Join(", ", lengths.Select(note => note.Length))} characters are saved, and a review account exists");
    }
}
