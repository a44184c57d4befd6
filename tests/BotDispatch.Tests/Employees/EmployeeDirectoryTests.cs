using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.File;
using BotDispatch.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees;

public sealed class EmployeeDirectoryTests
{
    const string Header = "id,name,email,phone,language,timezone,skills,hours,away\n";

    [Fact]
    public void A_person_in_several_sources_is_one_person_and_later_sources_add_what_is_missing()
    {
        var merged = Merge(Of("ann,Ann Lee,ANN@example.com,,,,lifts,,"), Of("a.lee,Lee Ann,ann@example.com,+44 7700 900101,el-GR,Europe/Athens,Lifts;heating,mon-fri 08:00-16:00,2026-12-24"));
        var ann = merged.People.ShouldHaveSingleItem();
        (ann.Id.Value, ann.Name, ann.Phone, ann.PhoneProblem).ShouldBe(("ann", "Ann Lee", "+447700900101", null));
        (ann.Language, ann.TimeZone, string.Join('+', ann.Skills), ann.Hours, ann.Away).ShouldBe(("el-GR", "Europe/Athens", "lifts+heating", "mon-fri 08:00-16:00", "2026-12-24"));
        merged.Clashes.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_first_source_says_stays()
    {
        var merged = Merge(Of("ann,Ann Lee,ann@example.com,+44 7700 900101,en-GB,UTC,,,"), Of("ann,Ann,ann@example.com,+44 7700 900199,el-GR,Europe/Athens,,,"));
        var ann = merged.People.ShouldHaveSingleItem();
        (ann.Phone, ann.Language, ann.TimeZone).ShouldBe(("+447700900101", "en-GB", "UTC"));
        merged.Clashes.ShouldBe([(Clash.TwoNumbers, new EmployeeId("ann"), new EmployeeId("ann"))]);
    }

    [Fact]
    public void A_number_that_cannot_be_called_stays_with_its_reason_until_a_source_has_one_that_can()
    {
        Merge(Of("ann,Ann,ann@example.com,07700 900101,,,,,"), Of("ann,Ann,ann@example.com,,,,,,")).People.ShouldHaveSingleItem().PhoneProblem.ShouldNotBeNull().ShouldContain("no country code");
        Merge(Of("ann,Ann,ann@example.com,07700 900101,,,,,"), Of("ann,Ann,ann@example.com,+447700900101,,,,,")).People.ShouldHaveSingleItem().PhoneProblem.ShouldBeNull();
    }

    [Fact]
    public void Two_people_with_one_number_stay_two_and_both_say_so()
    {
        var merged = Merge(Of("ann,Ann,ann@example.com,+447700900101,,,,,"), Of("bob,Bob,bob@example.com,0044 7700 900101,,,,,"));
        merged.People.Select(each => each.PhoneNote).ShouldBe(["Bob has the same phone number in the directory.", "Ann has the same phone number in the directory."]);
        merged.Clashes.ShouldBe([(Clash.SameNumber, new EmployeeId("ann"), new EmployeeId("bob"))]);
    }

    [Fact]
    public void Two_people_with_one_id_stay_two()
    {
        var merged = Merge(Of("17,Ann,ann@example.com,,,,,,"), Of("17,Bob,bob@example.com,,,,,,"));
        merged.People.Select(each => each.Id.Value).ShouldBe(["17", "bob@example.com"]);
        merged.Clashes.ShouldHaveSingleItem().What.ShouldBe(Clash.SameId);
        Merge(Of("17,Ann,ann@example.com,,,,,,"), Of("17,Ann,,+447700900101,,,,,")).People.ShouldHaveSingleItem().Phone.ShouldBe("+447700900101", "without an email the id says who it is");
    }

    /// <summary>Random sources: no id and no email stands twice, everybody is there, and nobody has a number of somebody else.</summary>
    [Fact]
    public void Merging_loses_nobody_and_doubles_nobody()
    {
        var random = new Random(20261129);
        for (var n = 0; n < 500; n++)
        {
            var sources = Enumerable.Range(0, random.Next(1, 4)).Select(source => Enumerable.Range(0, random.Next(6))
                .Select(_ => random.Next(5)).Distinct().Select(person => $"{(random.Next(2) == 0 ? $"id{random.Next(5)}-{source}" : $"p{person}")},P{person},{(random.Next(3) == 0 ? "" : $"p{person}@example.com")},+44770090010{random.Next(7)},,,,,")
                .DistinctBy(row => row.Split(',')[0]).ToArray()).Select(Of).ToArray();
            var people = Merge(sources).People;
            people.Select(each => each.Id.Value.ToUpperInvariant()).ShouldBeUnique();
            people.Select(each => each.Email?.ToUpperInvariant()).Where(email => email is not null).ShouldBeUnique();
            var all = sources.SelectMany(source => source).ToList();
            all.Where(each => each.Email is not null).Select(each => each.Email).Distinct().ShouldBe(people.Where(each => each.Email is not null).Select(each => each.Email), ignoreOrder: true);
            people.ShouldAllBe(person => all.Any(each => each.Phone == person.Phone && each.Name == person.Name));
        }
    }

    [Fact]
    public void Hours_that_cannot_be_read_are_named_with_their_line_and_cost_nobody_their_place()
    {
        var content = EmployeeList.ParserFor(new() { File = "people.csv" })!(Header + "ann,Ann,,+447700900101,,,,Mo-Fr 9-17,24.12.2026\nbob,Bob,,,,,,mon-fri 08:00-16:00,2026-12-24; 2026-12-31 08:00..2026-12-31 12:00\n");
        content.Items.Select(each => $"{each.Hours}|{each.Away}").ShouldBe(["|", "mon-fri 08:00-16:00|2026-12-24; 2026-12-31 08:00..2026-12-31 12:00"]);
        content.Problems.Select(each => each.In("people.csv")).ShouldBe(
        [
            "people.csv, line 2: hours cannot be read and are not used: write them as mon-fri 08:00-16:00, sat 09:00-12:00.",
            "people.csv, line 2: away has a time that cannot be read and is not used: write 2026-12-24..2026-12-26 or 2026-12-24 08:00..2026-12-24 12:00.",
        ]);
    }

    [Fact]
    public async Task Several_files_are_read_each_by_its_kind_and_a_broken_one_is_named_by_its_setting()
    {
        using var first = new TemporaryFile("people.csv", "id;name;email;phone;language;timezone;skills\nann;Ann;ann@example.com;;;;\n");
        using var second = new TemporaryFile("more.yaml", "- {id: x, name: Ann, email: ann@example.com, phone: +447700900101}\n- {id: bob, name: Bob}\n");
        using (var host = Host(first.FilePath, second.FilePath))
        {
            await host.StartAsync();
            var people = await host.Services.GetRequiredService<IEmployeeDirectory>().ListAsync(default);
            people.Select(each => $"{each.Id} {each.Phone}").ShouldBe(["ann +447700900101", "bob "]);
            await host.StopAsync();
        }
        second.Write("nonsense");
        using var bad = Host(first.FilePath, second.FilePath);
        (await Should.ThrowAsync<OptionsValidationException>(() => bad.StartAsync())).Message.ShouldContain($"Employees:MoreFiles:0: {second.FilePath}, line 1:");
    }

    [Fact]
    public void A_clash_is_reported_without_names_and_logged_once_with_ids()
    {
        var log = new Logbook<EmployeeDirectory>();
        var source = new FixedSource(Of("ann,Ann,ann@example.com,+447700900101,,,,,", "bob,Bob,bob@example.com,+447700900101,,,,,"));
        var directory = new EmployeeDirectory([source], log);
        directory.Notices().ShouldBe(["Employees: 1 pair of entries in the directory have one phone number, which only rings for one call at a time. The log names them."]);
        directory.Current.Length.ShouldBe(2);
        log.Lines.ShouldBe(["340 Warning In the directory, ann and bob have one phone number, which only rings for one call at a time"]);
    }

    static ImmutableArray<Employee> Of(params string[] rows) => EmployeeList.ParserFor(new() { File = "people.csv" })!(Header + string.Join('\n', rows)).Items;

    static MergedEmployees Merge(params ImmutableArray<Employee>[] sources) => MergedEmployees.Of([.. sources.Select((people, n) => ($"source {n}", people))]);

    static IHost Host(string first, string second)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production", ContentRootPath = Path.GetDirectoryName(Samples.Folder) });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Employees:File", (string?)first), KeyValuePair.Create("Employees:MoreFiles:0", (string?)second)]);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddEmployeesFile();
        return builder.Build();
    }

    sealed class FixedSource(ImmutableArray<Employee> people) : IEmployeeSource
    {
        public string Name => "Employees:Fixed";

        public ImmutableArray<Employee> Read() => people;
    }
}
