using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using RingPortal.Data.Admin;
using RingPortal.Web.Account.Staff;

namespace RingPortal.Web.Features.Admin.Alarming;

/// <summary>What operators do with an alarm; each act is in the audit trail and in the alarm's history.</summary>
internal sealed class AlarmActs(StaffActs acts, TimeProvider clock)
{
    /// <summary>How long an alarm is muted.</summary>
    public static readonly TimeSpan Mute = TimeSpan.FromHours(1);

    /// <summary>"I am on it."</summary>
    public Task<ActOutcome> TakeAsync(ClaimsPrincipal person, AlarmView alarm, string reason, CancellationToken cancellationToken)
    {
        var (now, who) = (clock.GetUtcNow(), StaffMember.Of(person)?.UserId);
        return acts.RunAsync(person, Act("alarm.taken", alarm, reason), async (context, token) =>
        {
            var taken = await context.Alarms.Where(row => row.Id == alarm.Id && row.ResolvedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TakenBy, who).SetProperty(row => row.TakenAt, now), token);
            context.AlarmNotes.Add(new AlarmNote { AlarmId = alarm.Id, At = now, Kind = "taken", StaffUserId = who });
            return Result(taken);
        }, cancellationToken);
    }

    /// <summary>Nobody is written to for an hour; if it still fires then, there is another message.</summary>
    public Task<ActOutcome> MuteAsync(ClaimsPrincipal person, AlarmView alarm, string reason, CancellationToken cancellationToken)
    {
        var (now, who) = (clock.GetUtcNow(), StaffMember.Of(person)?.UserId);
        DateTimeOffset? until = now + Mute;
        return acts.RunAsync(person, Act("alarm.muted", alarm, reason), async (context, token) =>
        {
            var muted = await context.Alarms.Where(row => row.Id == alarm.Id && row.ResolvedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.MutedUntil, until).SetProperty(row => row.NextMessageAt, until), token);
            context.AlarmNotes.Add(new AlarmNote { AlarmId = alarm.Id, At = now, Kind = "muted", StaffUserId = who });
            return Result(muted);
        }, cancellationToken);
    }

    private static StaffAct Act(string action, AlarmView alarm, string reason) => new(action, $"alarm:{alarm.Id}", reason) { Details = new { key = alarm.Key } };

    private static ActResult Result(int changed) => changed > 0 ? new ActResult(changed) : new ActResult(0, "admin.alarm.gone");
}
