using System.Reflection;
using Hangfire;
using Hangfire.Common;
using Hangfire.Server;
using RingPortal.Web.Jobs;

namespace RingPortal.Tests.Conventions;

public sealed class JobConventionTests
{
    /// <summary>What may travel through the job storage: ids and small plain values, never rows.</summary>
    private static readonly HashSet<Type> s_plain =
        [typeof(Guid), typeof(int), typeof(long), typeof(string), typeof(DateTimeOffset), typeof(CancellationToken), typeof(PerformContext)];

    [Fact]
    public void Everything_In_The_Timetable_Is_A_Job()
    {
        var timetable = new Timetable();

        JobSchedule.Register(timetable);

        Assert.True(timetable.Jobs.Count >= 4, $"Only {timetable.Jobs.Count} jobs are in the timetable.");
        Findings.None(timetable.Jobs.Where(job => !IsJob(job.Type)).Select(job => job.Type.FullName));
    }

    [Fact]
    public void Everything_That_Is_Enqueued_Is_A_Job()
    {
        string[] verbs = ["Enqueue", "Schedule", "AddOrUpdate", "ContinueJobWith"];
        var enqueued = Product.Parts(Product.Web)
            .SelectMany(part => CodeUses.Of(part.Part))
            .OfType<MethodInfo>()
            .Where(method => method is { IsGenericMethod: true, DeclaringType.Namespace: "Hangfire" } && verbs.Contains(method.Name))
            .Select(method => method.GetGenericArguments()[0])
            .ToHashSet();

        Assert.NotEmpty(enqueued);
        Findings.None(enqueued.Where(type => !IsJob(type)).Select(type => type.FullName));
    }

    [Fact]
    public void Jobs_Take_Ids()
    {
        var jobs = Product.Types.Where(type => IsJob(type) && type is { IsClass: true, IsAbstract: false }).ToList();

        var heavy = Product.Methods(jobs).Where(method => method.IsPublic && method.GetParameters().Any(parameter => !s_plain.Contains(parameter.ParameterType)));

        Assert.True(jobs.Count >= 4, $"Only {jobs.Count} jobs were looked at.");
        Findings.None(heavy.Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
    }

    private static bool IsJob(Type type) => type.Name.EndsWith("Job", StringComparison.Ordinal);

    private sealed class Timetable : IRecurringJobManager
    {
        public List<Job> Jobs { get; } = [];

        public void AddOrUpdate(string recurringJobId, Job job, string cronExpression, RecurringJobOptions options) => Jobs.Add(job);

        public void RemoveIfExists(string recurringJobId)
        {
        }

        public void Trigger(string recurringJobId)
        {
        }
    }
}
