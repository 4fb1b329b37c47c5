namespace RingPortal.Web.Components;

/// <summary>Marks an endpoint whose answer is the same for everybody, so that signed-in browsers may keep it as well.</summary>
internal sealed class PublicAsset
{
    public const string Forever = "public, max-age=31536000, immutable";
}
