using System.Text.Json;
using RingPortal.Web.Ring;

namespace RingPortal.Web.Features.Webhooks.Intake;

/// <summary>What is kept of a delivery's headers: enough to tell who called and how, and never the signature itself.</summary>
/// <param name="SignedWith">Which of our keys it was made with: <c>current</c> or <c>previous</c>.</param>
/// <param name="Host">Host name that the caller used.</param>
/// <param name="ContentType">As sent.</param>
/// <param name="UserAgent">As sent.</param>
/// <param name="Length">Bytes of the body.</param>
internal sealed record DeliveryHeaders(string SignedWith, string? Host, string? ContentType, string? UserAgent, long Length)
{
    private const int Longest = 200;

    public static DeliveryHeaders Of(HttpRequest request, SignatureVerdict verdict, long length) => new(
        verdict is SignatureVerdict.ValidPrevious ? "previous" : "current",
        Short(request.Host.Value), Short(request.Headers.ContentType), Short(request.Headers.UserAgent), length);

    public string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static DeliveryHeaders? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<DeliveryHeaders>(json, JsonSerializerOptions.Web);

    private static string? Short(string? text) => text is { Length: > Longest } ? text[..Longest] : text;
}
