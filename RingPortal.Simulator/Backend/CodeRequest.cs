using System.Net.Mime;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RingPortal.Simulator.Backend;

/// <summary>The Token Exchange request in each of the shapes that a partner must accept (contract 2.1.1).</summary>
internal static class CodeRequest
{
    private const string Form = "application/x-www-form-urlencoded";

    public static HttpRequestMessage Build(BodyVariant variant, Uri target, string code, string? verifier)
    {
        var escaped = Uri.EscapeDataString(code);
        var (body, type) = variant switch
        {
            BodyVariant.V2FormCharset => ($"code={escaped}", "Application/X-WWW-Form-URLEncoded; charset=UTF-8"),
            BodyVariant.V3FormUntyped => ($"code={escaped}", null),
            BodyVariant.V4JsonUntyped => (Json(("code", code)), null),
            BodyVariant.V5Json => (Json(("code", code)), MediaTypeNames.Application.Json),
            BodyVariant.V6JsonGrant => (Json(("code", code), ("grant_type", "authorization_code"), ("redirect_uri", target.AbsoluteUri)), MediaTypeNames.Application.Json),
            BodyVariant.V7FormOtherName => ($"authorization_code={escaped}", Form),
            BodyVariant.V7JsonOtherName => (Json(("authorization_code", code)), MediaTypeNames.Application.Json),
            BodyVariant.V8Query => ("", null),
            BodyVariant.V9Extra => ($"state=9f2c&scope=ava.devices&client_id=other&account=someone&code={escaped}&later=1", Form),
            BodyVariant.V10Verifier => ($"code={escaped}&code_verifier={Uri.EscapeDataString(verifier!)}", Form),
            _ => ($"code={escaped}", Form),
        };
        var address = variant == BodyVariant.V8Query ? new UriBuilder(target) { Query = $"code={escaped}" }.Uri : target;
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (type is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        return request;
    }

    private static string Json(params (string Name, string Value)[] members) =>
        new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Value))).ToJsonString(JsonSerializerOptions.Web);
}
