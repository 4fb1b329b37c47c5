using System.Reflection;
using System.Xml.Linq;

namespace RingPortal.Tests.Conventions;

public sealed class DocumentationConventionTests
{
    private static readonly HashSet<string> s_recordMembers = ["ToString", "Equals", "GetHashCode", "Deconstruct", "PrintMembers", "EqualityContract"];

    [Fact]
    public void Public_Types_And_Members_Of_The_Data_Are_Documented() => AssertDocumented(Product.Data, _ => true, 80);

    [Fact]
    public void Public_Types_And_Members_Of_The_Ring_Folder_Are_Documented() =>
        AssertDocumented(Product.Web, type => type.Namespace is { } space && (space == "RingPortal.Web.Ring" || space.StartsWith("RingPortal.Web.Ring.", StringComparison.Ordinal)), 40);

    private static void AssertDocumented(Assembly assembly, Func<Type, bool> belongs, int atLeast)
    {
        var documented = Documented(assembly);
        var types = Product.Types.Where(type => type.Assembly == assembly && type.IsVisible && belongs(type)).ToList();
        var wanted = types.Select(Id).Concat(types.SelectMany(Members)).ToList();

        Assert.True(wanted.Count >= atLeast, $"Only {wanted.Count} members were looked at.");
        Findings.None(wanted.Where(id => !documented.Contains(id)).Order());
    }

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        .Where(member => member is PropertyInfo or FieldInfo { IsSpecialName: false } or MethodInfo { IsSpecialName: false })
        .Where(member => !s_recordMembers.Contains(member.Name) && !member.Name.Contains('<', StringComparison.Ordinal))
        .Select(member => $"{Kind(member)}:{Name(type)}.{member.Name}");

    private static string Kind(MemberInfo member) => member switch { PropertyInfo => "P", FieldInfo => "F", _ => "M" };

    private static string Id(Type type) => "T:" + Name(type);

    private static string Name(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    /// <summary>Ids that have a text, without parameter lists; positional properties of records are described by their parameters.</summary>
    private static HashSet<string> Documented(Assembly assembly)
    {
        var members = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").Where(member => member.HasElements).ToList();
        var ids = members.Select(member => Bare((string)member.Attribute("name")!));
        var positional = members.SelectMany(member => member.Elements("param").Select(parameter => Positional((string)member.Attribute("name")!, (string)parameter.Attribute("name")!)));
        return [.. ids, .. positional];
    }

    private static string Bare(string id) => id.Split('(')[0].Split("``")[0];

    private static string Positional(string id, string parameter) => $"P:{Bare(id)[2..].Replace(".#ctor", "", StringComparison.Ordinal)}.{parameter}";
}
