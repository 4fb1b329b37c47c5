using System.Text.RegularExpressions;
using RingPortal.Tests.Conventions;
using RingPortal.Tests.Infrastructure;
using RingPortal.Web.Features.Pruning;
using RingPortal.Web.Hosting.Setup;

namespace RingPortal.Tests.Deployment;

/// <summary>The list of settings is the code's: what can be set is listed and documented, and what is listed can be set.</summary>
public sealed partial class SettingsTests
{
    /// <summary>Read by the framework, by the telemetry library or before there are options.</summary>
    private static readonly string[] s_elsewhere = ["ASPNETCORE_URLS", "Management__Urls", "OTEL_EXPORTER_OTLP_ENDPOINT", "Embedded__DataPath", "Embedded__BinDir"];

    [Fact]
    public void Every_Option_In_The_Code_Is_Listed_And_Every_Listed_One_Is_In_The_Code()
    {
        var options = Product.Types.Where(type => type.GetField("Section")?.GetRawConstantValue() is string && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .SelectMany(type => Keys(type, (string)type.GetField("Section")!.GetRawConstantValue()!))
            .Concat(typeof(RetentionOptions).GetProperties().Select(period => $"{period.Name}__{nameof(RetentionPeriod.RetentionDays)}"))
            .Concat(s_elsewhere).ToHashSet();

        Assert.True(options.Count > 40, $"Only {options.Count} options were found.");
        Assert.Equal(options.Order(StringComparer.Ordinal), SettingCatalogue.All.Select(setting => setting.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_Table_For_Operators_Has_Every_Setting_With_Its_Meaning_And_Default()
    {
        var table = File.ReadLines(Path.Combine(Repository.Root, "docs", "operations.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .ToDictionary(row => row.Groups["key"].Value, row => (Meaning: row.Groups["meaning"].Value, Default: row.Groups["default"].Value.Trim('`')));

        foreach (var setting in SettingCatalogue.All)
        {
            Assert.True(table.ContainsKey(setting.Key), $"docs/operations.md does not tell of {setting.Key}");
            Assert.Equal((setting.Meaning.Replace("|", "\\|", StringComparison.Ordinal), setting.Required ? "required" : setting.Default), table[setting.Key]);
        }

        Findings.None(table.Keys.Except(SettingCatalogue.All.Select(setting => setting.Key)));
    }

    private static IEnumerable<string> Keys(Type options, string section) => options.GetProperties()
        .Where(property => property.CanWrite || typeof(IList<string>).IsAssignableFrom(property.PropertyType))
        .Select(property => $"{section}__{property.Name}{(typeof(IList<string>).IsAssignableFrom(property.PropertyType) ? "__0" : "")}");

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z_0-9]+)` \| (?<meaning>.*?) \| (?<default>.*?) \|$")]
    private static partial Regex Row();
}
