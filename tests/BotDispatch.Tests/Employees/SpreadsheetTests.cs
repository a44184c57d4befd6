using BotDispatch.Core;
using BotDispatch.Employees.File;
using BotDispatch.Files;

namespace BotDispatch.Tests.Employees;

/// <summary>CSV as spreadsheets and people write it. CsvHelper 34.0.0 returns rows of separators only, and rows that lack their last cells, as rows.</summary>
public sealed class SpreadsheetTests
{
    const string Header = "id,name,email,phone,language,timezone,skills\n";

    [Theory]
    [InlineData(Header + "ann,Ann,,+44 7700 900101,en-GB,Europe/London,lifts\n,,,,,,\n , ,\t,,,,\n;;;\n\n\n")]
    [InlineData(Header + "ann,Ann,,+44 7700 900101,en-GB,Europe/London,lifts,,,\n")]
    [InlineData("sep=,\n" + Header + "ann,Ann,,+44 7700 900101,en-GB,Europe/London,lifts\n")]
    [InlineData("\uFEFFsep=;\r\nID;Name;Email;Phone;Language;TimeZone;Skills\r\nann;Ann;;+44 7700 900101;en-GB;Europe/London;lifts\r\n;;;;;;\r\n")]
    [InlineData("\n\nid,name,email,phone,language,timezone,skills\nann,Ann,,+44 7700 900101,en-GB,Europe/London,lifts")]
    [InlineData("skills;\"name, first and last\";id;name;email;phone;language;timezone\nlifts;\"Lee, Ann\";ann;Ann;;+44 7700 900101;en-GB;Europe/London\n")]
    [InlineData("\"a, b, c, d, e, f, g, h\";id;name;email;phone;language;timezone;skills\nx;ann;Ann;;+44 7700 900101;en-GB;Europe/London;lifts\n")]
    [InlineData("id\tname\temail\tphone\tlanguage\ttimezone\tskills\nann\tAnn\t\t+44 7700 900101\ten-GB\tEurope/London\tlifts\n")]
    [InlineData("id|name|email|phone|language|timezone|skills\nann|Ann||+44 7700 900101|en-GB|europe/london|lifts\n")]
    [InlineData("\"id\",\"name\",\"email\",\"phone\",\"language\",\"timezone\",\"skills\"\r\"ann\",\"Ann\",\"\",\"+44 7700 900101\",\"en-GB\",\"Europe/London\",\"lifts\"\r")]
    public void Every_spreadsheets_way_of_writing_is_the_same_person(string text)
    {
        var read = Read(text);
        read.Problems.ShouldBeEmpty();
        read.Items.Select(Written).ShouldBe(["ann Ann +447700900101 en-GB Europe/London lifts"]);
    }

    [Fact]
    public void A_row_that_lacks_its_last_cells_is_filled_with_empty_ones()
    {
        var read = Read(Header + "ann,Ann\nbob,Bob,,+44 7700 900102\n");
        read.Problems.ShouldBeEmpty();
        read.Items.Select(Written).ShouldBe(["ann Ann  en-GB UTC ", "bob Bob +447700900102 en-GB UTC "]);
        read.Items[0].PhoneProblem.ShouldBe("No phone number in the directory.");
    }

    [Fact]
    public void A_bad_row_takes_no_other_with_it_and_is_named_by_its_line()
    {
        var read = Read(Header
            + "ann,Ann,,+44 7700 900101,,,\n"
            + "bad,\"Opened and never closed,,,,,\n"
            + "bob,\"Reed, Bob\",,+44 7700 900102,,,\n"
            + "bad,\"Closed\" too early,,,,,\n"
            + "cy,\"Two\nlines\",,,,,\n"
            + "bad,M\uFFFFller,,,,,\n"
            + "bad,Nul\0,,,,,\n"
            + "bad,Reed, Bob,,,,,x,y\n"
            + "bad,Bad,,,,Mars/Olympus,\n"
            + "bad,Bad,,,,,\n"
            + "bad,Bad,,,,,\n"
            + "dora,Dora,,,,,\n"
            + "bad2,\"Opened at the end");
        read.Items.Select(each => $"{each.Id} {each.Name}").ShouldBe(["ann Ann", "bob Reed, Bob", "cy Two lines", "bad Bad", "dora Dora"]);
        read.Problems.Select(problem => problem.In("f")).ShouldBe(
        [
            "f, line 3: a quotation mark stands in the wrong place.",
            "f, line 5: a quotation mark stands in the wrong place.",
            "f, line 8: name has bytes that are not UTF-8 text; save the file as UTF-8.",
            "f, line 9: name has a NUL character in it.",
            "f, line 10: there are 9 fields; the header has 7. A field with a comma in it needs quotation marks.",
            "f, line 11: timezone is not an IANA time zone, as Europe/Athens.",
            "f, line 13: this id stands on line 12 already.",
            "f, line 15: a quotation mark stands in the wrong place.",
        ]);
    }

    [Theory]
    [InlineData("id,name,email,phone,phone,language,timezone,skills\nann,Ann,,,,,,\n", "line 1: the header names phone twice.")]
    [InlineData("i\0d\0,\0", "line 1: the header has a NUL character in it.")]
    [InlineData(Header + "ann,Ann,nonsense,,,,\n,,,,,,\n", "line 2: email is not an email address.")]
    public void A_file_of_which_nothing_can_be_used_is_refused(string text, string problem)
    {
        var read = Read(text);
        read.IsUsable.ShouldBeFalse();
        read.Problems.ShouldHaveSingleItem().In("f").ShouldBe($"f, {problem}");
    }

    [Fact]
    public void A_header_without_people_is_a_list_of_nobody() => Read(Header + ",,,,,,\n").ShouldSatisfyAllConditions(
        read => read.IsUsable.ShouldBeTrue(),
        read => read.Items.ShouldBeEmpty());

    static FileContent<Employee> Read(string text) => EmployeeList.ParserFor(new() { File = "people.csv" })!(text.TrimStart('\uFEFF'));

    static string Written(Employee each) => $"{each.Id} {each.Name} {each.Phone} {each.Language} {each.TimeZone} {string.Join('+', each.Skills)}";
}
