using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using RingPortal.Data;
using RingPortal.Simulator.Hosting;

namespace RingPortal.Tests.Conventions;

public sealed class BoundaryConventionTests
{
    private const string Ring = "RingPortal.Web.Ring";
    private const string Wire = Ring + ".Wire";

    private static readonly List<(Type Owner, MemberInfo Used)> s_uses =
        [.. Product.Assemblies.SelectMany(Product.Parts).SelectMany(part => CodeUses.Of(part.Part).Select(used => (part.Owner, used)))];

    [Fact]
    public void Only_The_Ring_Folder_Knows_Rings_Wire_Format()
    {
        var inside = s_uses.Where(use => Within(use.Owner, Ring)).SelectMany(use => CodeUses.Types(use.Used)).Count(type => Within(type, Wire));
        var outside = s_uses.Where(use => !Within(use.Owner, Ring) && CodeUses.Types(use.Used).Any(type => Within(type, Wire)));

        Assert.True(inside > 20, $"Only {inside} uses of the wire format were seen at all.");
        Findings.None(outside.Select(Describe));
    }

    [Fact]
    public void The_Time_Comes_From_The_Time_Provider()
    {
        string[] clocks = ["get_Now", "get_UtcNow", "get_Today"];
        var readers = s_uses.Where(use => clocks.Contains(use.Used.Name) && (use.Used.DeclaringType == typeof(DateTime) || use.Used.DeclaringType == typeof(DateTimeOffset)));

        Assert.Contains(s_uses, use => use.Used.DeclaringType == typeof(TimeProvider) && use.Used.Name == nameof(TimeProvider.GetUtcNow));
        Findings.None(readers.Select(Describe));
    }

    [Fact]
    public void Logs_Are_Written_By_Generated_Methods_Only()
    {
        var classic = s_uses.Where(use => use.Used.DeclaringType == typeof(LoggerExtensions) && use.Used.Name.StartsWith("Log", StringComparison.Ordinal));

        Assert.Contains(s_uses, use => use.Used.DeclaringType == typeof(LoggerMessage));
        Findings.None(classic.Select(Describe));
    }

    [Fact]
    public void Pages_Hold_No_Queries()
    {
        var pages = s_uses.Where(use => Product.Components.Contains(use.Owner)).ToList();

        var queries = pages.Where(use => CodeUses.Types(use.Used).Any(type => typeof(DbContext).IsAssignableFrom(type) || type == typeof(IDbContextFactory<RingPortalContext>)));

        Assert.True(Product.Components.Count > 10, $"Only {Product.Components.Count} components were looked at.");
        Findings.None(queries.Select(Describe));
    }

    [Fact]
    public void The_Data_Project_Knows_Nothing_Of_The_Portal() =>
        Assert.DoesNotContain(Product.Data.GetReferencedAssemblies(), reference => reference.Name is "RingPortal.Web" or "RingPortal.Migrations");

    [Fact]
    public void The_Portal_And_The_Simulator_Share_No_Code()
    {
        var simulator = typeof(RingCloud).Assembly;

        Assert.DoesNotContain(simulator.GetReferencedAssemblies(), reference => reference.Name!.StartsWith("RingPortal", StringComparison.Ordinal));
        Assert.DoesNotContain(Product.Web.GetReferencedAssemblies(), reference => reference.Name == simulator.GetName().Name);
    }

    private static bool Within(Type type, string space) =>
        type.Namespace is { } own && (own == space || own.StartsWith(space + ".", StringComparison.Ordinal));

    private static string Describe((Type Owner, MemberInfo Used) use) => $"{use.Owner.FullName} uses {use.Used.DeclaringType?.FullName}.{use.Used.Name}";
}
