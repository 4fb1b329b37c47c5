using System.Text;

namespace RingPortal.Web.Ring;

/// <summary>The living HMAC keys as bytes. A key that is not set is no key: an empty one would verify anybody's signature.</summary>
internal static class RingKeys
{
    /// <summary>The current key first, then the one before, as far as they are set.</summary>
    public static IReadOnlyList<byte[]> Living(RingOptions options) =>
        [.. new[] { options.HmacKey, options.PreviousHmacKey }.Where(key => key.Length > 0).Select(Bytes)];

    /// <summary>The key is text (contract 0.4): never decoded, also when it looks like Base64.</summary>
    public static byte[] Bytes(string key) => Encoding.UTF8.GetBytes(key);
}
