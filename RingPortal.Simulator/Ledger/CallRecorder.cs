using System.Diagnostics;
using RingPortal.Simulator.Hosting;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Ledger;

/// <summary>Writes every inbound call into the ledger, also those that end without an answer.</summary>
internal sealed partial class CallRecorder(RequestDelegate next, CallLedger ledger, SimulatorClock clock, ILogger<CallRecorder> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OwnPage>() is not null)
        {
            await next(context);
            return;
        }

        var notes = new CallNotes();
        if (context.GetEndpoint()?.Metadata.GetMetadata<WireOperation>() is { } wire)
            notes.Operation = wire.Operation;

        context.Features.Set(notes);
        context.Response.Headers["X-Request-ID"] = Guid.NewGuid().ToString();
        var start = Stopwatch.GetTimestamp();
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException wrong) when (!context.Response.HasStarted)
        {
            await context.RefuseAsync(wrong.StatusCode, "Bad Request", wrong.Message, loud: true);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer; the ledger is the only one who wants to know.
            notes.Dropped = true;
            notes.Summary = "the caller went away";
        }
        catch
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            notes.Summary = "the simulator itself failed; see its console";
            throw;
        }
        finally
        {
            Record(context, notes, Stopwatch.GetElapsedTime(start));
        }
    }

    private void Record(HttpContext context, CallNotes notes, TimeSpan duration)
    {
        var status = notes.Dropped ? 0 : context.Response.StatusCode;
        var call = ledger.Add(new RecordedCall(
            0, clock.GetUtcNow(), false, notes.Operation, notes.Account, context.Request.Method, context.Request.Path, status, duration, notes.Summary, notes.Loud));

        if (call.Loud)
            Log.Mistake(logger, call.Method, call.Path, call.Status, call.Summary);
        else
            Log.Call(logger, call.Method, call.Path, call.Status, call.Summary);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "portal -> Ring {Method} {Path} {Status} {Summary}")]
        public static partial void Call(ILogger logger, string method, string path, int status, string summary);

        [LoggerMessage(2, LogLevel.Error, "portal -> Ring {Method} {Path} {Status} {Summary}: the caller is wrong")]
        public static partial void Mistake(ILogger logger, string method, string path, int status, string summary);
    }
}
