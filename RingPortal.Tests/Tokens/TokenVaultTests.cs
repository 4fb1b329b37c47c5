using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using RingPortal.Web.Features.Tokens;

namespace RingPortal.Tests.Tokens;

public sealed class TokenVaultTests
{
    private static readonly string s_first = NewKey();
    private static readonly string s_second = NewKey();
    private static readonly Guid s_row = Guid.CreateVersion7();

    [Theory]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("Schlüssel 日本 😀")]
    public void What_Was_Sealed_Opens_In_Its_Place(string text)
    {
        var vault = Vault(s_first);

        Assert.Equal(text, vault.Open(s_row, VaultColumns.AccessToken, vault.Seal(s_row, VaultColumns.AccessToken, text)));
    }

    [Fact]
    public void A_Ciphertext_In_Another_Row_Does_Not_Open()
    {
        var vault = Vault(s_first);
        var sealedText = vault.Seal(s_row, VaultColumns.AccessToken, "token");

        Assert.Throws<VaultException>(() => vault.Open(Guid.CreateVersion7(), VaultColumns.AccessToken, sealedText));
    }

    [Fact]
    public void A_Ciphertext_In_Another_Column_Does_Not_Open()
    {
        var vault = Vault(s_first);
        var sealedText = vault.Seal(s_row, VaultColumns.AccessToken, "token");
        string[] others = [VaultColumns.Code, VaultColumns.CodeVerifier, VaultColumns.RefreshToken, VaultColumns.Nonce, VaultColumns.EmailMessage, ""];

        Assert.All(others, column => Assert.Throws<VaultException>(() => vault.Open(s_row, column, sealedText)));
    }

    [Fact]
    public void Another_Key_Does_Not_Open_And_Neither_Does_A_Forged_Key_Id()
    {
        var sealedText = Vault(s_first).Seal(s_row, VaultColumns.AccessToken, "token");
        var idOfSecond = Vault(s_second).Seal(s_row, VaultColumns.AccessToken, "token")[1..9];
        var forged = sealedText.ToArray();
        idOfSecond.CopyTo(forged, 1);

        Assert.Throws<VaultException>(() => Vault(s_second).Open(s_row, VaultColumns.AccessToken, sealedText));
        Assert.Throws<VaultException>(() => Vault(s_first, s_second).Open(s_row, VaultColumns.AccessToken, forged));
    }

    [Fact]
    public void After_A_Rotation_The_First_Key_Seals_And_Both_Open()
    {
        var before = Vault(s_first);
        var after = Vault(s_second, s_first);
        var old = before.Seal(s_row, VaultColumns.AccessToken, "old");
        var fresh = after.Seal(s_row, VaultColumns.AccessToken, "fresh");

        Assert.Equal("old", after.Open(s_row, VaultColumns.AccessToken, old));
        Assert.Equal("fresh", after.Open(s_row, VaultColumns.AccessToken, fresh));
        Assert.Throws<VaultException>(() => before.Open(s_row, VaultColumns.AccessToken, fresh));
    }

    [Fact]
    public void No_Flipped_Bit_Anywhere_Opens()
    {
        var vault = Vault(s_first, s_second);
        var sealedText = vault.Seal(s_row, VaultColumns.RefreshToken, new string('t', 100));

        for (var bit = 0; bit < sealedText.Length * 8; bit++)
        {
            sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<VaultException>(() => vault.Open(s_row, VaultColumns.RefreshToken, sealedText));
            sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.Equal(new string('t', 100), vault.Open(s_row, VaultColumns.RefreshToken, sealedText));
    }

    [Fact]
    public void No_Cut_And_Nothing_Appended_Opens()
    {
        var vault = Vault(s_first);
        var sealedText = vault.Seal(s_row, VaultColumns.Code, "code");

        Assert.All(Enumerable.Range(0, sealedText.Length), length =>
            Assert.Throws<VaultException>(() => vault.Open(s_row, VaultColumns.Code, sealedText.AsSpan(0, length))));
        Assert.Throws<VaultException>(() => vault.Open(s_row, VaultColumns.Code, [.. sealedText, 0]));
    }

    [Fact]
    public void A_Hundred_Thousand_Seals_Have_As_Many_Nonces_And_Never_Look_Alike()
    {
        var vault = Vault(s_first);
        var nonces = new HashSet<UInt128>();

        Parallel.ForEach(Enumerable.Range(0, 100_000), _ =>
        {
            var sealedText = vault.Seal(s_row, VaultColumns.AccessToken, "");
            lock (nonces)
            {
                nonces.Add(new UInt128(BitConverter.ToUInt64(sealedText, 9), BitConverter.ToUInt32(sealedText, 17)));
            }
        });

        Assert.Equal(100_000, nonces.Count);
    }

    [Fact]
    public void The_Ciphertext_And_The_Exception_Show_Nothing_Of_The_Text()
    {
        const string canary = "canary-9d2e41";
        var vault = Vault(s_first);
        var sealedText = vault.Seal(s_row, VaultColumns.AccessToken, canary);
        var exception = Assert.Throws<VaultException>(() => vault.Open(Guid.NewGuid(), VaultColumns.AccessToken, sealedText));

        Assert.DoesNotContain(canary, System.Text.Encoding.Latin1.GetString(sealedText), StringComparison.Ordinal);
        Assert.DoesNotContain(canary, exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(s_first, exception.ToString(), StringComparison.Ordinal);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static TokenVault Vault(params string[] keys)
    {
        var options = new VaultOptions();
        foreach (var key in keys)
        {
            options.Keys.Add(key);
        }

        return new(Options.Create(options));
    }
}
