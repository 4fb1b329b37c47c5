using System.Net;
using System.Net.Mime;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RingPortal.Data;
using RingPortal.Data.Admin;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>
/// Posts messages to the operators' own address. A row is taken for a minute while it is posted; what is not taken is tried
/// again, later and later, for about a day. A crash after the other side's yes posts it twice, with the same id.
/// </summary>
internal sealed partial class AlarmPosting(
    RingPortalContext context, IHttpClientFactory clients, IOptions<AlarmsOptions> options, Alarms alarms, TimeProvider clock, ILogger<AlarmPosting> logger)
{
    /// <summary>Name of the HTTP client: no redirects, ten seconds.</summary>
    public const string Client = "alarms";

    /// <summary>The header that tells a second try from a second message.</summary>
    public const string IdHeader = "X-Alarm-Message-Id";

    private const int MostAttempts = 20;
    private const int MostPerRun = 50;
    private const int AlarmingAttempt = 5;
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromHours(2);

    /// <summary>Posts what is due, oldest first.</summary>
    public async Task PostDueAsync(CancellationToken cancellationToken)
    {
        for (var posted = 0; posted < MostPerRun && options.Value.WebhookUrl is { } url && await TakeAsync(cancellationToken) is { } post; posted++)
        {
            var error = await PostAsync(url, post.Id, post.Body, cancellationToken);
            await SettleAsync(post, error, cancellationToken);
        }
    }

    /// <summary>Posts one message now.</summary>
    /// <returns>Why it was not taken: a status or the kind of failure; null when it was.</returns>
    public async Task<string?> PostAsync(Uri url, Guid id, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, MediaTypeNames.Application.Json) };
            request.Headers.Add(IdHeader, id.ToString());
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (HttpRequestException failure)
        {
            return failure.HttpRequestError.ToString();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return nameof(HttpStatusCode.RequestTimeout);
        }
    }

    private async Task<AlarmPost?> TakeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var taken = await context.AlarmPosts.FromSql(
            $"""
            UPDATE alarm_posts SET next_attempt_at = {now + s_lease}, attempts = attempts + 1
            WHERE id = (SELECT id FROM alarm_posts WHERE next_attempt_at <= {now} ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING *
            """).AsNoTracking().ToListAsync(cancellationToken);
        return taken.SingleOrDefault();
    }

    private async Task SettleAsync(AlarmPost post, string? error, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? sent = error is null ? now : null;
        DateTimeOffset? next = error is null || post.Attempts >= MostAttempts ? null : now + PauseAfter(post.Attempts);
        // The other side has it, or not: this must be written even when the host stops.
        await context.AlarmPosts.Where(row => row.Id == post.Id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.SentAt, sent).SetProperty(row => row.NextAttemptAt, next).SetProperty(row => row.LastError, error), CancellationToken.None);
        if (error is not null)
        {
            Log.NotTaken(logger, post.Id, post.Attempts, error);
            if (post.Attempts == AlarmingAttempt)
            {
                await alarms.RaiseAsync(AlarmCauses.Posting, $"Alarms cannot be posted ({error}). Operators may not hear of alarms: check Alarms__WebhookUrl and who answers there.", cancellationToken);
            }
        }
        else if (post.Attempts > 1)
        {
            await alarms.ResolveAsync(AlarmCauses.Posting, cancellationToken);
        }
    }

    private static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromMinutes(Math.Pow(2, Math.Min(attempts - 1, 7)));
        return pause < s_longestPause ? pause : s_longestPause;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Alarm message {PostId} was not taken at try {Attempt}: {Error}")]
        public static partial void NotTaken(ILogger logger, Guid postId, int attempt, string error);
    }
}
