using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.File;
using BotDispatch.Files;
using NodaTime;

namespace BotDispatch.Tests.Employees;

public sealed class PeopleInJsonAndYamlTests
{
    // YamlDotNet 18.1.0 keeps every spelling as long as no type is asked for; with its option for unquoted types the first would be a number without its plus.
    [Fact]
    public void Yaml_keeps_every_spelling()
    {
        var read = Yaml("- id: 012\n  name: no\n  phone: +306971234567\n  language: no\n  skills: [1_000, 2026-11-29, 0x1F, on, 1e3, null]\n");
        read.Problems.ShouldBeEmpty();
        var person = read.Items.ShouldHaveSingleItem();
        (person.Id.Value, person.Name, person.Phone, person.Language).ShouldBe(("012", "no", "+306971234567", "no"));
        person.Skills.ShouldBe(["1_000", "2026-11-29", "0x1F", "on", "1e3"]);
    }

    [Fact]
    public void Merge_keys_of_yaml_are_merged_and_what_is_written_wins()
    {
        var read = Yaml("- &ann\n  id: ann\n  name: Ann\n  language: el-GR\n  timezone: Europe/Athens\n- <<: *ann\n  id: bob\n  name: Bob\n- <<: [{language: de-DE}, *ann]\n  id: cy\n  name: Cy\n");
        read.Problems.ShouldBeEmpty();
        read.Items.Select(each => $"{each.Id} {each.Name} {each.Language} {each.TimeZone}").ShouldBe(["ann Ann el-GR Europe/Athens", "bob Bob el-GR Europe/Athens", "cy Cy de-DE Europe/Athens"]);
    }

    [Fact]
    public void A_bad_entry_of_yaml_takes_no_other_with_it()
    {
        var read = Yaml("- id: ann\n  name: Ann\n- just text\n- id: x\n  name: X\n  id: y\n- id: x\n  name: X\n  <<: nothing\n- id: x\n  name: {first: X}\n- {id: bob, name: Bob}\n");
        read.Items.Select(each => each.Id.Value).ShouldBe(["ann", "bob"]);
        read.Problems.Select(problem => problem.In("f")).ShouldBe(
        [
            "f, line 3: a person with fields is expected here.",
            "f, line 4: id is written twice.",
            "f, line 7: a merge key (<<) must name fields.",
            "f, line 10: name is an object without a name in it (display_value, displayName, name, title, label, text or value).",
        ]);
    }

    [Fact]
    public void A_small_file_of_aliases_is_no_endless_entry()
    {
        var aliases = string.Concat(Enumerable.Range(1, 12).Select(level => $"  f{level}: &f{level} [{string.Join(',', Enumerable.Repeat($"*f{level - 1}", 9))}]\n"));
        Yaml($"- id: x\n  name: X\n  f0: &f0 lol\n{aliases}- {{id: bob, name: Bob}}\n").ShouldSatisfyAllConditions(
            read => read.Items.Select(each => each.Id.Value).ShouldBe(["bob"]),
            read => read.Problems.ShouldHaveSingleItem().In("f").ShouldBe("f, line 1: this entry is too large, by aliases in it."));
    }

    [Theory]
    [InlineData("- id: a\n  name: A\0\n", "f, line 2: the file has a NUL character in it.")]
    [InlineData("- id: a\n  name: *nobody\n", "f, line 2: this is not YAML.")]
    [InlineData("- id: a\n  name: A\n---\n- id: b\n  name: B\n", "f, line 3: there is a second YAML document; the file must be one list.")]
    public void Yaml_that_would_be_cut_short_is_refused(string text, string problem) => Yaml(text).ShouldSatisfyAllConditions(
        read => read.IsUsable.ShouldBeFalse(),
        read => read.Problems.ShouldHaveSingleItem().In("f").ShouldBe(problem));

    // System.Text.Json 10.0 takes "\uD800" for JSON and throws InvalidOperationException, without file and line, when it is asked for the text.
    [Fact]
    public void Half_a_character_in_json_is_named_by_its_line_and_takes_no_other_with_it()
    {
        var read = Json("""
            [
              { "id": "ann", "name": "Ann" },
              { "id": "x", "name": "half \uD83D" },
              { "id": "x", "name": "X", "skills": ["\uDC00"] },
              { "id": "x", "name": "X", "phone": "\u0000" },
              { "id": "bob", "name": "whole \uD83D\uDE00", "\uD800": "another field" },
              7,
              { "id": "cy", "name": "Cy", "NAME": "Cyrus" }
            ]
            """);
        read.Items.Select(each => $"{each.Id} {each.Name}").ShouldBe(["ann Ann", "bob whole \U0001F600"]);
        read.Problems.Select(problem => problem.In("f")).ShouldBe(
        [
            "f, line 3: name has half a character in it (a lone surrogate).",
            "f, line 4: skills has half a character in it (a lone surrogate).",
            "f, line 5: phone has a NUL character in it.",
            "f, line 7: an object is expected here.",
            "f, line 8: name is written twice.",
        ]);
    }

    [Fact]
    public void Numbers_flags_and_objects_of_json_are_read_as_text()
    {
        var read = Json("""[{ "id": 12, "name": { "displayName": "Ann", "id": 7 }, "phone": 447700900101, "skills": [{ "name": "lifts" }, "point of sale, payments"], "email": null }]""");
        read.Problems.ShouldBeEmpty();
        var ann = read.Items.ShouldHaveSingleItem();
        (ann.Id.Value, ann.Name, ann.Email).ShouldBe(("12", "Ann", null));
        ann.Skills.ShouldBe(["lifts", "point of sale, payments"]);
        ann.PhoneProblem.ShouldNotBeNull().ShouldContain("no country code");
    }

    [Fact]
    public void Every_zone_of_the_products_own_tables_is_known_and_no_other()
    {
        DateTimeZoneProviders.Tzdb.Ids.ShouldAllBe(id => TimeZones.Find(id) == id);
        TimeZones.Find("europe/ATHENS").ShouldBe("Europe/Athens");
        TimeZones.Find("UTC").ShouldBe("UTC");
        TimeZones.Find("Mars/Olympus").ShouldBeNull();
        TimeZones.Find("GTB Standard Time").ShouldBeNull();
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(" gb ", null)]
    [InlineData("UK", "Employees:DefaultRegion is UK: write a country in two letters (ISO 3166), as GB for the United Kingdom.")]
    [InlineData("Germany", "Employees:DefaultRegion is Germany: write a country in two letters (ISO 3166), as GB or DE.")]
    [InlineData("+44", "Employees:DefaultRegion is +44: write a country in two letters (ISO 3166), as GB or DE.")]
    public void The_default_region_is_a_country(string region, string? problem)
    {
        var validation = new EmployeesFileOptionsValidator().Validate(null, new() { File = Path.Combine(Samples.Folder, "employees.csv"), DefaultRegion = region });
        (validation.Failures?.SingleOrDefault()).ShouldBe(problem);
    }

    [Fact]
    public void National_numbers_of_a_file_are_those_of_the_default_region() =>
        EmployeeList.ParserFor(new() { File = "people.csv", DefaultRegion = "gb" })!("id,name,email,phone,language,timezone,skills\nann,Ann,,07700 900103\n")
            .Items.ShouldHaveSingleItem().Phone.ShouldBe("+447700900103");

    static FileContent<Employee> Yaml(string text) => EmployeeList.ParserFor(new() { File = "people.yaml" })!(text);

    static FileContent<Employee> Json(string text) => EmployeeList.ParserFor(new() { File = "people.json" })!(text);
}
