using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RingPortal.Data;
using RingPortal.Migrations;
using RingPortal.Web.Hosting;

namespace RingPortal.Tests.Conventions;

/// <summary>The product's assemblies as the conventions see them: what people wrote, without what tools generate.</summary>
internal static class Product
{
    public static Assembly Web { get; } = typeof(PortalApplication).Assembly;

    public static Assembly Data { get; } = typeof(RingPortalContext).Assembly;

    public static Assembly Migrations { get; } = typeof(PortalMigrator).Assembly;

    public static IReadOnlyList<Assembly> Assemblies { get; } = [Web, Data, Migrations];

    /// <summary>Types that were written in a source file.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsWritten)];

    /// <summary>Pages and components.</summary>
    public static IReadOnlyList<Type> Components { get; } = [.. Types.Where(type => typeof(IComponent).IsAssignableFrom(type))];

    /// <summary>Methods that were written in a source file, of written types.</summary>
    public static IEnumerable<MethodInfo> Methods(IEnumerable<Type> types) => types
        .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static))
        .Where(method => !method.IsSpecialName && !IsGenerated(method) && !method.Name.Contains('<', StringComparison.Ordinal));

    /// <summary>Every type of an assembly, lambdas' and state machines' classes too, with the written type it belongs to.</summary>
    public static IEnumerable<(Type Part, Type Owner)> Parts(Assembly assembly) => assembly.GetTypes().Select(type => (type, Owner(type)));

    public static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>)));

    /// <summary>Whether the method's name and parameters were chosen by someone else: it overrides or implements.</summary>
    public static bool IsPrescribed(MethodInfo method) =>
        method.GetBaseDefinition().DeclaringType != method.DeclaringType
        || method.DeclaringType!.GetInterfaces().Any(contract => method.DeclaringType.IsInterface is false && method.DeclaringType.GetInterfaceMap(contract).TargetMethods.Contains(method));

    private static Type Owner(Type type) => type.IsNested && !IsWritten(type) ? Owner(type.DeclaringType!) : type;

    private static bool IsWritten(Type type) =>
        !IsGenerated(type)
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.Name != "_Imports"
        && !typeof(Migration).IsAssignableFrom(type)
        && !typeof(ModelSnapshot).IsAssignableFrom(type)
        && type.Namespace?.StartsWith("RingPortal", StringComparison.Ordinal) == true
        && (type.DeclaringType is null || IsWritten(type.DeclaringType));

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), false) || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), false);
}
