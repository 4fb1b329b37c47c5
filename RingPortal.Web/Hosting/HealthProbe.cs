namespace RingPortal.Web.Hosting;

/// <summary>Asks a health address, for container images without any other tool to do it.</summary>
internal static class HealthProbe
{
    /// <summary>0 when the address answers well, else 1.</summary>
    public static async Task<int> RunAsync(string address)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var answer = await client.GetAsync(new Uri(address));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return 1;
        }
    }
}
