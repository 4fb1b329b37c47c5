using System.Text;
using RingPortal.Web.Ring;

namespace RingPortal.Tests.Ring;

public sealed class RingEnvelopeTests
{
    private const string Ok = """{"meta":{"request_id":"r-1"},"data":{}}""";

    [Fact]
    public void A_Delivery_Is_Read_Whole()
    {
        var envelope = Read(ContractPayloads.MotionDetectedHuman).Envelope;

        Assert.Equal(
            new RingEnvelope(
                "7a1d5f0e-9c53-4d1b-8a7e-2f64c0b9d101",
                "ava1.ring.account.DEMOALPHA0001",
                "motion_detected",
                "ava1.ring.device.DEMOFRONTDOOR01_human_1790000300250",
                "ava1.ring.device.DEMOFRONTDOOR01",
                DateTimeOffset.Parse("2026-09-21T14:18:21.4129051Z", System.Globalization.CultureInfo.InvariantCulture),
                DateTimeOffset.FromUnixTimeMilliseconds(1790000300250)),
            envelope);
    }

    [Theory]
    [MemberData(nameof(ContractPayloads.Signed), MemberType = typeof(ContractPayloads))]
    public void Every_Payload_Of_The_Contract_Is_Readable(string body, string signature)
    {
        Assert.StartsWith("sha256=", signature, StringComparison.Ordinal);
        var envelope = Read(body).Envelope;

        Assert.NotNull(envelope);
        Assert.Equal("ava1.ring.account.DEMOALPHA0001", envelope.AccountId);
        Assert.NotNull(envelope.EventType);
        Assert.NotNull(envelope.EventId);
        Assert.NotNull(envelope.Source);
        Assert.NotNull(envelope.Time);
    }

    [Theory]
    [InlineData(Ok)]
    [InlineData("""{"meta":{"version":"1.0","request_id":"r-1"},"data":{"type":"motion_detected"}}""")]
    [InlineData("""{"meta":{"request_id":"r-1","account_id":null,"time":null},"data":null}""")]
    [InlineData("""{"meta":{"request_id":"r-1"}}""")]
    [InlineData("""  {"meta":{"request_id":"r-1"},"data":{"attributes":null,"type":null,"new":[{"a":1}]},"extra":{"meta":1}}  """)]
    [InlineData("""{"meta":{"request_id":"r-1","account_id":""},"data":{"id":"","type":""}}""")]
    public void What_May_Be_Missing_May_Be_Missing(string body)
    {
        var reading = Read(body);

        Assert.True(reading.IsReadable, reading.Reason);
        Assert.Equal("r-1", reading.Envelope.RequestId);
        Assert.Null(reading.Envelope.AccountId);
    }

    [Theory]
    [InlineData("1790000300250")]
    [InlineData("\"1790000300250\"")]
    [InlineData("1790000300250.0")]
    [InlineData("1.79000030025e12")]
    public void The_Timestamp_May_Be_A_Number_Or_A_Text(string timestamp) =>
        Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(1790000300250),
            Read("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":""" + timestamp + "}}}").Envelope?.OccurredAt);

    [Theory]
    [InlineData("2026-09-21T14:16:58Z")]
    [InlineData("2026-09-21T14:16:58.0Z")]
    [InlineData("2026-09-21T14:16:58.000000001Z")]
    [InlineData("2026-09-21T16:16:58+02:00")]
    public void The_Time_May_Have_Up_To_Nine_Fractional_Digits(string time) =>
        Assert.Equal(
            new DateTimeOffset(2026, 9, 21, 14, 16, 58, TimeSpan.Zero),
            Read($$$"""{"meta":{"request_id":"r","time":"{{{time}}}"}}""").Envelope?.Time);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{'meta':1}")]
    [InlineData("\uFEFF" + Ok)]
    [InlineData("{}")]
    [InlineData("""{"meta":{}}""")]
    [InlineData("""{"meta":null}""")]
    [InlineData("""{"meta":[]}""")]
    [InlineData("""{"meta":{"request_id":null}}""")]
    [InlineData("""{"meta":{"request_id":""}}""")]
    [InlineData("""{"meta":{"request_id":7}}""")]
    [InlineData("""{"meta":{"request_id":["r"]}}""")]
    [InlineData("""{"meta":{"request_id":"a\u0000b"}}""")]
    [InlineData("""{"meta":{"request_id":"\ud800"}}""")]
    [InlineData("""{"meta":{"request_id":"r","request_id":"r"}}""")]
    [InlineData("""{"meta":{"request_id":"r","request\u005fid":"s"}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"meta":{"request_id":"s"}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"x":{"y":1,"y":2}}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":"text"}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"type":1}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":[]}}""")]
    [InlineData("""{"meta":{"request_id":"r","account_id":{}}}""")]
    [InlineData("""{"meta":{"request_id":"r","time":"yesterday"}}""")]
    [InlineData("""{"meta":{"request_id":"r","time":1790000300250}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":"soon"}}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":1e400}}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":-1}}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":9999999999999999}}}""")]
    [InlineData("""{"meta":{"request_id":"r"},"data":{"attributes":{"timestamp":true}}}""")]
    public void What_Is_Not_Understood_For_Certain_Is_Unreadable_With_A_Reason(string body)
    {
        var reading = Read(body);

        Assert.False(reading.IsReadable);
        Assert.NotEmpty(reading.Reason);
    }

    [Fact]
    public void Ids_Up_To_200_Characters_Are_Read_And_Longer_Ones_Not()
    {
        Assert.True(Read($$$"""{"meta":{"request_id":"{{{new string('r', 200)}}}"}}""").IsReadable);
        Assert.False(Read($$$"""{"meta":{"request_id":"{{{new string('r', 201)}}}"}}""").IsReadable);
        Assert.False(Read($$$"""{"meta":{"request_id":"r","account_id":"{{{new string('a', 201)}}}"}}""").IsReadable);
    }

    [Fact]
    public void A_Thousand_Levels_And_Broken_Bytes_Do_Not_Throw()
    {
        Assert.False(Read(string.Concat(Enumerable.Repeat("""{"a":""", 1000)) + "1" + new string('}', 1000)).IsReadable);
        Assert.False(RingEnvelope.TryRead(new byte[] { 0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D }).IsReadable);
        byte[] brokenText = [.. "{\"meta\":{\"request_id\":\""u8, 0xC3, 0x28, .. "\"}}"u8];
        Assert.False(RingEnvelope.TryRead(brokenText).IsReadable);
    }

    [Fact]
    public void The_Reason_Holds_No_Word_Of_The_Payload()
    {
        var reading = Read("""{"meta":{"request_id":{"canary-7f3a":"canary-7f3a"}},"canary-7f3a":1}""");

        Assert.DoesNotContain("canary", reading.Reason, StringComparison.Ordinal);
    }

    private static RingEnvelopeReading Read(string body) => RingEnvelope.TryRead(Encoding.UTF8.GetBytes(body));
}
