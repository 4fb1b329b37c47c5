using System.Security.Cryptography;
using RingPortal.Web.Ring;
using static RingPortal.Tests.Ring.FixedOptions;

namespace RingPortal.Tests.Ring;

public sealed class RingNonceTests
{
    private const string Time = "1790000000123";
    private const string Account = "ava1.ring.account.DEMOALPHA0001";

    public static TheoryData<string, string, string, string> Vectors { get; } = new()
    {
        { K1, Time, Account, "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE" },
        { K1, "1790000060051", "ava1.ring.account.DEMOBRAVO0002", "-o0jrczUgh_Zup9TuQwtnfYfXy-LM-Oo7BE8UPCkf0s" },
        { K1, "1790000120419", "ava1.ring.account.DEMOCHARLIE0003", "_-GVEfxwTT7fJLEkdWPC6eTScuN_5P5ztU-zNXe056A" },
        { K2, "1790000180002", "ava1.ring.account.DEMODELTA0004", "ZEZrk48SEkXN3W6BoKx0lD2faw6lVkS2cG6bLLTnlAw" },
        { K2, "1790000240041", Account, "WKZKFZFD0jKg7bjIvStW-va-zVVe0Z_t1O3f_XuWT6o" },
    };

    public static TheoryData<string> Refused { get; } =
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
        "",
        " oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE",
        "OTP39HWAXB9BKUDZETXBNG3AA_SA74SM9FUYHOGZ-WE",
        "öTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE",
    ];

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_Vectors_Of_The_Contract_Are_Met(string key, string time, string account, string nonce) =>
        Assert.Equal(nonce, RingNonce.Compute(key, time, account));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_Nonce_Finds_Its_Account_And_No_Other(string key, string time, string account, string nonce)
    {
        var pool = Pool(50);
        pool[17] = account;

        Assert.Equal([17], new RingNonceMatcher(Keys(key)).Match(nonce, time, pool));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_Only_Looks_Like_The_Nonce_Matches_Nothing(string nonce) =>
        Assert.Empty(new RingNonceMatcher(Keys(K1, K2)).Match(nonce, Time, [Account]));

    [Fact]
    public void Both_Living_Keys_Match_And_A_Retired_One_Does_Not()
    {
        var nonce = RingNonce.Compute(K2, Time, Account);

        Assert.Equal([0], new RingNonceMatcher(Keys(K1, previous: K2)).Match(nonce, Time, [Account]));
        Assert.Equal([0], new RingNonceMatcher(Keys(K2)).Match(nonce, Time, [Account]));
        Assert.Empty(new RingNonceMatcher(Keys(K1)).Match(nonce, Time, [Account]));
    }

    [Fact]
    public void Without_A_Key_Not_Even_The_Nonce_Of_The_Empty_Key_Matches()
    {
        var nonce = RingNonce.Compute("", Time, Account);

        Assert.Empty(new RingNonceMatcher(Keys("")).Match(nonce, Time, [Account]));
    }

    [Fact]
    public void All_Rows_Of_One_Account_Are_Found()
    {
        var pool = Pool(10);
        pool[3] = pool[8] = Account;

        Assert.Equal([3, 8], new RingNonceMatcher(Keys(K1)).Match(RingNonce.Compute(K1, Time, Account), Time, pool));
    }

    [Fact]
    public void Accounts_Of_Any_Length_And_Script_Are_Compared_Whole()
    {
        string[] pool = ["ä", new string('x', 2000), "", "a", "日本" + new string('y', 300)];
        var matcher = new RingNonceMatcher(Keys(K1));

        Assert.All(Enumerable.Range(0, pool.Length), index =>
            Assert.Equal([index], matcher.Match(RingNonce.Compute(K1, Time, pool[index]), Time, pool)));
    }

    [Fact]
    public void An_Empty_Pool_Matches_Nothing() =>
        Assert.Empty(new RingNonceMatcher(Keys(K1)).Match(RingNonce.Compute(K1, Time, Account), Time, []));

    [Fact]
    public void Another_Writing_Of_The_Same_Time_Is_Another_Time() =>
        Assert.Empty(new RingNonceMatcher(Keys(K1)).Match(RingNonce.Compute(K1, Time, Account), "0" + Time, [Account]));

    private static string[] Pool(int size) => [.. Enumerable.Range(0, size).Select(_ => $"ava1.ring.account.{RandomNumberGenerator.GetHexString(20)}")];
}
