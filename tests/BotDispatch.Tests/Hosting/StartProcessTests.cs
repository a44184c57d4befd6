namespace BotDispatch.Tests.Hosting;

/// <summary>The start as an administrator sees it: a process, its files and its environment.</summary>
public sealed class StartProcessTests
{
    [Fact]
    public async Task A_check_says_what_is_set_up_without_secrets_and_without_starting_anything()
    {
        using var launch = new Launch().With(("Access:Done:0", "ann.lee"), ("Access:Done:1", "zorro"), ("Logging:LogLevel:Default", null));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Error.ShouldBeEmpty();
        ended.Code.ShouldBe(0);
        foreach (var line in (string[])["BotDispatch can start", "Environment  Production", "Address      https://bot.example.com/", "Slack        on, over HTTP, one workspace", "Teams        off",
            "Telephone    Routee at connect.routee.net", "People       8 people", "Tickets      12 tickets", "Database     SQLite, ", "Worth a look: Access:Done (in the environment Access__Done) names zorro, which matches nobody."])
            ended.Out.ShouldContain(line);
        foreach (var secret in (string[])["xoxb-1-secret", "signing-secret", "secret-of-routee", "+302111234567"])
            ended.Out.ShouldNotContain(secret);
        File.Exists(Path.Combine(launch.Folder, "launch.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_check_says_in_which_folder_the_database_lies()
    {
        using var launch = new Launch().With(("Storage:ConnectionString", "Data Source=data/bot.db"));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Out.ShouldContain($"Database     SQLite, {Path.Combine(launch.Folder, "data", "bot.db")} (made at the first start)");
    }

    /// <summary>A service without a working directory begins in / and would find an empty database there.</summary>
    [Theory]
    [InlineData("data/bot.db", true), InlineData("file:data/bot.db", true), InlineData("{0}/bot.db", false)]
    public async Task A_check_far_from_the_settings_says_that_the_path_of_the_database_depends_on_the_folder(string path, bool isOdd)
    {
        using var launch = new Launch();
        var elsewhere = Directory.CreateDirectory(Path.Combine(launch.Folder, "elsewhere")).FullName;
        launch.With(("Storage:ConnectionString", $"Data Source={string.Format(null, path, elsewhere)}"));
        var start = Published.PublishedProgram.Start(elsewhere, "--check");
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        Published.PublishedProgram.Set(start, launch.Settings);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
        output.Contains("Worth a look: Storage:ConnectionString (in the environment Storage__ConnectionString) is a relative path, which counts from the folder in which the process is started and not from that of the settings: "
            + $"write Data Source={Path.Combine(elsewhere, "data", "bot.db")} to stay there.", StringComparison.Ordinal).ShouldBe(isOdd, output);
    }

    [Theory]
    [InlineData("- {rotation: Lifts, zone: UTC, starts: 2026-01-05, people: [ann.lee, priya.nair]}\n- {shift: Desk, zone: UTC, hours: daily 08:00-16:00, people: [ann.lee]}\n",
        "Schedule     1 rotation, 1 shift; covered for the next 30 days", null)]
    // Tom has no number: a duty of his is a gap.
    [InlineData("- {shift: Desk, zone: UTC, hours: daily 00:00-24:00, people: [tom.okafor]}\n- {holidays: Greece, country: GR}\n",
        "Schedule     1 shift, 1 calendar of holidays; nobody who can be phoned has Desk now", null)]
    [InlineData("- {shift: Desk, zone: UTC, hours: daily 00:00-24:00, people: [ann.lee]}\n- {holidays: Nowhere, country: XX}\n",
        "Schedule     1 shift; covered for the next 30 days", "line 2: country is none of those whose public holidays are known")]
    [InlineData("- {shift: Desk, zone: UTC, hours: daily 00:00-24:00, to: 2026-01-06, people: [ann.lee]}\n- {calendar: X, address: nowhere.ics}\n- {rotation: Lifts, zone: UTC, starts: 2999-01-05, people: [ann.lee]}\n",
        "Schedule     1 rotation, 1 shift, 1 calendar; nobody has Lifts now", "there is no such calendar file.")]
    [InlineData("- {shift: Desk, zone: UTC, hours: daily 08:00-16:00, people: [ann.lee, zorro]}\n- {shift: Desk, hours: sometimes, people: [ann.lee]}\n",
        "Schedule     1 shift; covered for the next 30 days", "line 2: hours cannot be read")]
    [InlineData("- {shift: Desk, zone: UTC, hours: daily 08:00-16:00, people: [ann.lee, zorro]}\n- {calendar: X, address: 'http://calendar.example.com/secret-5f2a'}\n",
        "Schedule     1 shift, 1 calendar; covered for the next 30 days", "line 1: 1 of the people there are nobody in the directory")]
    public async Task A_check_says_what_it_understood_of_the_schedule_and_what_is_wrong(string schedule, string understood, string? wrong)
    {
        using var file = new Employees.TemporaryFile("shifts.yaml", schedule);
        using var launch = new Launch().With(("Employees:Schedule", file.FilePath));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Code.ShouldBe(0, ended.Error);
        ended.Out.ShouldContain(understood);
        ended.Out.ShouldNotContain("secret-5f2a");
        if (wrong is not null)
            ended.Out.ShouldContain(wrong);
        ended.Out.Split('\n').Any(line => line.StartsWith("Worth a look: Employees:Schedule", StringComparison.Ordinal)).ShouldBe(wrong is not null);
    }

    [Fact]
    public async Task A_check_says_which_lists_mean_nobody()
    {
        using var file = new Employees.TemporaryFile("lists.yaml",
            "- {list: a, members: [ann.lee, zorro, yoda]}\n- {list: b, members: [tom.okafor]}\n- {list: c, skill: juggling}\n- {list: d, rotation: Pumps}\n- {list: e, members: everybody}\n");
        using var launch = new Launch().With(("Employees:Lists", file.FilePath));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Code.ShouldBe(0, ended.Error);
        var path = file.FilePath;
        ended.Out.Split('\n').Where(line => line.StartsWith("Worth a look: Employees:Lists", StringComparison.Ordinal)).ShouldBe(
        [
            $"Worth a look: Employees:Lists: {path}, line 1: 2 entries are nobody: nobody in the directory has this id, email or name, or several have.",
            $"Worth a look: Employees:Lists: {path}, line 2: nobody on this list can be called.",
            $"Worth a look: Employees:Lists: {path}, line 3: 1 entry is nobody: nobody in the directory has this skill.",
            $"Worth a look: Employees:Lists: {path}, line 3: nobody on this list can be called.",
            $"Worth a look: Employees:Lists: {path}, line 4: 1 entry is nobody: the schedule has no rotation of this name.",
            $"Worth a look: Employees:Lists: {path}, line 4: nobody on this list can be called.",
        ]);
    }

    [Fact]
    public async Task A_check_says_what_it_found_of_people_although_everything_else_is_missing()
    {
        using var schedule = new Employees.TemporaryFile("shifts.yaml", "- {shift: Desk, zone: UTC, hours: daily 00:00-24:00, people: [ann.lee, zorro]}\n");
        using var lists = new Employees.TemporaryFile("lists.yaml", "- {list: a, members: [ann.lee, yoda]}\n");
        using var launch = new Launch();
        foreach (var name in launch.Settings.Keys.Where(name => name is not ("Employees:File" or "Logging:LogLevel:Default")).ToList())
            launch.With((name, null));
        launch.With(("Employees:Schedule", schedule.FilePath), ("Employees:Lists", lists.FilePath));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldContain(fault => fault.StartsWith("Slack and Teams are both not set up"));
        ended.Out.ReplaceLineEndings("\n").ShouldBe(
            "What was found about people:\n"
            + "  People       8 people\n"
            + "  Schedule     1 shift; covered for the next 30 days\n"
            + "  Lists        1 list\n"
            + "Worth a look: Employees: 1 person cannot be called: No phone number in the directory.\n"
            + $"Worth a look: Employees:Schedule: {schedule.FilePath}, line 1: 1 of the people there are nobody in the directory, or several. Write their ids or emails.\n"
            + $"Worth a look: Employees:Lists: {lists.FilePath}, line 1: 1 entry is nobody: nobody in the directory has this id, email or name, or several have.\n");
    }

    /// <summary>Nobody can say who is missing in a directory that cannot be read.</summary>
    [Fact]
    public async Task Where_the_people_themselves_cannot_be_read_a_check_still_says_what_it_understood_of_the_schedule()
    {
        using var schedule = new Employees.TemporaryFile("shifts.yaml", "- {shift: Desk, zone: UTC, hours: daily 00:00-24:00, people: [ann.lee]}\n- {shift: Desk, hours: sometimes, people: [ann.lee]}\n");
        using var launch = new Launch().With(("Employees:File", "nowhere.csv"), ("Employees:Schedule", schedule.FilePath));
        var ended = await launch.RunProcessAsync("Production", arguments: "--check");
        ended.Faults.ShouldHaveSingleItem().ShouldContain("nowhere.csv: there is no such file.");
        ended.Out.ShouldContain("Schedule     1 shift\n");
        ended.Out.ShouldContain("line 2: hours cannot be read");
        ended.Out.ShouldNotContain("nobody in the directory");
        launch.With(("Employees:Schedule", null));
        (await launch.RunProcessAsync("Production", arguments: "--check")).Out.ShouldBeEmpty("there is nothing to say of people");
    }

    [Fact]
    public async Task A_check_says_that_nobody_is_in_the_directory()
    {
        using var file = new Employees.TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\n");
        using var launch = new Launch().With(("Employees:File", file.FilePath));
        (await launch.RunProcessAsync("Production", arguments: "--check")).Out
            .ShouldContain("Worth a look: Employees: nobody is in the directory, so nobody can be called.");
    }

    [Fact]
    public async Task Names_of_the_machine_and_of_the_framework_are_nobodys_fault()
    {
        using var launch = new Launch();
        const string Framework = """
            { "$schema": "https://json.schemastore.org/appsettings.json", "_comment": "x", "// note": "x", "AllowedHosts": "*", "Logging": { "Console": { "FormatterName": "simple" } },
              "Kestrel": { "Limits": { "MaxConcurrentConnections": 100 } }, "ConnectionStrings": { "Default": "x" }, "DetailedErrors": true,
              "SLACK": { "sockets": "3" }, "Policy": { "RetryPause": null, "OneCallPerPerson": null }, "Slack": {} , "OfSomebodyElse": { "Key": "value" } }
            """;
        var ended = await launch.RunProcessAsync("Production", Framework,
            [("TEAM", "x"), ("STORE", "x"), ("CHAT", "x"), ("ROUTE", "x"), ("SLACK_BOT_TOKEN", "x"), ("SOMEBODY__ELSE", "x"), ("DOTNET_ReadyToRun", "1"), ("GIT__X", "y"), ("POLICY", "x")], "--check");
        ended.Faults.ShouldBeEmpty();
        ended.Code.ShouldBe(0, ended.Error);
        ended.Out.ShouldContain("Worth a look: OfSomebodyElse:Key");
    }

    [Fact]
    public async Task A_variable_with_single_underscores_is_named_where_nothing_else_says_the_same()
    {
        using var launch = new Launch().With(("Slack:BotToken", null), ("Slack:SigningSecret", null));
        var ended = await launch.RunProcessAsync("Production", variables: [("SLACK_BOT_TOKEN", "xoxb-1-secret"), ("SLACK_SIGNING_SECRET", "secret"), ("ROUTEE_CALLER_ID", "+302111234567"), ("SLACK_CHANNEL", "ops"), ("BOTDISPATCH__Slack__AppToken", "xapp-secret")]);
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem().ShouldStartWith("Slack and Teams are both not set up");
        ended.Error.ShouldContain("Worth a look: SLACK_BOT_TOKEN in the environment is not read: BotDispatch reads Slack__BotToken.");
        ended.Error.ShouldContain("Worth a look: SLACK_SIGNING_SECRET in the environment is not read: BotDispatch reads Slack__SigningSecret.");
        ended.Error.ShouldContain("Worth a look: BOTDISPATCH__Slack__AppToken in the environment is not read: BotDispatch reads Slack__AppToken.");
        ended.Error.ShouldNotContain("ROUTEE_CALLER_ID");
        ended.Error.ShouldNotContain("SLACK_CHANNEL");
        ended.Error.ShouldNotContain("xoxb-1-secret");
    }

    [Fact]
    public async Task A_name_in_the_environment_or_in_a_file_that_is_nearly_ours_is_named()
    {
        using var launch = new Launch();
        var ended = await launch.RunProcessAsync("Production", """{ "Polcy": { "RetryPause": "20 s" }, "Telephone": { "CallerId": "+30" }, "Access": { "Cancel": [] }, "Slack": { "BotToken2": "x" } }""",
            [("SLAK__BOTTOKEN", "x"), ("PUBLICBASEADRESS", "x"), ("routee__callerid", "+302111234567"), ("TEAMS__APPID2", "x")]);
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldBe(
        [
            "Polcy:RetryPause (in the environment Polcy__RetryPause) is not a setting of BotDispatch: did you mean Policy:RetryPause?",
            "PUBLICBASEADRESS is not a setting of BotDispatch: did you mean PublicBaseAddress?",
            "Slack:BotToken2 (in the environment Slack__BotToken2) is not a setting of BotDispatch: did you mean Slack:BotToken?",
            "SLAK:BOTTOKEN (in the environment SLAK__BOTTOKEN) is not a setting of BotDispatch: did you mean Slack:BotToken?",
            "TEAMS:APPID2 (in the environment TEAMS__APPID2) is not a setting of BotDispatch: did you mean Teams:AppId?",
            "Telephone:CallerId (in the environment Telephone__CallerId) is not a setting of BotDispatch: did you mean Routee:CallerId?",
            "Access:Cancel (in the environment Access__Cancel) has nobody in it: name somebody who may, or remove it so that everybody may.",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("{ \"Policy\": {\n  \"Plays\": 2\n  \"RetryPause\": \"20 s\" } }", "appsettings.json, line 3, place ")]
    [InlineData("{ \"Policy\": { \"Plays\": 2, \"Plays\": 3 } }", "Policy:Plays is written twice")]
    [InlineData("{ \"Policy\": { \"Plays\": 2 }", "appsettings.json, line 1, place ")]
    [InlineData("[]", "this is not a JSON object of settings"), InlineData("", "appsettings.json, line 1"), InlineData("{ \"Slack\": { \"AppId\": \"\\ud800\" } }", "appsettings.json: this is not a JSON object")]
    public async Task A_broken_file_of_settings_is_named_with_its_line(string content, string says)
    {
        using var launch = new Launch();
        var ended = await launch.RunProcessAsync("Production", content, [], "--unknown");
        ended.Code.ShouldBe(1);
        ended.Faults.Count.ShouldBe(2);
        ended.Faults[0].ShouldStartWith("The argument --unknown");
        ended.Faults[1].ShouldContain(says);
        ended.Faults[1].ShouldContain(launch.Folder);
        ended.Error.ShouldNotContain("   at ");
    }
}
