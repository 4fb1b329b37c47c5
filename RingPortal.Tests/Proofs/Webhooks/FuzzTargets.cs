using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using RingPortal.Tests.Ring;
using RingPortal.Web.Features.Tokens.Intake;
using RingPortal.Web.Features.Webhooks.Intake;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Tests.Proofs.Webhooks;

/// <summary>A parser under fuzz. It answers with a word for the kind of outcome; an outcome never seen before makes its input a seed.</summary>
internal sealed record FuzzTarget(string Name, Func<byte[], string> Run)
{
    private static readonly DateTimeOffset s_now = new(2026, 9, 21, 15, 0, 0, TimeSpan.Zero);

    private static readonly RingWebhookSignature s_signature = new(FixedOptions.Keys(FixedOptions.K1, FixedOptions.K2));

    /// <summary>Everything that reads what came from outside on Ring's behalf.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("envelope", Envelope),
        new("event", body => Read(body, _ => Event(body))),
        new("signature", Signature),
        new("devices", body => Read(body, root => DeviceDocument.Of(root) is var document ? $"{document.List()?.Count}/{Shape(document.Single())}/{Shape(document.Next)}" : "")),
        new("subscriptions", body => Read(body, root => Shape(SubscriptionDocument.Read(root)))),
        new("users and tokens", body => Read(body, root => $"{Shape(UserDocument.Read(root))}{Shape(TokenDocument.Read(root))}{LinkDocument.Status(root)}") + Shape(ErrorDocument.Title(body))),
        new("codes", body => CodeReader.Read(ContentType(body), body, QueryCollection.Empty) is CodeReading.Missing missing ? missing.Reason : "found"),
    ];

    private static string Envelope(byte[] body)
    {
        var row = Deliveries.Read(body, s_now);
        Assert.True(row.RequestId.Length is > 0 and <= 200 && !row.RequestId.Contains('\0', StringComparison.Ordinal), "a key that cannot be stored");
        Assert.True(row.Body.AsSpan().SequenceEqual(body), "another body than the one that came");
        // What a text column refuses would turn an authentic event into an error.
        foreach (var text in new[] { row.RequestId, row.AccountId, row.EventType, row.Source })
        {
            Assert.True(text is null || (!text.Contains('\0', StringComparison.Ordinal) && text.Length <= 200 && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text), "a text that cannot be stored");
        }

        return $"{row.State}{row.Reason}{Shape(row.AccountId)}{Shape(row.EventType)}{Shape(row.EventKey)}{Shape(row.Source)}{Shape(row.OccurredAt)}";
    }

    private static string Event(byte[] body)
    {
        var read = RingEvent.Read(body);
        return $"{Shape(read.SubType)}{Shape(read.SourceId)}{Shape(read.PlanId)}{Shape(read.ExpiresAt)}{Shape(read.SentAt)}{Math.Min(read.DeviceIds.Count, 3)}";
    }

    /// <summary>The input is the header and the body is fixed: nothing made at random may be valid.</summary>
    private static string Signature(byte[] input)
    {
        var verdict = s_signature.Verify(Encoding.Latin1.GetString(input), "body"u8);
        Assert.False(verdict is SignatureVerdict.Valid or SignatureVerdict.ValidPrevious, "let in");
        return verdict.ToString();
    }

    private static string Read(byte[] body, Func<System.Text.Json.JsonElement, string> read)
    {
        using var document = ErrorDocument.Parse(body);
        return document is null ? "no JSON" : read(document.RootElement);
    }

    private static string? ContentType(byte[] body) => (body.Length % 4) switch
    {
        0 => "application/x-www-form-urlencoded",
        1 => "application/json",
        2 => "text/plain; charset=utf-8",
        _ => null,
    };

    private static string Shape(object? value) => value is null ? "-" : value is string text ? (text.Length > 100 ? "l" : "t") : string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name[0]}");
}
