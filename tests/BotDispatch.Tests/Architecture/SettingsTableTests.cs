using System.Text.RegularExpressions;
using BotDispatch.Hosting;
using BotDispatch.Settings;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Architecture;

/// <summary>Holds the table in src/docs/settings.md, appsettings.json and the code to each other.</summary>
public sealed partial class SettingsTableTests
{
    // A JSON body, a filter and a connection string are often written over several lines, and no header is made of them.
    [Theory]
    [InlineData("Tickets:Http:NoteBody"), InlineData("Tickets:Http:StatusBody"), InlineData("Tickets:Http:AssigneeBody"), InlineData("Tickets:Http:Description")]
    [InlineData("Ldap:Filter"), InlineData("Storage:ConnectionString")]
    public void A_text_that_is_written_over_several_lines_is_accepted(string name) =>
        StartCheck.Catalogue.Find(name).ShouldNotBeNull(name).ProblemWith("first\r\n  second\tthird").ShouldBeNull();

    // What is said in words, because it is no value that could be written: nothing by default, or another company's address.
    static readonly string[] InWords =
    [
        "", "Routee's own", "Slack's own", "the public cloud's", "beside the database in Development", "sample people in Development", "sample lists in Development", "sample tickets in Development",
        "in Development without `Teams:AppId`", "everybody",
    ];

    static readonly List<(string[] Names, string Default)> Rows =
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, "src", "docs", "settings.md"))
           where line.StartsWith("| `", StringComparison.Ordinal)
           let cells = line.Split(" | ")
           select (Backticked().Matches(cells[0]).Select(name => name.Groups[1].Value).ToArray(), line.Contains(" | | ", StringComparison.Ordinal) ? "" : cells[1].Trim()),
    ];

    [Fact]
    public void Every_setting_of_the_readme_is_one_of_the_code_and_the_reverse() =>
        Rows.SelectMany(row => row.Names).ShouldBe(StartCheck.Catalogue.All.Select(setting => setting.Name), ignoreOrder: true);

    [Fact]
    public void The_readme_says_the_defaults_of_the_code()
    {
        foreach (var (names, written) in Rows)
        {
            var settings = names.Select(name => StartCheck.Catalogue.Find(name).ShouldNotBeNull()).ToList();
            if (InWords.Contains(written))
            {
                settings.ShouldAllBe(setting => setting.Default == "" || setting.Default.StartsWith("https://", StringComparison.Ordinal));
                continue;
            }
            var defaults = written.Split(", ");
            defaults.Length.ShouldBe(names.Length, written);
            foreach (var (setting, value) in settings.Zip(defaults))
                setting.Canonical(value.Trim('`')).ShouldBe(setting.Canonical(setting.Default), setting.Name);
        }
    }

    [Fact]
    public void What_is_shipped_says_the_defaults_of_the_code()
    {
        var shipped = WrittenSettings.Read(new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build())
            .Select(written => (Setting: StartCheck.Catalogue.Find(written.Name), written.Value)).Where(each => each.Setting is not null).ToList();
        shipped.Count.ShouldBeGreaterThan(15);
        foreach (var (setting, value) in shipped)
            setting!.Canonical(value!).ShouldBe(setting.Canonical(setting.Default), setting.Name, StringCompareShould.IgnoreCase);
    }

    [Fact]
    public void Every_class_of_options_is_checked_at_the_start() =>
        typeof(StartCheck).Assembly.GetTypes().Where(type => !type.IsNested && type.Namespace?.StartsWith("BotDispatch", StringComparison.Ordinal) == true && type.Name.EndsWith("Options", StringComparison.Ordinal))
            .ShouldBe(StartCheck.BoundTypes, ignoreOrder: true);

    [Fact]
    public void Every_default_can_be_written_as_it_is() =>
        StartCheck.Catalogue.All.Where(setting => setting.Default.Length > 0 && setting.ProblemWith(setting.Default) is not null).ShouldBeEmpty();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Backticked();
}
