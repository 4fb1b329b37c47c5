using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;

namespace RingPortal.Simulator.Control;

/// <summary>JSON in and out of the controls. A wrong body is the caller's mistake: 400 with the reason.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static IResult Answer<T>(T body) => Results.Json(body, Json);

    public static async Task<T> ReadAsync<T>(this HttpContext context)
    {
        try
        {
            return await context.Request.ReadFromJsonAsync<T>(Json, context.RequestAborted) ?? throw new BadHttpRequestException("The body is null.");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new BadHttpRequestException(wrong.Message, wrong);
        }
    }

    /// <summary>The body, or what stands for an absent one.</summary>
    public static async Task<T> ReadOrNewAsync<T>(this HttpContext context)
        where T : class, new() => context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true } ? await context.ReadAsync<T>() : new T();

    /// <summary>A choice in the address, by its name or as the wire writes it: <c>OtherMotion</c>, <c>other_motion</c>.</summary>
    public static T? Choice<T>(string? text)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text))
            return null;

        return Enum.TryParse<T>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw new BadHttpRequestException($"{text} is none of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>What there is, with the members of the body in place of its own.</summary>
    public static async Task<T> ReadOverAsync<T>(this HttpContext context, T present)
        where T : class
    {
        var changes = await context.ReadAsync<JsonObject>();
        var merged = JsonSerializer.SerializeToNode(present, Json)!.AsObject();
        foreach (var (name, value) in changes)
            merged[name] = value?.DeepClone();

        try
        {
            return merged.Deserialize<T>(Json)!;
        }
        catch (JsonException wrong)
        {
            throw new BadHttpRequestException(wrong.Message, wrong);
        }
    }

    /// <summary>A value that the simulator refuses is the caller's mistake.</summary>
    public static T Try<T>(Func<T> set)
    {
        try
        {
            return set();
        }
        catch (Exception wrong) when (wrong is ArgumentException or KeyNotFoundException)
        {
            throw new BadHttpRequestException(wrong.Message, wrong);
        }
    }
}
