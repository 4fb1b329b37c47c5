namespace RingPortal.Simulator.Video;

/// <summary>The tables that the JPEG standard suggests (ITU-T T.81, annex K).</summary>
internal static class JpegTables
{
    /// <summary>Where the coefficients of a block stand in the order in which they are sent.</summary>
    public static readonly byte[] ZigZag =
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>How many codes have 1 to 16 bits, and what they stand for: the first coefficient of a block.</summary>
    public static readonly byte[] FirstCounts = [0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0];

    public static readonly byte[] FirstValues = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

    /// <summary>The same of the other coefficients.</summary>
    public static readonly byte[] OtherCounts = [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7D];

    public static readonly byte[] OtherValues = Convert.FromHexString(
        "01020300041105122131410613516107227114328191A1082342B1C11552D1F02433627282090A161718191A25262728292A3435363738393A"
        + "434445464748494A535455565758595A636465666768696A737475767778797A838485868788898A92939495969798999AA2A3A4A5A6A7A8A9AA"
        + "B2B3B4B5B6B7B8B9BAC2C3C4C5C6C7C8C9CAD2D3D4D5D6D7D8D9DAE1E2E3E4E5E6E7E8E9EAF1F2F3F4F5F6F7F8F9FA");

    /// <summary>Code and length of each value.</summary>
    public static (int Code, int Bits)[] Codes(byte[] counts, byte[] values)
    {
        var codes = new (int Code, int Bits)[256];
        var (code, next) = (0, 0);
        for (var bits = 1; bits <= 16; bits++)
        {
            for (var index = 0; index < counts[bits - 1]; index++)
                codes[values[next++]] = (code++, bits);

            code <<= 1;
        }

        return codes;
    }
}
