using RingPortal.Simulator.Accounts;

namespace RingPortal.Simulator.Video;

/// <summary>The places that cameras look at.</summary>
internal static class Backdrop
{
    public static Picture Draw(DeviceModel model)
    {
        var picture = new Picture();
        switch (model)
        {
            case DeviceModel.Doorbell:
                Outside(picture, 0x6FA8DC, 0xDCEBF7, 0x6B8F4E);
                Path(picture);
                House(picture, 520, 0xE8DCC8);
                Tree(picture, 96);
                break;
            case DeviceModel.BatteryCamera:
                Outside(picture, 0x7FB2C9, 0xE9F0E4, 0x5E8C45);
                Fence(picture);
                Tree(picture, 160);
                Tree(picture, 600);
                break;
            case DeviceModel.Camera4K:
                Outside(picture, 0x8496B0, 0xE6D5C3, 0x77706A);
                House(picture, 80, 0xCFC4B5);
                picture.Fill(0, 344, Picture.Width, 4, Paint.Of(0xE5E0D0));
                break;
            default:
                Inside(picture);
                break;
        }

        return picture;
    }

    private static void Outside(Picture picture, int sky, int horizon, int ground)
    {
        var (top, bottom) = (Paint.Of(sky), Paint.Of(horizon));
        for (var y = 0; y < 240; y += 2)
            picture.Fill(0, y, Picture.Width, 2, Paint.Between(top, bottom, y / 240.0));

        picture.Fill(0, 240, Picture.Width, Picture.Height - 240, Paint.Of(ground));
    }

    private static void Inside(Picture picture)
    {
        picture.Fill(0, 0, Picture.Width, 288, Paint.Of(0x9C8F80));
        picture.Fill(0, 288, Picture.Width, Picture.Height - 288, Paint.Of(0x6E5844));
        picture.Fill(560, 96, 112, 192, Paint.Of(0x5A4330));
        picture.Disc(656, 196, 6, Paint.Of(0xD8B45A));
        picture.Fill(96, 96, 160, 112, Paint.Of(0xCFE2EE));
        picture.Fill(172, 96, 8, 112, Paint.Of(0x6B6258));
    }

    private static void Path(Picture picture)
    {
        for (var y = 240; y < Picture.Height; y += 4)
            picture.Fill(360 - ((y - 240) / 2), y, 48 + (y - 240), 4, Paint.Of(0xB9B3A6));
    }

    private static void House(Picture picture, int left, int wall)
    {
        for (var y = 0; y < 48; y += 2)
            picture.Fill(left + 80 - (y * 2) - 16, 112 + y, 32 + (y * 4), 2, Paint.Of(0x7A3E32));

        picture.Fill(left, 160, 160, 96, Paint.Of(wall));
        picture.Fill(left + 64, 192, 32, 64, Paint.Of(0x4F6D5B));
        picture.Fill(left + 16, 184, 32, 32, Paint.Of(0xF4E3A1));
        picture.Fill(left + 112, 184, 32, 32, Paint.Of(0xF4E3A1));
    }

    private static void Tree(Picture picture, int center)
    {
        picture.Fill(center - 8, 176, 16, 80, Paint.Of(0x6B4A2F));
        picture.Disc(center, 150, 46, Paint.Of(0x3F6B35));
    }

    private static void Fence(Picture picture)
    {
        for (var x = 0; x < Picture.Width; x += 32)
            picture.Fill(x, 208, 16, 64, Paint.Of(0xA98B66));

        picture.Fill(0, 224, Picture.Width, 8, Paint.Of(0x8F7450));
    }
}
