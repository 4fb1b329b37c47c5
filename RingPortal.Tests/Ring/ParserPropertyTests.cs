using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Primitives;
using RingPortal.Tests.Conventions;
using RingPortal.Web.Ring;
using RingPortal.Web.Ring.Wire;

namespace RingPortal.Tests.Ring;

/// <summary>Whatever comes from Ring's side of the wire: read or refused, never an exception, never more than can be stored.</summary>
public sealed class ParserPropertyTests
{
    public static TheoryData<string> Corpus { get; } = [.. Mutant.Corpus.Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Corpus))]
    public void What_Was_Troublesome_Once_Is_Read_Or_Refused(string name)
    {
        var body = File.ReadAllBytes(Mutant.Corpus.Single(path => Path.GetFileName(path) == name));
        Envelopes_Are_Read_Or_Unreadable_And_What_Is_Read_Can_Be_Stored(new Mutant(body));
        Answers_Are_Read_Or_Passed_Over(new Mutant(body));
    }

    [Property(MaxTest = 5000, EndSize = 12, Arbitrary = [typeof(Mutants)], QuietOnSuccess = true)]
    public void Envelopes_Are_Read_Or_Unreadable_And_What_Is_Read_Can_Be_Stored(Mutant mutant)
    {
        var reading = RingEnvelope.TryRead(mutant.Body);
        Assert.Equal(reading, RingEnvelope.TryRead(mutant.Body));
        if (!reading.TryGetEnvelope(out var envelope, out var reason))
        {
            Assert.NotEmpty(reason);
            return;
        }

        string?[] texts = [envelope.RequestId, envelope.AccountId, envelope.EventType, envelope.EventId, envelope.Source];
        Assert.All(texts, text => Assert.True(text is null || IsStorable(text), text));
        Assert.InRange(envelope.RequestId.Length, 1, 200);
        Assert.True(envelope.Time is not { } time || time.Offset == TimeSpan.Zero);
        Assert.True(envelope.OccurredAt is not { } at || at >= DateTimeOffset.UnixEpoch);
        // Another reader of the same standard finds the same id.
        using var document = JsonDocument.Parse(mutant.Body);
        Assert.Equal(document.RootElement.GetProperty("meta").GetProperty("request_id").GetString(), envelope.RequestId);
    }

    [Property(MaxTest = 5000, EndSize = 12, Arbitrary = [typeof(Mutants)], QuietOnSuccess = true)]
    public void Answers_Are_Read_Or_Passed_Over(Mutant mutant)
    {
        Assert.InRange(ErrorDocument.Title(mutant.Body)?.Length ?? 0, 0, 100);
        using var document = ErrorDocument.Parse(mutant.Body);
        if (document is null)
        {
            return;
        }

        var root = document.RootElement;
        var devices = DeviceDocument.Of(root);
        Assert.All((devices.List() ?? []).Append(devices.Single()).OfType<RingDevice>(), device => Assert.True(IsStorable(device.Id)));
        Assert.True(devices.Next is not { } next || IsStorable(next));
        Assert.True(UserDocument.Read(root)?.Id is not { } id || IsStorable(id));
        Assert.True(TokenDocument.Read(root) is not { } tokens || tokens.ExpiresIn > TimeSpan.Zero);
        Assert.True(Enum.IsDefined(LinkDocument.Status(root)));
    }

    [Property(MaxTest = 5000, QuietOnSuccess = true)]
    public void Only_The_Right_Digits_Are_A_Signature(byte[]? body, string? text, int at, bool prefixed, bool upper)
    {
        body ??= [];
        var digits = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(FixedOptions.K1), body));
        var right = (prefixed ? "sha256=" : "") + (upper ? digits.ToUpperInvariant() : digits);
        var verifier = new RingWebhookSignature(FixedOptions.Keys(FixedOptions.K1, FixedOptions.K2));
        Assert.Equal(SignatureVerdict.Valid, verifier.Verify(right, body));

        var place = (int)((uint)at % (uint)(right.Length + 1));
        var wrong = right.Insert(place, text ?? "");
        Assert.Equal(wrong == right, verifier.Verify(wrong, body) is SignatureVerdict.Valid);
        var replaced = right[..place] + (text ?? "") + right[Math.Min(right.Length, place + (text?.Length ?? 0))..];
        Assert.Equal(string.Equals(replaced, right, StringComparison.OrdinalIgnoreCase) && replaced.StartsWith(right[..^64], StringComparison.Ordinal), verifier.Verify(replaced, body) is SignatureVerdict.Valid);
        Assert.True(verifier.Verify(new StringValues([right, text]), body) is SignatureVerdict.Repeated);
        Assert.False(verifier.Verify(text ?? "", body) is SignatureVerdict.Valid or SignatureVerdict.ValidPrevious);
    }

    [Fact]
    public void Signatures_Are_Compared_In_Constant_Time_And_In_No_Other_Way()
    {
        var used = Product.Parts(Product.Web)
            .Where(part => part.Owner == typeof(RingWebhookSignature) || part.Owner.DeclaringType == typeof(RingWebhookSignature))
            .SelectMany(part => CodeUses.Of(part.Part))
            .Select(member => $"{member.DeclaringType?.Name}.{member.Name}")
            .ToList();
        string[] others = ["String.Equals", "String.op_Equality", "String.Compare", "MemoryExtensions.SequenceEqual", "Enumerable.SequenceEqual", "MemoryExtensions.SequenceCompareTo"];

        Assert.Contains($"{nameof(CryptographicOperations)}.{nameof(CryptographicOperations.FixedTimeEquals)}", used);
        Assert.Empty(used.Intersect(others));
    }

    /// <summary>PostgreSQL refuses NUL and half a surrogate pair.</summary>
    private static bool IsStorable(string text) =>
        !text.Contains('\0', StringComparison.Ordinal) && new UTF8Encoding(false, true) is var strict && strict.GetString(strict.GetBytes(text)) == text;
}
