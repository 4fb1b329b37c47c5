using Microsoft.Extensions.Options;

namespace RingPortal.Web.Features.Tokens;

/// <summary>Section <c>Pool</c>: how long tokens nobody claims are kept, and when the pool is worth an alarm.</summary>
public sealed class PoolOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Pool";

    /// <summary>Nothing unclaimed lives longer than this, open arrivals or not.</summary>
    public static readonly TimeSpan HardCap = TimeSpan.FromMinutes(30);

    /// <summary>Minutes after which an unclaimed token is deleted (Ring's FAQ: 10 to 15).</summary>
    public int RetentionMinutes { get; set; } = 15;

    /// <summary>From this many unclaimed tokens on there is an alarm.</summary>
    public int AlarmSize { get; set; } = 1000;

    /// <summary>From this age (minutes) of the oldest unclaimed token on there is an alarm; above the hard cap of 30.</summary>
    public int AlarmAgeMinutes { get; set; } = 35;
}

internal sealed class PoolOptionsValidator : IValidateOptions<PoolOptions>
{
    public ValidateOptionsResult Validate(string? name, PoolOptions options)
    {
        var failures = new List<string>();
        if (options.RetentionMinutes is < 1 or > 30)
        {
            failures.Add("Pool__RetentionMinutes must be 1 to 30; Ring's FAQ asks for 10 to 15.");
        }

        if (options.AlarmSize < 1)
        {
            failures.Add("Pool__AlarmSize must be at least 1.");
        }

        if (options.AlarmAgeMinutes < 1)
        {
            failures.Add("Pool__AlarmAgeMinutes must be at least 1.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
