using System.Text;
using RingPortal.Simulator.Signing;

namespace RingPortal.Tests.Simulator;

public sealed class SigningTests
{
    private const string K1 = "Y29udHJhY3QtZGVtby1rZXktMzItYnl0ZXMtbG9uZyE=";
    private const string K2 = "plain-text-hmac-key_0002";
    private const string S1 = """{"meta":{"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000001"},"data":{"type":"device_online"}}""";
    private const string S2 = """{"meta":{"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000002"},"data":{"type":"device_added","note":"Haustür \/ Garten"}}""";
    private const string S3 = """{"meta": {"version":"1.1","request_id":"7a1d5f0e-0000-4000-8000-000000000001"},"data":{"type":"device_online"}}""";

    [Theory]
    [InlineData(K1, "1790000000123", "ava1.ring.account.DEMOALPHA0001", "oTp39HwaxB9BKudzeTXbng3AA_Sa74sM9fuyhoGZ-wE")]
    [InlineData(K1, "1790000060051", "ava1.ring.account.DEMOBRAVO0002", "-o0jrczUgh_Zup9TuQwtnfYfXy-LM-Oo7BE8UPCkf0s")]
    [InlineData(K1, "1790000120419", "ava1.ring.account.DEMOCHARLIE0003", "_-GVEfxwTT7fJLEkdWPC6eTScuN_5P5ztU-zNXe056A")]
    [InlineData(K2, "1790000180002", "ava1.ring.account.DEMODELTA0004", "ZEZrk48SEkXN3W6BoKx0lD2faw6lVkS2cG6bLLTnlAw")]
    [InlineData(K2, "1790000240041", "ava1.ring.account.DEMOALPHA0001", "WKZKFZFD0jKg7bjIvStW-va-zVVe0Z_t1O3f_XuWT6o")]
    public void Nonces_Are_Those_Of_The_Contract(string key, string time, string account, string expected) =>
        Assert.Equal(expected, LinkNonce.Compute(key, time, account));

    [Theory]
    [InlineData(K1, S1, "26ea5fd02f5aa9879ec0682e7c3e95c7e30df6fca0535c4cd2b0512d3523d6dc")]
    [InlineData(K1, S2, "f2a2462deaa4ba973e2d633ce3a4f3143c87b26a626f18c40e44a0487da6f35c")]
    [InlineData(K1, S3, "ab6c031e5b1f7a5c19d992370d2b40fcd583bd89f8d68772c31cb7c480705964")]
    [InlineData(K1, "", "f2fde1f62de5d08627831c62db3fb93223fa483cea45db815ef9ff50583e6a9d")]
    [InlineData(K2, S1, "dbc7773e3b6a6f77e8ddc172eb8cc8feee62bd69b7cc50235111c1855eeb9a85")]
    public void Signatures_Are_Those_Of_The_Contract(string key, string body, string expected) =>
        Assert.Equal($"sha256={expected}", WebhookSignature.Compute(key, Encoding.UTF8.GetBytes(body)));
}
