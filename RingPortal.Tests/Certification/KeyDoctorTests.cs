using RingPortal.Web.Features.Certification.Checks;

namespace RingPortal.Tests.Certification;

public sealed class KeyDoctorTests
{
    private const string Key = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    [Theory]
    [InlineData(Key)]
    [InlineData("plain-text-hmac-key_0002")]
    [InlineData(" " + Key + "\n")]
    public void A_Key_As_The_Console_Shows_It_Is_Well(string key) => Assert.Empty(KeyDoctor.Examine(key, "secret", "client"));

    [Theory]
    [InlineData("", "is not set")]
    [InlineData("  ", "is not set")]
    [InlineData("Y29udHJhY3Qt ZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=", "white space inside")]
    [InlineData("\"Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=\"", "quotation marks")]
    [InlineData("contract-demo-key-32-bytes-\u00e9\u0001long", "looks like a decoded key")]
    [InlineData("636f6e74726163742d64656d6f2d6b65792d33322d62797465732d6c6f6e6721", "64 hexadecimal digits")]
    [InlineData("Y29udHJhY3Q=", "12 characters only")]
    [InlineData("the-client-secret-0001", "client secret")]
    [InlineData("the-client-id-00000001", "client id")]
    public void Every_Usual_Mistake_Is_Told_Without_A_Character_Of_The_Key(string key, string words)
    {
        var found = string.Join("; ", KeyDoctor.Examine(key, "the-client-secret-0001", "the-client-id-00000001"));

        Assert.Contains(words, found, StringComparison.Ordinal);
        Assert.True(key.Trim().Length < 6 || !found.Contains(key.Trim()[..6], StringComparison.Ordinal), found);
    }
}
