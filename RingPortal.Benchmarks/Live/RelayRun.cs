using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RingPortal.Benchmarks.Rig;

namespace RingPortal.Benchmarks.Live;

/// <summary>Live views that begin and end as fast as the portal lets them, at all cameras of all people at once; Ring answers without pictures.</summary>
internal static class RelayRun
{
    private const string Offer =
        """
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=video 9 UDP/TLS/RTP/SAVPF 106
        c=IN IP4 0.0.0.0
        a=ice-ufrag:Qx2b
        a=ice-pwd:0yN4gkMDCXbQz5fPjLr9dZkq
        a=fingerprint:sha-256 5A:11:0C:9E:54:77:A0:3E:9B:CB:0B:58:E3:0B:2B:3C:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:1F
        a=setup:actpass
        a=mid:0
        a=recvonly
        a=rtcp-mux
        a=rtpmap:106 H264/90000
        a=fmtp:106 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f

        """;

    private static readonly byte[] s_offer = Encoding.UTF8.GetBytes(Offer.ReplaceLineEndings("\r\n"));

    public static async Task<string> RunAsync(LiveStage stage, IReadOnlyList<LinkedPerson> people, TimeSpan time)
    {
        await stage.Ring.ChangeAsync(new { withoutMedia = true });
        var (begun, statuses, clients) = (new ConcurrentBag<double>(), new ConcurrentDictionary<HttpStatusCode, int>(), new List<HttpClient>());
        foreach (var person in people)
        {
            clients.Add(await person.OutsideAsync());
        }

        var (portal, database, started) = (stage.Portal.UsedTime, stage.Cluster.UsedTime, Stopwatch.GetTimestamp());
        await Task.WhenAll(people.Index().SelectMany(person => person.Item.Cameras.Select(camera => Task.Run(() => WatchAsync(clients[person.Index], camera, time, begun, statuses)))));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var (ofPortal, ofDatabase) = ((stage.Portal.UsedTime - portal).TotalMilliseconds, (stage.Cluster.UsedTime - database).TotalMilliseconds);
        clients.ForEach(client => client.Dispose());
        await stage.Ring.ChangeAsync(new { withoutMedia = false });
        var others = string.Join(", ", statuses.Where(pair => pair.Key != HttpStatusCode.Created).Select(pair => $"{pair.Value} times {(int)pair.Key}"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"relay: {people.Count} people with 2 cameras; **{begun.Count / seconds:N1}** views begun and ended a second (Ring lets 45 through), begun after ms, p50 / p95 {new Figures(begun).Short}; CPU of a view, portal + PostgreSQL {ofPortal / begun.Count:N1} + {ofDatabase / begun.Count:N1} ms{(others.Length > 0 ? $"; {others}" : "")}");
    }

    private static async Task WatchAsync(HttpClient person, string camera, TimeSpan time, ConcurrentBag<double> begun, ConcurrentDictionary<HttpStatusCode, int> statuses)
    {
        var first = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(first) < time)
        {
            var started = Stopwatch.GetTimestamp();
            using var content = new ByteArrayContent(s_offer) { Headers = { ContentType = new MediaTypeHeaderValue("application/sdp") } };
            using var answer = await person.PostAsync($"/api/devices/{camera}/live", content);
            statuses.AddOrUpdate(answer.StatusCode, 1, (_, count) => count + 1);
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                begun.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                using var ended = await person.DeleteAsync(answer.Headers.Location);
            }
        }
    }
}
