using Microsoft.AspNetCore.Http.HttpResults;

namespace RingPortal.Web.Components;

internal static class BrandEndpoints
{
    public static void MapBrandEndpoints(this IEndpointRouteBuilder endpoints)
    {
        var brand = endpoints.MapGroup("/brand").AllowAnonymous().WithMetadata(new PublicAsset());
        string[] reading = [HttpMethods.Get, HttpMethods.Head];
        brand.MapMethods("/logo", reading, (BrandAssets assets, HttpResponse response) => Send(assets.Logo, response));
        brand.MapMethods("/logo-dark", reading, (BrandAssets assets, HttpResponse response) => Send(assets.LogoDark ?? assets.Logo, response));
        brand.MapMethods("/icon", reading, (BrandAssets assets, HttpResponse response) => Send(assets.Icon, response));
    }

    private static Results<FileContentHttpResult, NotFound> Send(BrandPicture? picture, HttpResponse response)
    {
        if (picture is null)
            return TypedResults.NotFound();

        // A new logo has the same address, so it is kept for an hour only.
        response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Bytes(picture.Content, picture.ContentType);
    }
}
