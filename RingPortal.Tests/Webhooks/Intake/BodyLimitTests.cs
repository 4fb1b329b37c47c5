using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RingPortal.Tests.Infrastructure;
using RingPortal.Tests.Linking;
using RingPortal.Web.Features.Webhooks.Intake;

namespace RingPortal.Tests.Webhooks.Intake;

/// <summary>Bodies that are too long, too slow, cut or wrongly framed: 413 for the first, 503 for the rest, soon (reliability W13).</summary>
[Trait(Tiers.Name, Tiers.Integration)]
public sealed class BodyLimitTests(LinkWorld world) : IClassFixture<LinkWorld>
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private int Port => world.Portal.BaseAddress.Port;

    [Fact]
    public async Task A_Declared_Length_Over_The_Limit_Is_413_Before_The_Body()
    {
        await using var call = await RawCall.OpenAsync(Port, $"Content-Length: {(256 * 1024) + 1}");
        Assert.Equal(413, await call.StatusAsync());
    }

    [Fact]
    public async Task Chunks_Over_The_Limit_Are_Cut_With_413()
    {
        await using var call = await RawCall.OpenAsync(Port, "Transfer-Encoding: chunked");
        var chunk = $"{16 * 1024:x}\r\n{new string('x', 16 * 1024)}\r\n";
        for (var sent = 0; sent < 17; sent++)
        {
            await call.WriteAsync(chunk);
        }

        Assert.Equal(413, await call.StatusAsync());
    }

    [Fact]
    public async Task Chunks_Up_To_The_Limit_Are_One_Body()
    {
        var body = new byte[256 * 1024];
        Assert.Equal(200, await SentAgainAsync(async () =>
        {
            await using var call = await RawCall.OpenAsync(Port, $"Transfer-Encoding: chunked\r\nX-Signature: {Delivery.Sign(body)}");
            foreach (var chunk in body.Chunk(10_000))
            {
                await call.WriteAsync($"{chunk.Length:x}\r\n");
                await call.WriteAsync(chunk);
                await call.WriteAsync("\r\n");
            }

            await call.WriteAsync("0\r\n\r\n");
            return await call.StatusAsync();
        }));
    }

    [Fact]
    public async Task One_Byte_A_Second_Ends_With_503_Before_Rings_Patience()
    {
        var body = Delivery.New().Body;
        await using var call = await RawCall.OpenAsync(Port, $"Content-Length: {body.Length}\r\nX-Signature: {Delivery.Sign(body)}");
        var started = TimeProvider.System.GetTimestamp();
        var answer = call.StatusAsync();
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        for (var sent = 0; !answer.IsCompleted && sent < body.Length; sent++)
        {
            await call.WriteAsync([body[sent]]);
            await Task.WhenAny(answer, second.WaitForNextTickAsync().AsTask());
        }

        Assert.Equal(503, await answer);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5) * Eventually.Patience);
    }

    [Theory]
    [InlineData("Content-Length: 500", "{")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nab")]
    public async Task A_Body_That_Is_Cut_Is_503_Or_No_Answer(string headers, string sent)
    {
        await using var call = await RawCall.OpenAsync(Port, headers);
        await call.WriteAsync(sent);
        call.HangUp();
        Assert.Contains(await call.StatusAsync(), new[] { 503, 0 });
    }

    [Theory]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}xx0\r\n\r\n")]
    [InlineData("-1\r\n{}\r\n")]
    [InlineData("fffffffffffffffff\r\n{}\r\n")]
    public async Task Bad_Framing_Is_503(string sent)
    {
        await using var call = await RawCall.OpenAsync(Port, "Transfer-Encoding: chunked");
        await call.WriteAsync(sent);
        Assert.Equal(503, await call.StatusAsync());
    }

    [Fact]
    public async Task No_Length_At_All_Is_An_Empty_Body()
    {
        await using var unsigned = await RawCall.OpenAsync(Port, "X-Unsigned: 1");
        Assert.Equal(401, await unsigned.StatusAsync());
        Assert.Equal(200, await SentAgainAsync(async () =>
        {
            await using var signed = await RawCall.OpenAsync(Port, $"X-Signature: {Delivery.Sign([])}");
            return await signed.StatusAsync();
        }));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Nothing_Is_Unpacked_Before_The_Signature_Is_Judged(string encoding)
    {
        var plain = Delivery.New();
        using var packed = new MemoryStream();
        await using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionMode.Compress, true) : new BrotliStream(packed, CompressionMode.Compress, true))
        {
            await packer.WriteAsync(plain.Body);
        }

        using var client = world.Portal.CreateClient();
        using var request = Delivery.Request(packed.ToArray(), Delivery.Sign(packed.ToArray()));
        request.Content!.Headers.ContentEncoding.Add(encoding);
        using var answer = await client.SendAsync(request);
        Assert.Equal("""{"status":"quarantined"}""", await answer.Content.ReadAsStringAsync());
        using var unpacked = Delivery.Request(packed.ToArray(), Delivery.Sign(plain.Body));
        unpacked.Content!.Headers.ContentEncoding.Add(encoding);
        using var refused = await client.SendAsync(unpacked);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task More_Than_Fit_Inside_Are_503_Before_Their_Body_And_Others_Are_Taken_Afterwards()
    {
        await using var portal = await PortalHost.StartAsync(world.Database);
        await LinkWorld.ReadyAsync(portal);
        using var client = portal.CreateClient();
        var admission = portal.Services.GetRequiredService<IntakeAdmission>();
        for (var place = 0; place < IntakeAdmission.Most; place++)
        {
            Assert.True(admission.TryEnter());
        }

        await using (var call = await RawCall.OpenAsync(portal.BaseAddress.Port, "Content-Length: 5"))
        {
            Assert.Equal(503, await call.StatusAsync());
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Delivery.New().PostAsync(client)).Status);
        admission.Leave();
        Assert.True((await Delivery.SendAsync(client, Delivery.New().Body)).Is("accepted"));
        await Eventually.TrueAsync(() => admission.Inside == IntakeAdmission.Most - 1, s_limit);
    }

    [Fact]
    public async Task Two_Thousand_At_Once_Get_200_Or_503_And_Nothing_Else()
    {
        using var client = world.Portal.CreateClient();
        var deliveries = Enumerable.Range(0, 2000).Select(_ => Delivery.New()).ToList();
        var answers = await Task.WhenAll(deliveries.Select(delivery => delivery.PostAsync(client)));
        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{answer.Status}"));
        var accepted = answers.Count(answer => answer.Status is HttpStatusCode.OK);
        Assert.NotEqual(0, accepted);
        var stored = await world.Database.ScalarAsync<long>($"SELECT count(*) FROM webhook_inbox WHERE request_id IN ({string.Join(',', deliveries.Select(delivery => $"'{delivery.RequestId}'"))})");
        Assert.InRange(stored, accepted, 2000);
    }

    [Fact]
    public async Task A_Header_Of_Every_Size_Is_No_4xx_For_A_Signed_Body()
    {
        var body = Delivery.New().Body;
        using var client = world.Portal.CreateClient();
        using var request = Delivery.Request(body, Delivery.Sign(body));
        request.Headers.TryAddWithoutValidation("X-Long", new string('x', 16 * 1024));
        request.Headers.TryAddWithoutValidation("Expect", "100-continue");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(Encoding.UTF8.GetByteCount(await answer.Content.ReadAsStringAsync()), answer.Content.Headers.ContentLength);
    }

    /// <summary>As Ring does: what a machine at its limit answers with 503 is sent again.</summary>
    private static async Task<int> SentAgainAsync(Func<Task<int>> sendAsync)
    {
        var status = 0;
        await Eventually.TrueAsync(async () => (status = await sendAsync()) != 503, s_limit, "an answer other than 503");
        return status;
    }
}
