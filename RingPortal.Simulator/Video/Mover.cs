using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Video;

/// <summary>Somebody or something that crosses the picture, back and forth.</summary>
internal abstract class Mover(int width, int height, int top, int speed)
{
    private int? last;

    public static Mover Of(DeviceModel model) => model switch
    {
        DeviceModel.Doorbell => new Person(0xC8452D),
        DeviceModel.BatteryCamera => new Animal(),
        DeviceModel.Camera4K => new Vehicle(),
        _ => new Person(0x4A6FA5),
    };

    public void Move(Picture picture, Picture place, int frame)
    {
        // A triangle wave: there and back again, on even columns.
        var way = Picture.Width - width - 32;
        var phase = frame * speed % (2 * way);
        var left = (16 + (phase < way ? phase : (2 * way) - phase)) & ~1;
        if (last == left)
            return;

        if (last is { } before)
            picture.Restore(place, before, top, width, height);

        Draw(picture, left, top, phase < way);
        last = left;
    }

    protected abstract void Draw(Picture picture, int left, int top, bool toTheRight);

    private sealed class Person(int coat) : Mover(32, 96, 258, 4)
    {
        private static readonly Paint Skin = Paint.Of(0xE2B08C), Trousers = Paint.Of(0x2E3A4A);

        protected override void Draw(Picture picture, int left, int top, bool toTheRight)
        {
            picture.Disc(left + 16, top + 12, 12, Skin);
            picture.Fill(left + 2, top + 24, 28, 40, Paint.Of(coat));
            picture.Fill(left + 4, top + 64, 10, 32, Trousers);
            picture.Fill(left + 18, top + 64, 10, 32, Trousers);
        }
    }

    private sealed class Animal() : Mover(64, 44, 308, 6)
    {
        private static readonly Paint Fur = Paint.Of(0x8A5A2B);

        protected override void Draw(Picture picture, int left, int top, bool toTheRight)
        {
            picture.Fill(left + 10, top + 12, 44, 18, Fur);
            picture.Disc(left + (toTheRight ? 54 : 10), top + 10, 10, Fur);
            picture.Fill(left + 14, top + 30, 6, 14, Fur);
            picture.Fill(left + 44, top + 30, 6, 14, Fur);
        }
    }

    private sealed class Vehicle() : Mover(96, 52, 300, 8)
    {
        private static readonly Paint Body = Paint.Of(0xB3261E), Glass = Paint.Of(0xCFE8F5), Tyre = Paint.Of(0x1C1C1C);

        protected override void Draw(Picture picture, int left, int top, bool toTheRight)
        {
            picture.Fill(left + 20, top, 52, 20, Body);
            picture.Fill(left + 26, top + 4, 18, 16, Glass);
            picture.Fill(left + 50, top + 4, 18, 16, Glass);
            picture.Fill(left, top + 20, 96, 22, Body);
            picture.Disc(left + 22, top + 42, 10, Tyre);
            picture.Disc(left + 74, top + 42, 10, Tyre);
        }
    }
}
