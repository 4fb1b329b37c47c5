using Microsoft.AspNetCore.Authorization;

namespace RingPortal.Web.Account.Staff;

/// <summary>Staff gave a second factor when they signed in.</summary>
/// <param name="MayAct">Whether it must be recent enough to change something.</param>
internal sealed record SecondFactorRequirement(bool MayAct) : IAuthorizationRequirement;

internal sealed class SecondFactorHandler(TimeProvider time) : AuthorizationHandler<SecondFactorRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, SecondFactorRequirement requirement)
    {
        var staff = StaffMember.Of(context.User);
        if (requirement.MayAct ? staff?.MayAct(time.GetUtcNow()) is true : staff?.SecondFactorAt is not null)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
