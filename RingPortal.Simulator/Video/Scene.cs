using System.Globalization;
using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Video;

/// <summary>What a camera sees: a drawn place with something that moves, and the marks that Ring burns in. See README.md.</summary>
internal sealed class Scene
{
    public const int FramesPerSecond = 15;

    /// <summary>Blocks of the frame counter along the bottom edge.</summary>
    public const int CounterBits = 24;

    private const int CounterTop = Picture.Height - 16, BlockWidth = Picture.Width / CounterBits;
    private const int TimeWidth = 19 * 12, TimeLeft = Picture.Width - TimeWidth - 12, ClockWidth = 8 * 24, ClockLeft = Picture.Width - ClockWidth - 12;
    private const string App = "RingPortal";

    private readonly Picture place;
    private readonly Mover mover;
    private string told = "";

    public Scene(RingDevice device)
    {
        place = Backdrop.Draw(device.Model);
        Mark(device);
        mover = Mover.Of(device.Model);
        Picture = place.Copy();
    }

    /// <summary>The frame as it was drawn last.</summary>
    public Picture Picture { get; }

    /// <summary>Draws a frame over the one before; only what changed is touched.</summary>
    public void Draw(int frame, DateTimeOffset time)
    {
        mover.Move(Picture, place, frame);
        Count(frame);
        var text = time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        if (text == told)
            return;

        Picture.Restore(place, TimeLeft, 52, TimeWidth, 16);
        Picture.Text(TimeLeft, 52, 2, text, Paint.White);
        Picture.Restore(place, ClockLeft, CounterTop - 44, ClockWidth, 32);
        Picture.Text(ClockLeft, CounterTop - 44, 4, text[11..], Paint.White);
        told = text;
    }

    private void Mark(RingDevice device)
    {
        place.Disc(32, 32, 18, Paint.White);
        place.Disc(32, 32, 12, Paint.Of(0x1998D5));
        place.Text(60, 18, 4, "ring", Paint.White);
        Right(12, device.Id);
        Right(32, App);
        place.Fill(0, CounterTop - 56, Picture.Width, 56, Paint.Of(0x16202B));
        place.Text(12, CounterTop - 44, 4, Short(device.Name), Paint.White);
    }

    private void Right(int top, string text) => place.Text(Picture.Width - (text.Length * 12) - 12, top, 2, text, Paint.White);

    private static string Short(string name) => name.Length <= 20 ? name : name[..17] + "...";

    /// <summary>The lowest 24 bits of the frame's number, the highest at the left, white for one.</summary>
    private void Count(int frame)
    {
        for (var block = 0; block < CounterBits; block++)
        {
            var paint = ((frame >> (CounterBits - 1 - block)) & 1) == 1 ? Paint.White : Paint.Black;
            var middle = ((CounterTop + 8) * Picture.Width) + (block * BlockWidth);
            if (Picture.Luma[middle] != paint.Luma)
                Picture.Fill(block * BlockWidth, CounterTop, BlockWidth, 16, paint);
        }
    }
}
