using BotDispatch.Core;
using BotDispatch.Employees.File;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees;

public sealed class EmployeeFileTests
{
    const string Header = "id,name,email,phone,language,timezone,skills\n";
    const string Good = Header + "ann,Ann Lee,ann@example.com,+44 7700 900101,en-GB,Europe/London,lifts; electrics\nbob,\"Reed, Bob\",,0044-7700-900102,,,\n";
    const string AnnRow = "ann | Ann Lee | ann@example.com | +447700900101 | en-GB | Europe/London | lifts+electrics | ";
    const string BobRow = "bob | Reed, Bob |  | +447700900102 | el-GR | UTC |  | ";

    [Theory]
    [InlineData("people.csv", Good)]
    [InlineData("people.CSV", "\uFEFFID, Name ,EMAIL,phone,language,timezone,skills,desk\r\nann,Ann Lee,ann@example.com,+44 7700 900101,en-GB,Europe/London,\"lifts, electrics\",4\r\n\r\nbob,\"Reed, Bob\",,0044-7700-900102,,,,\r\n")]
    [InlineData("people.csv", "skills;id;name;email;phone;language;timezone\nlifts|electrics;ann;Ann Lee;ann@example.com;+44 7700 900101;en-GB;Europe/London\n;bob;Reed, Bob;;0044-7700-900102;;\n")]
    [InlineData("people.json", """[{"id":"ann","name":"Ann Lee","email":"ann@example.com","phone":"+44 7700 900101","language":"en-GB","timezone":"Europe/London","skills":["lifts","electrics"]},{"ID":"bob","Name":"Reed, Bob","phone":"0044-7700-900102","email":null,"skills":""},]""")]
    [InlineData("people.yaml", "- id: ann\n  name: Ann Lee\n  email: ann@example.com\n  phone: +44 7700 900101\n  language: en-GB\n  timezone: Europe/London\n  skills: [lifts, electrics]\n- {id: bob, name: 'Reed, Bob', phone: 0044-7700-900102, email: ~}\n")]
    [InlineData("people.yml", "- id: ann\n  name: Ann Lee\n  email: ann@example.com\n  phone: '+44 7700 900101'\n  language: en-GB\n  timezone: Europe/London\n  skills: lifts, electrics\n- id: bob\n  name: Reed, Bob\n  phone: 0044-7700-900102\n")]
    public void The_same_people_can_be_written_in_every_format(string name, string text)
    {
        using var file = new TemporaryFile(name, text);
        Problems(file).ShouldBeEmpty();
        People(file).ShouldBe([AnnRow, BobRow]);
    }

    [Fact]
    public void Somebody_without_a_number_is_listed_with_the_reason()
    {
        using var file = new TemporaryFile("people.csv", Header + "tom,Tom,,,,,\n");
        People(file).ShouldBe(["tom | Tom |  |  | el-GR | UTC |  | No phone number in the directory."]);
    }

    [Theory]
    [InlineData("people.csv", "", "line 1: the header is missing: id,name,email,phone,language,timezone,skills")]
    [InlineData("people.csv", "ann,Ann,,+447700900101,,,\n", "line 1: the header has no column id, name, email, phone, language, timezone, skills; it must name id,name,email,phone,language,timezone,skills")]
    [InlineData("people.csv", "id,name,email,phone\nann,Ann,,+447700900101\n", "line 1: the header has no column language, timezone, skills; it must name id,name,email,phone,language,timezone,skills")]
    [InlineData("people.csv", Good + "Ann,Another,,,,,\n", "line 4: this id stands on line 2 already.")]
    [InlineData("people.csv", Good + "\"x\",\"two\nlines\",ANN@example.com,,,,\n", "line 4: this email stands on line 2 already.")]
    [InlineData("people.csv", Good + ",Nobody,,,,,\n", "line 4: id is empty.")]
    [InlineData("people.csv", Good + "x,,,,,,\n", "line 4: name is empty.")]
    [InlineData("people.csv", Good + "x y,X,,,,,\n", "line 4: id has blanks in it.")]
    [InlineData("people.csv", Good + "x,X,nonsense,,,,\n", "line 4: email is not an email address.")]
    [InlineData("people.csv", Good + "x,X,,,English!,,\n", "line 4: language is not a language tag, as en-GB.")]
    [InlineData("people.csv", Good + "x,X,,,,Mars/Olympus,\n", "line 4: timezone is not an IANA time zone, as Europe/Athens.")]
    [InlineData("people.csv", Good + "x,Reed, X,,+447700900103,,,lifts\n", "line 4: there are 8 fields; the header has 7. A field with a comma in it needs quotation marks.")]
    [InlineData("people.csv", Good + "x,\"X\" y,,,,,\n", "line 4: a quotation mark stands in the wrong place.")]
    [InlineData("people.json", "[\n {\"id\":\"a\",\"name\":\"A\"},\n {\"name\":\"B\"}\n]", "line 3: id is empty.")]
    [InlineData("people.json", "[\n {\"id\":\"a\",\n", "line 3: this is not JSON.")]
    [InlineData("people.json", "[\n 7]", "line 2: an object is expected here.")]
    [InlineData("people.json", "{}", "line 1: it must be a JSON array of objects.")]
    [InlineData("people.json", "", "line 1: this is not JSON.")]
    [InlineData("people.yaml", "- id: a\n  name: A\n- name: B\n", "line 3: id is empty.")]
    [InlineData("people.yaml", "- id: a\n  name: A\n- just text\n", "line 3: a person with fields is expected here.")]
    [InlineData("people.yaml", "people: 7\n", "line 1: it must be a YAML list of people.")]
    [InlineData("people.yaml", "- id: a\n   name: [\n", "this is not YAML.")]
    public void A_mistake_is_named_with_its_file_and_line(string name, string text, string problem)
    {
        using var file = new TemporaryFile(name, text);
        var said = Problems(file);
        said.ShouldHaveSingleItem().ShouldStartWith(file.FilePath);
        said[0].ShouldContain(problem);
        said[0].ShouldNotContain("7700900");
    }

    [Fact]
    public void A_file_that_is_missing_unset_or_of_an_unknown_kind_is_named()
    {
        Refusals("").ShouldBe(["Employees:File is not set: name a CSV, JSON or YAML file with the people who can be phoned."]);
        Refusals("people.xlsx").ShouldBe(["Employees:File is people.xlsx: its name must end in .csv, .json, .yaml or .yml."]);
        Refusals("/no/such/people.csv").ShouldBe(["Employees:File: /no/such/people.csv: there is no such file."]);
    }

    [Fact]
    public void Bytes_of_another_encoding_are_not_guessed_at()
    {
        using var file = new TemporaryFile("people.csv", "");
        File.WriteAllBytes(file.FilePath, [.. System.Text.Encoding.Latin1.GetBytes(Header + "x,M\u00fcller,,,,,\n")]);
        Refusals(file.FilePath).ShouldBe([$"Employees:File: {file.FilePath}, line 2: name has bytes that are not UTF-8 text; save the file as UTF-8."]);
    }

    [Fact]
    public async Task A_changed_file_is_read_again_at_most_every_two_seconds()
    {
        using var file = new TemporaryFile("people.csv", Good);
        var clock = new ManualClock();
        var directory = new EmployeeFile(Options.Create(Settings(file.FilePath)), clock, new Logbook<EmployeeFile>());
        (await directory.ListAsync(CancellationToken.None)).Count.ShouldBe(2);
        file.Write(Good + "cleo,Cleo,,,,,\n");
        clock.Advance(TimeSpan.FromSeconds(1.9));
        (await directory.ListAsync(CancellationToken.None)).Count.ShouldBe(2);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        (await directory.ListAsync(CancellationToken.None)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_broken_edit_keeps_the_last_good_list_and_is_logged_once_with_its_line_and_no_number()
    {
        using var file = new TemporaryFile("people.csv", Good);
        var (clock, log) = (new ManualClock(), new Logbook<EmployeeFile>());
        var directory = new EmployeeFile(Options.Create(Settings(file.FilePath)), clock, log);
        async Task<int> Count()
        {
            clock.Advance(TimeSpan.FromSeconds(2));
            return (await directory.ListAsync(CancellationToken.None)).Count;
        }

        (await Count()).ShouldBe(2);
        file.Write(Header + ",Ann,,+447700900101,,,\n");
        (await Count()).ShouldBe(2);
        (await Count()).ShouldBe(2);
        File.Delete(file.FilePath);
        (await Count()).ShouldBe(2);
        file.Write(Header + "dora,Dora,,,,,\n");
        (await Count()).ShouldBe(1);
        log.Lines.ShouldBe(
        [
            $"330 Information Read {file.FilePath}: 2 entries",
            $"331 Error The last good list stays in use. {file.FilePath}, line 2: id is empty.",
            $"331 Error The last good list stays in use. {file.FilePath}: there is no such file.",
            $"330 Information Read {file.FilePath}: 1 entries",
        ]);
    }

    [Fact]
    public async Task The_module_reads_the_file_that_is_set_and_stops_the_start_if_it_is_bad()
    {
        using var file = new TemporaryFile("people.csv", Good);
        using (var host = Host(file.FilePath))
        {
            await host.StartAsync();
            (await host.Services.GetRequiredService<IEmployeeDirectory>().ListAsync(CancellationToken.None)).Count.ShouldBe(2);
            await host.StopAsync();
        }
        file.Write("nonsense");
        using var bad = Host(file.FilePath);
        (await Should.ThrowAsync<OptionsValidationException>(() => bad.StartAsync())).Message.ShouldContain($"Employees:File: {file.FilePath}, line 1:");
    }

    [Fact]
    public async Task In_development_without_a_setting_the_samples_are_used_and_in_production_a_setting_is_wanted()
    {
        using (var host = Host("", "Development"))
            (await host.Services.GetRequiredService<IEmployeeDirectory>().ListAsync(CancellationToken.None)).Count.ShouldBe(8);
        using var production = Host("", "Production");
        (await Should.ThrowAsync<OptionsValidationException>(() => production.StartAsync())).Message.ShouldContain("Employees:File is not set");
    }

    [Fact]
    public void The_sample_is_eight_people_of_several_languages_on_reserved_numbers()
    {
        var path = Path.Combine(Samples.Folder, "employees.csv");
        Problems(path).ShouldBeEmpty();
        var people = EmployeeList.ParserFor(Settings(path))!(File.ReadAllText(path)).Items;
        people.Length.ShouldBe(8);
        people.Select(each => each.Language).Distinct().Count().ShouldBeGreaterThanOrEqualTo(5);
        people.Where(each => each.Phone is null).ShouldHaveSingleItem().PhoneProblem.ShouldNotBeNull();
        people.Where(each => each.Phone is not null).ShouldAllBe(each => each.Phone!.StartsWith("+447700900") || each.Phone.StartsWith("+1202555010"));
    }

    static EmployeesFileOptions Settings(string path) => new() { File = path, DefaultLanguage = "el-GR" };

    static List<string> Problems(TemporaryFile file) => Problems(file.FilePath);

    static List<string> Problems(string path) =>
        [.. WatchedFile<Employee>.Load(path, EmployeeList.ParserFor(Settings(path))!).Problems.Select(problem => problem.In(path))];

    /// <summary>Why the process does not start.</summary>
    static List<string> Refusals(string path) => [.. new EmployeesFileOptionsValidator().Validate(null, Settings(path)).Failures ?? []];

    static List<string> People(TemporaryFile file) => [.. EmployeeList.ParserFor(Settings(file.FilePath))!(File.ReadAllText(file.FilePath).TrimStart('\uFEFF')).Items.Select(Written)];

    static string Written(Employee each) =>
        $"{each.Id} | {each.Name} | {each.Email} | {each.Phone} | {each.Language} | {each.TimeZone} | {string.Join('+', each.Skills)} | {each.PhoneProblem}";

    static IHost Host(string path, string environment = "Production")
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new()
        {
            EnvironmentName = environment,
            ContentRootPath = Path.GetDirectoryName(Samples.Folder),
        });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Employees:File", (string?)path)]);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddEmployeesFile();
        return builder.Build();
    }
}
