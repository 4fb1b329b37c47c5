namespace RingPortal.Web.Features.Linking;

/// <summary>Both sides of a consent, as people recognise them.</summary>
/// <param name="MaskedAccount">The Ring account: masked e-mail, else masked name; null when Ring told neither.</param>
/// <param name="MaskedName">Masked name beside the e-mail.</param>
/// <param name="AddedAt">When the app was installed (UTC); stands in for a missing name.</param>
/// <param name="Cameras">How many cameras Ring announced; null when it announced none yet.</param>
/// <param name="Email">The portal account.</param>
/// <param name="Others">Ring accounts that this portal account has already, masked.</param>
public sealed record ConsentView(
    string? MaskedAccount, string? MaskedName, DateTimeOffset AddedAt, int? Cameras, string Email, IReadOnlyList<string> Others);
