namespace RingPortal.Web.Features.Certification.Checks;

/// <summary>The examples of the contract (4.3, 4.5): what Ring makes, and what must never be taken for it.</summary>
internal static class NonceVectors
{
    /// <summary>Key of the first three, of an example and of no app.</summary>
    public const string First = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";

    /// <summary>Key of the other two.</summary>
    public const string Second = "plain-text-hmac-key_0002";

    /// <summary>The time and account that the wrong values are about.</summary>
    public const string Time = "1790000000123";

    /// <summary>Their account.</summary>
    public const string Account = "ava1.ring.account.DEMOALPHA0001";

    /// <summary>Key, time, account, nonce.</summary>
    public static IReadOnlyList<(string Key, string Time, string Account, string Nonce)> Right { get; } =
    [
        (First, Time, Account, "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE"),
        (First, "1790000060051", "ava1.ring.account.DEMOBRAVO0002", "-o0jrczUgh_Zup9TuQwtnfYfXy-LM-Oo7BE8UPCkf0s"),
        (First, "1790000120419", "ava1.ring.account.DEMOCHARLIE0003", "_-GVEfxwTT7fJLEkdWPC6eTScuN_5P5ztU-zNXe056A"),
        (Second, "1790000180002", "ava1.ring.account.DEMODELTA0004", "ZEZrk48SEkXN3W6BoKx0lD2faw6lVkS2cG6bLLTnlAw"),
        (Second, "1790000240041", Account, "WKZKFZFD0jKg7bjIvStW-va-zVVe0Z_t1O3f_XuWT6o"),
    ];

    /// <summary>Values that must be refused for the first key, time and account.</summary>
    public static IReadOnlyList<string> Wrong { get; } =
    [
        "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE=",
        "oTp39HwaxB9BKudzeTXbng3AA/Sa74sM9fuyhoGZ+wE=",
        "oTp39HwaxB9BKudzeTXbng3AA/Sa74sM9fuyhoGZ+wE",
        "a13a77f47c1ac41f412ae7737935db9e0dc003f49aef8b0cf5fbb2868199fb01",
        "sha256=a13a77f47c1ac41f412ae7737935db9e0dc003f49aef8b0cf5fbb2868199fb01",
        "BAIV6S1mLpOM-m2Yd-fN2mb1hcnytaiCGMLSpnzwvBc",
        "GSC9aLiSBZ1b9yyh99lGyOjl9KA0GjlHyit6Yy10qY4",
        "bLffnw3bw-UFOAe-nf1-SUuIyGynyYQlQk3BCpBP--M",
        "kYpZbatiOnA953R_3VLHitkJA-JTt9m9RgjbtS1NXaA",
        "BHRRiyRWVrUvpEIwrAJZ9EwLDnC4KjPCf_b6yEkp3ks",
        "4PF1cz4UCozcDgwrRLL98eBd-JQ",
        "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wF",
        "-o0jrczUgh_Zup9TuQwtnfYfXy-LM-Oo7BE8UPCkf0s",
    ];
}
