using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using System.Reflection;

namespace RingPortal.Tests.Conventions;

public sealed class TypeConventionTests
{
    [Fact]
    public void Classes_Are_Sealed_Unless_Something_Derives_From_Them()
    {
        var classes = Product.Types.Where(type => type is { IsClass: true, IsAbstract: false } && !typeof(IComponent).IsAssignableFrom(type)).ToList();
        var parents = Product.Types.Select(type => type.BaseType is { IsGenericType: true } parent ? parent.GetGenericTypeDefinition() : type.BaseType).ToHashSet();

        var open = classes.Where(type => !type.IsSealed && !parents.Contains(type)).Select(type => type.FullName);

        Assert.True(classes.Count > 60, $"Only {classes.Count} classes were looked at.");
        Findings.None(open);
    }

    [Fact]
    public void Names_Say_What_A_Type_Does()
    {
        string[] drawers = ["Manager", "Helper", "Helpers", "Util", "Utils"];

        Findings.None(Product.Types.Where(type => drawers.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal))).Select(type => type.FullName));
    }

    [Fact]
    public void Interfaces_Have_Two_Implementations_Or_Face_The_Outside()
    {
        // A border to the outside that has one implementation so far is named here with its reason.
        HashSet<string> borders = [];
        var lonely = Product.Types.Where(type => type.IsInterface && Product.Types.Count(other => other is { IsClass: true, IsAbstract: false } && type.IsAssignableFrom(other)) < 2);

        Findings.None(lonely.Select(type => type.Name).Except(borders));
    }

    [Fact]
    public void Every_Section_Of_Settings_Has_A_Validator()
    {
        var sections = Product.Types.Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is not null).ToList();

        var unchecked_ = sections.Where(section => !Product.Types.Any(type => typeof(IValidateOptions<>).MakeGenericType(section).IsAssignableFrom(type)));

        Assert.True(sections.Count >= 4, $"Only {sections.Count} sections were looked at.");
        Findings.None(unchecked_.Select(section => section.FullName));
    }

    [Fact]
    public void Log_Classes_Are_Nested_And_Count_Their_Events_From_One()
    {
        var methods = Product.Types
            .SelectMany(type => type.GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => (Type: method.DeclaringType!, Event: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(found => found.Event is not null)
            .GroupBy(found => found.Type)
            .ToList();

        Assert.True(methods.Count >= 5, $"Only {methods.Count} log classes were looked at.");
        Findings.None(methods.Where(log => log.Key is not { Name: "Log", IsNestedPrivate: true }).Select(log => log.Key.FullName));
        Findings.None(methods
            .Where(log => !log.Select(found => found.Event!.EventId).Order().SequenceEqual(Enumerable.Range(1, log.Count())))
            .Select(log => log.Key.FullName));
    }
}
