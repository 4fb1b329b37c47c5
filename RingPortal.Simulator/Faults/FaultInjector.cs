using System.Globalization;
using RingPortal.Simulator.Ledger;
using RingPortal.Simulator.Media;
using RingPortal.Simulator.Wire;

namespace RingPortal.Simulator.Faults;

/// <summary>Lets Ring's operations fail as planned, at the edge of the wire.</summary>
internal sealed class FaultInjector(RequestDelegate next, FaultPlan plan)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<WireOperation>() is not { } wire)
        {
            await next(context);
            return;
        }

        var held = plan.TakeGate(wire.Operation);
        if (held is { AfterEffect: false })
            await held.PassAsync(context.RequestAborted);

        await FailAsync(context, plan.Take(wire.Operation), held is { AfterEffect: true } ? held : null);
    }

    private async Task FailAsync(HttpContext context, Fault? fault, FaultGate? after)
    {
        switch (fault?.Kind)
        {
            case null:
                await AnswerAsync(context, after);
                break;
            case FaultKind.Slow:
                await Task.Delay(fault.Delay, context.RequestAborted);
                await AnswerAsync(context, after);
                break;
            case FaultKind.DropBefore:
                Drop(context, fault);
                break;
            case FaultKind.DropAfter:
                context.Response.Body = new MemoryStream();
                await next(context);
                Drop(context, fault);
                break;
            default:
                await ErrorAsync(context, fault);
                break;
        }
    }

    private async Task AnswerAsync(HttpContext context, FaultGate? after)
    {
        if (after is null)
        {
            await next(context);
            return;
        }

        var wire = context.Response.Body;
        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await next(context);
        await after.PassAsync(context.RequestAborted);
        context.Response.Body = wire;
        answer.Position = 0;
        await answer.CopyToAsync(wire, context.RequestAborted);
    }

    private static void Drop(HttpContext context, Fault fault)
    {
        context.Notes().Summary = $"planned fault: {fault.Describe()}";
        context.Notes().Dropped = true;
        context.Abort();
    }

    private static async Task ErrorAsync(HttpContext context, Fault fault)
    {
        if (fault.RetryAfterSeconds is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        context.Response.StatusCode = fault.Status;
        if (fault.Kind == FaultKind.HtmlBody)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync("<!doctype html><title>Sorry</title><p>The service is not available.</p>", context.RequestAborted);
        }
        else if (fault.Kind == FaultKind.Answer)
        {
            const string reason = "This answer was asked for in the simulator.";
            if (MediaErrors.Has(context.Notes().Operation))
                await context.RefuseMedia(fault.Status, reason, fault.Code).ExecuteAsync(context);
            else
                await context.RefuseAsync(fault.Status, "Planned fault", reason);
        }

        context.Notes().Summary = $"planned fault: {fault.Describe()}";
    }
}
