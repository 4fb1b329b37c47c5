using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Video;

/// <summary>A recorded clip: what a camera saw for a while, as MP4.</summary>
internal static class Film
{
    private const int LongAsSeconds = 60, LongRate = 2, KeySeconds = 4;

    /// <summary>Long clips have few frames a second, so that they stay small.</summary>
    public static byte[] Make(RingDevice device, DateTimeOffset start, TimeSpan length, int? wantedRate)
    {
        var rate = Math.Min(wantedRate ?? Scene.FramesPerSecond, length.TotalSeconds > LongAsSeconds ? LongRate : Scene.FramesPerSecond);
        var count = Math.Max(1, (int)Math.Round(length.TotalSeconds * rate));
        var (scene, writer) = (new Scene(device), new H264Writer());
        var samples = new List<Mp4Sample>(count);
        for (var number = 0; number < count; number++)
        {
            scene.Draw(number, start.AddSeconds((double)number / rate));
            var key = number % (rate * KeySeconds) == 0;
            samples.Add(new(writer.Write(scene.Picture, key)[^1], key));
        }

        return Mp4Writer.Write(samples, rate);
    }
}
