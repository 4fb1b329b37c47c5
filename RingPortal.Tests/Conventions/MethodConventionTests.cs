using System.Reflection;
using Microsoft.AspNetCore.Http;
using RingPortal.Web.Components.Theme;
using RingPortal.Web.Features.Tokens;
using RingPortal.Web.Hosting;
using RingPortal.Web.Hosting.StartUp;

namespace RingPortal.Tests.Conventions;

public sealed class MethodConventionTests
{
    /// <summary>They hold the process itself, from its first line to its last; nobody is left to cancel them.</summary>
    private static readonly Type[] s_entryPoints = [typeof(PortalApplication), typeof(StartUpGuard), typeof(HealthProbe)];

    /// <summary>Methods that nothing may stop, or that lean on one that cannot be stopped.</summary>
    private static readonly HashSet<string> s_unstoppable =
    [
        // Once Ring has been asked, the answer must be stored whoever waits for it.
        $"{typeof(TokenRenewal).FullName}.{nameof(TokenRenewal.RenewAsync)}",
        // The framework's renderer takes no token.
        $"{typeof(ThemeSheetWriter).FullName}.{nameof(ThemeSheetWriter.WriteAsync)}",
    ];

    private static readonly List<MethodInfo> s_asynchronous =
        [.. Product.Methods(Product.Types).Where(method => Product.IsTask(method.ReturnType) && !Product.IsPrescribed(method))];

    [Fact]
    public void Asynchronous_Methods_End_In_Async()
    {
        Assert.True(s_asynchronous.Count > 60, $"Only {s_asynchronous.Count} methods were looked at.");
        Findings.None(Names(s_asynchronous.Where(method => !method.Name.EndsWith("Async", StringComparison.Ordinal))));
    }

    [Fact]
    public void Public_Asynchronous_Methods_Take_A_Cancellation_Token()
    {
        var offered = s_asynchronous.Where(method => method.IsPublic && !s_entryPoints.Contains(method.DeclaringType) && !Product.Components.Contains(method.DeclaringType)).ToList();

        var without = offered.Where(method => !method.GetParameters().Any(parameter => BringsToken(parameter.ParameterType)));

        Assert.True(offered.Count > 30, $"Only {offered.Count} methods were looked at.");
        Findings.None(Names(without).Except(s_unstoppable));
    }

    [Fact]
    public void The_Cancellation_Token_Comes_Last()
    {
        var cancellable = Product.Methods(Product.Types)
            .Where(method => !Product.IsPrescribed(method) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
            .ToList();

        Assert.True(cancellable.Count > 60, $"Only {cancellable.Count} methods were looked at.");
        Findings.None(Names(cancellable.Where(method => method.GetParameters()[^1].ParameterType != typeof(CancellationToken))));
    }

    /// <summary>A request brings its token along, and what belongs to a request brings the request.</summary>
    private static bool BringsToken(Type type) =>
        type == typeof(CancellationToken) || type == typeof(HttpContext) || type.GetProperty(nameof(HttpContext))?.PropertyType == typeof(HttpContext);

    private static IEnumerable<string> Names(IEnumerable<MethodInfo> methods) => methods.Select(method => $"{method.DeclaringType!.FullName}.{method.Name}");
}
