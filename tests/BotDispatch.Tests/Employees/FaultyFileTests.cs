using BotDispatch.Employees;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Remote;
using BotDispatch.Ports;
using BotDispatch.Tests.Hosting;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Employees;

/// <summary>A file of people that cannot be used, while others come from a directory server or a chat.</summary>
public sealed class FaultyFileTests
{
    const string Meanwhile = " Meanwhile its people are missing, and people of another source who are in it too are called without what it says of them: "
        + "their number, language, time zone, skills, hours and absences.";

    readonly ManualClock clock = new();
    readonly Logbook<EmployeeFile> log = new();

    [Theory]
    [InlineData("people.csv", null, "{0}: there is no such file.")]
    [InlineData("people.csv", "nonsense\n", "{0}, line 1: the header has no column id, name, email")]
    [InlineData("people.yaml", "people: 7\n", "{0}, line 1: it must be a YAML list of people.")]
    [InlineData("people.xlsx", "PK", "{0}: its name must end in .csv, .json, .yaml or .yml.")]
    public async Task It_takes_nobody_of_the_others_away_and_is_named_in_the_log_in_readiness_and_to_administrators(
        string name, string? text, string problem)
    {
        using var file = new TemporaryFile(name, text ?? "");
        if (text is null)
            File.Delete(file.FilePath);
        using var host = Host(("Employees:File", file.FilePath));
        await host.StartAsync();
        (await PeopleOf(host)).ShouldBe(["ann@example.com"]);
        var said = string.Format(System.Globalization.CultureInfo.InvariantCulture, problem, file.FilePath);
        log.Lines.ShouldHaveSingleItem().ShouldStartWith($"335 Error Nothing could be read of this list yet. {said}");
        log.Lines[0].ShouldEndWith(Meanwhile);
        Readiness(host).ShouldBe(["Employees:File: no list could be read yet, because the file cannot be used now." + Meanwhile]);
        var notices = host.Services.GetServices<INoticeSource>().SelectMany(each => each.Notices()).ToList();
        notices[0].ShouldBe("Employees:File: no list could be read yet, because the file cannot be used now." + Meanwhile);
        notices[1].ShouldStartWith("Employees:File: " + said.Replace(file.FilePath, name, StringComparison.Ordinal));
        await host.StopAsync();
    }

    [Fact]
    public async Task Once_it_is_mended_its_people_are_there_too()
    {
        using var file = new TemporaryFile("people.csv", "nonsense\n");
        using var host = Host(("Employees:File", file.FilePath), ("Employees:MoreFiles:0", "/no/such/people.csv"));
        await host.StartAsync();
        Readiness(host).Count.ShouldBe(2);
        file.Write("id,name,email,phone,language,timezone,skills\nbob,Bob,,+442079460002,,,\n");
        clock.Advance(TimeSpan.FromSeconds(4));
        await WatchedUntilAsync(host, async () => (await PeopleOf(host)).Count == 2);
        (await PeopleOf(host)).ShouldBe(["bob", "ann@example.com"]);
        Readiness(host).ShouldBe(["Employees:MoreFiles:0: no list could be read yet, because the file cannot be used now." + Meanwhile]);
        await host.StopAsync();
    }

    /// <summary>The file counts first. Without it she would be called at night on another number, so that is said, and ends with the fault.</summary>
    [Fact]
    public async Task What_it_says_of_somebody_who_is_in_both_counts_as_soon_as_it_is_mended_and_its_lack_is_said_until_then()
    {
        using var file = new TemporaryFile("people.csv", "");
        File.Delete(file.FilePath);
        using var host = Host(("Employees:File", file.FilePath));
        await host.StartAsync();
        var directory = host.Services.GetRequiredService<IEmployeeDirectory>();
        var before = (await directory.ListAsync(default)).ShouldHaveSingleItem();
        (before.Phone, before.Hours, before.Skills.IsEmpty).ShouldBe(("+442079460001", null, true));
        directory.Troubles.ShouldHaveSingleItem().ShouldEndWith(Meanwhile);
        file.Write("id,name,email,phone,language,timezone,skills,hours\nann,Ann Lee,ANN@example.com,+442079460003,el-GR,Europe/Athens,lifts,mon-fri 08:00-16:00\n");
        clock.Advance(TimeSpan.FromSeconds(4));
        await WatchedUntilAsync(host, () => Task.FromResult(directory.Troubles.Count == 0));
        var after = (await directory.ListAsync(default)).ShouldHaveSingleItem();
        (after.Phone, after.Hours, after.Language, after.TimeZone).ShouldBe(("+442079460003", "mon-fri 08:00-16:00", "el-GR", "Europe/Athens"));
        after.Skills.ShouldBe(["lifts"]);
        directory.Troubles.ShouldBeEmpty();
        await host.StopAsync();
    }

    /// <summary>Opening a pipe that nobody writes to blocks for ever, as reading from a network mount that is gone does.</summary>
    [Fact]
    public async Task A_mount_that_hangs_holds_up_the_start_for_ten_seconds_and_nobody_of_the_others()
    {
        using var folder = new TemporaryFile("people.txt", "");
        var pipe = Path.Combine(Path.GetDirectoryName(folder.FilePath)!, "people.csv");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        using var host = Host(("Employees:File", pipe));
        var starting = Task.Run(() => host.StartAsync());
        while (!starting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await starting;
        (await PeopleOf(host)).ShouldBe(["ann@example.com"], "without waiting again");
        Readiness(host).ShouldBe(["Employees:File: no list could be read yet, because the file does not answer. Is its network mount there?" + Meanwhile]);
        log.Lines.ShouldHaveSingleItem().ShouldBe($"335 Error Nothing could be read of this list yet. {pipe}: it does not answer.{Meanwhile}");
        await host.StopAsync();
    }

    [Fact]
    public async Task A_check_names_it_and_asks_every_other_source()
    {
        using var launch = new Launch().With(
            ("Employees:File", "nowhere.csv"), ("Ldap:Server", "ldap://127.0.0.1:1"), ("Ldap:Base", "dc=example,dc=com"));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Code.ShouldBe(0, ended.Error);
        ended.Out.ShouldContain("Worth a look: Employees:File: ");
        ended.Out.ShouldContain("nowhere.csv: there is no such file.");
        ended.Out.ShouldContain("Asked        Ldap:Server: 0 people, 0 of them can be called");
        ended.Out.ShouldContain("Worth a look: Ldap:Server: the directory cannot be read whole, ");
    }

    [Fact]
    public async Task A_source_that_never_answers_holds_up_the_start_for_a_while_and_nobody_of_the_others()
    {
        using var file = new TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\nbob,Bob,,+442079460002,,,\n");
        var options = Options.Create(new EmployeesFileOptions { File = file.FilePath });
        var remote = new RemotePeopleList([new NeverAnswers()], options, clock, NullLogger<RemotePeople>.Instance, () => null);
        var directory = new EmployeeDirectory([new EmployeeFile(options, clock, log), .. remote.All], new Logbook<EmployeeDirectory>());
        using var refresh = new SourceRefresh(remote, [], clock);
        var starting = refresh.StartAsync(default);
        starting.IsCompleted.ShouldBeFalse();
        directory.Current.Select(each => each.Id.Value).ShouldBe(["bob"]);
        clock.Advance(TimeSpan.FromSeconds(15));
        await starting;
        directory.Current.Select(each => each.Id.Value).ShouldBe(["bob"]);
        await refresh.StopAsync(default);
    }

    /// <summary>The watching of the host may be reading the file already; then nobody else reads it.</summary>
    static Task WatchedUntilAsync(IHost host, Func<Task<bool>> isSo) => Ground.UntilAsync(() =>
    {
        host.Services.GetRequiredService<EmployeeFile>().Watch();
        return isSo();
    });

    static async Task<List<string>> PeopleOf(IHost host) =>
        [.. (await host.Services.GetRequiredService<IEmployeeDirectory>().ListAsync(default)).Select(each => each.Id.Value)];

    static List<string> Readiness(IHost host) => [.. host.Services.GetServices<ISystemStatus>().SelectMany(each => each.Lines())];

    IHost Host(params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(
            settings.Append(("Employees:SlackGroup", "@on-call")).Select(each => KeyValuePair.Create(each.Item1, (string?)each.Item2)));
        builder.Services.AddLogging().AddSingleton<TimeProvider>(clock).AddEmployeesFile()
            .AddSingleton<ILogger<EmployeeFile>>(log).AddSingleton<IPeopleSource>(new OneOnCall());
        return builder.Build();
    }

    sealed class NeverAnswers : IPeopleSource
    {
        public string Setting => "Employees:GraphGroup";
        public string Source => "x";
        public bool IsOn => true;
        public TimeSpan Every => TimeSpan.FromMinutes(15);

        public async Task<PeopleAnswer> ListAsync(CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct);
            throw new System.Diagnostics.UnreachableException();
        }
    }

    sealed class OneOnCall : IPeopleSource
    {
        public string Setting => "Employees:SlackGroup";
        public string Source => "@on-call";
        public bool IsOn => true;
        public TimeSpan Every => TimeSpan.FromMinutes(15);

        public Task<PeopleAnswer> ListAsync(CancellationToken ct) => Task.FromResult<PeopleAnswer>(
            new PeopleAnswer.Everybody([new("1", "Ann Lee", "ann@example.com", ["+442079460001"], null, null)], []));
    }
}
