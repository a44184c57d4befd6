using BotDispatch.Employees.Availability;

namespace BotDispatch.Tests.Employees.Availability;

public sealed class ScheduleTests
{
    const string Whole = """
        - rotation: Lifts
          zone: Europe/Athens
          starts: 2026-01-05
          handover: mon 08:00
          every: 1 week
          people: [ann, bob@example.com]
        - shift: Front desk
          zone: Europe/London
          hours: mon-fri 08:00-16:00
          from: 2026-01-01
          to: 2026-06-30
          people: Cleo
        - cover: bob
          for: ann
          from: 2026-01-06 18:00
          to: 2026-01-07 08:00
        - away: cleo
          from: 2026-01-07
          to: 2026-01-07
        - quiet: 22:00-07:00

        """;

    // Monday 5 January 2026, 11:00 in Athens.
    static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    readonly ManualClock clock = new();
    Logbook<EmployeeAvailability> log = new();

    [Theory]
    [InlineData("shifts.yaml")]
    [InlineData("shifts.json")]
    public void A_schedule_says_who_is_called_when(string name)
    {
        using var file = new TemporaryFile(name, name.EndsWith("json", StringComparison.Ordinal) ? Json : Whole);
        var availability = Make(file);
        Say(availability, "ann", Now).ShouldBe("ready: On shift until Tue 18:00 (UTC+2)");
        Say(availability, "bob", Now).ShouldBe("Off shift until Tue 18:00 (UTC+2)");
        Say(availability, "bob", Now.AddDays(1.5)).ShouldBe("ready: On shift until Wed 08:00 (UTC+2)");
        Say(availability, "ann", Now.AddDays(1.5)).ShouldBe("Off shift until Wed 08:00 (UTC+2)");
        Say(availability, "cleo", Now).ShouldBe("ready: On shift until 16:00 (UTC)");
        Say(availability, "cleo", Now.AddDays(2)).ShouldBe("Away until Thu 00:00 (UTC), available from Thu 08:00 (UTC)");
        Say(availability, "dora", Now).ShouldBe("ready");
        Say(availability, "dora", Now.AddHours(14)).ShouldBe("Quiet hours until 07:00 (UTC+1)");
        availability.Notices().ShouldBeEmpty();
    }

    [Fact]
    public void An_edit_counts_two_seconds_later_and_a_broken_one_keeps_the_last_good_schedule_and_says_its_age()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {shift: Day, hours: mon 08:00-16:00, people: [ann]}\n");
        var availability = Make(file);
        Say(availability, "ann", Now).ShouldBe("ready: On shift until 16:00 (UTC+2)");
        file.Write("- {shift: Day, hours: tue 08:00-16:00, people: [ann]}\n");
        clock.Advance(TimeSpan.FromSeconds(2));
        Say(availability, "ann", Now).ShouldBe("Off shift until Tue 08:00 (UTC+2)");
        file.Write("- {shift: Day, hours: never, people: [ann]}\n");
        clock.Advance(TimeSpan.FromMinutes(90));
        Say(availability, "ann", Now).ShouldBe("Off shift until Tue 08:00 (UTC+2)");
        availability.Notices().ShouldBe(
        [
            "Employees:Schedule: the list in use is 1 h 30 min old (read 2026-01-05 09:00 UTC), because the file cannot be used now.",
            "Employees:Schedule: shifts.yaml, line 1: hours cannot be read: write them as mon-fri 08:00-16:00, sat 09:00-12:00.",
        ]);
    }

    [Fact]
    public void People_who_are_nobody_are_counted_by_line_and_the_others_keep_their_turns()
    {
        using var file = new TemporaryFile("shifts.yaml", "- {shift: Day, hours: mon 08:00-16:00, people: [ann, nobody@example.com, Twin]}\n");
        var availability = Make(file);
        Say(availability, "ann", Now).ShouldBe("ready: On shift until 16:00 (UTC+2)");
        availability.Notices().ShouldBe(["Employees:Schedule: line 1: 2 of the people there are nobody in the directory, or several. Write their ids or emails."]);
        log.Lines.ShouldContain("342 Warning Employees:Schedule, line 1: 2 of the people there are nobody in the directory, or several");
    }

    [Theory]
    [InlineData("- {rota: x}", "an entry begins with one of rotation, shift, calendar, cover, away, quiet or holidays.")]
    [InlineData("- {shift: x, rotation: y}", "an entry begins with one of rotation, shift, calendar, cover, away, quiet or holidays.")]
    [InlineData("- {shift: x, hours: mon 08:00-16:00, peple: [ann]}", "there is a field that no shift has; it has shift, zone, hours, from, to, people, not on, also on.")]
    [InlineData("- {shift: x, hours: mon 08:00-16:00}", "people is missing: write their ids or emails.")]
    [InlineData("- {shift: x, people: ann}", "hours is missing: write the hours of the week, as mon-fri 08:00-16:00.")]
    [InlineData("- {shift: x, people: ann, hours: mon 08:00-16:00, from: soon}", "from and to must be dates or dates with a time, as 2026-12-24 or 2026-12-24 18:00.")]
    [InlineData("- {rotation: x, people: ann, starts: 2026-01-05}", "zone is missing: a rotation needs the time zone of its hand-over, as Europe/Athens.")]
    [InlineData("- {rotation: x, people: ann, zone: GMT+0200, starts: 2026-01-05}", "zone is not an IANA time zone, as Europe/Athens.")]
    [InlineData("- {rotation: x, people: ann, zone: UTC}", "starts is not a date, as 2026-01-05: the first person's turn begins on it or on the first hand-over after it.")]
    [InlineData("- {rotation: x, people: ann, zone: UTC, starts: 2026-01-05, every: 1 month}", "every is not a number of days or weeks, as 1 day or 2 weeks.")]
    [InlineData("- {rotation: x, people: ann, zone: UTC, starts: 2026-01-05, every: 1 day, handover: mon 08:00}", "handover names a day, so every must be in weeks.")]
    [InlineData("- {rotation: x, people: ann, zone: UTC, starts: 2026-01-05, handover: noon}", "handover is not a time or a day with a time, as 08:00 or mon 08:00.")]
    [InlineData("- {cover: ann, from: 2026-01-06, to: 2026-01-05}", "to is not after from.")]
    [InlineData("- {shift: x, people: ann, hours: mon 08:00-16:00, from: 2026-06-30, to: 2026-01-01}", "to is not after from.")]
    [InlineData("- {cover: ann, from: 9999-12-31, to: 9999-12-31}", "from and to must be dates or dates with a time, as 2026-12-24 or 2026-12-24 18:00.")]
    [InlineData("- {quiet: sometimes}", "quiet is not a time, as 22:00-07:00.")]
    [InlineData("- {quiet: '22:00-22:00'}", "quiet is the whole week, so nobody would ever be called: write the hours, as 22:00-07:00.")]
    [InlineData("- {cover: ann, for: Ann, from: 2026-01-05, to: 2026-01-06}", "cover and for name the same person.")]
    [InlineData("- just text", "an entry with fields is expected here.")]
    [InlineData("shifts: 7", "it must be a YAML list of shifts.")]
    public void A_mistake_is_named_by_its_line_and_says_what_to_write(string written, string problem)
    {
        var content = ScheduleReader.ParserFor("shifts.yaml")!("\n" + written + "\n" + (written.StartsWith('-') ? "- quiet: 22:00-07:00\n" : ""));
        content.Problems.ShouldHaveSingleItem().What.ShouldBe(problem);
        content.Items.Length.ShouldBe(written.StartsWith('-') ? 1 : 0, "the other entries are used");
    }

    [Theory]
    [InlineData("00:00-24:00")]
    [InlineData("mon-fri, sat, sun")]
    public void Quiet_for_the_whole_week_means_only_while_on_a_shift_for_those_it_names_and_is_said(string hours)
    {
        using var file = new TemporaryFile("shifts.yaml", $$"""
            - {quiet: "{{hours}}", people: [ann, bob]}
            - {shift: Day, zone: UTC, hours: daily 08:00-10:00, people: [bob]}
            """);
        var availability = Make(file);
        availability.Of(new("ann"), Now).IsAvailable.ShouldBeFalse();
        availability.Of(new("bob"), Now).IsAvailable.ShouldBeTrue();
        availability.Of(new("cleo"), Now).IsAvailable.ShouldBeTrue();
        availability.Notices().ShouldBe(["Employees:Schedule: shifts.yaml, line 1: quiet is the whole week, so these people are called only while they have a shift."]);
    }

    [Fact]
    public void Two_rotations_of_one_name_are_both_in_use_and_the_second_is_named()
    {
        var content = ScheduleReader.ParserFor("shifts.yaml")!("- {rotation: Lifts, zone: UTC, starts: 2026-01-05, people: [ann]}\n- {rotation: lifts, zone: UTC, starts: 2026-01-05, people: [bob]}\n");
        content.Items.Length.ShouldBe(2);
        content.Problems.ShouldBe([new BotDispatch.Files.FileProblem(2, "another rotation has this name: a list or a command that names it means the first.")]);
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("9999-12-31 23:59")]
    public void An_end_in_the_year_9999_means_that_there_is_none(string end)
    {
        using var file = new TemporaryFile("shifts.yaml", $$"""
            - {away: ann, zone: America/New_York, from: 2026-01-01, to: {{end}}}
            - {shift: Day, zone: America/New_York, hours: mon 03:00-05:00, from: 0001-01-01, to: {{end}}, people: [bob]}
            """);
        var availability = Make(file);
        Say(availability, "ann", Now).ShouldBe("Away until further notice");
        Say(availability, "bob", Now).ShouldBe("ready: On shift until 12:00 (UTC+2)");
        availability.Notices().ShouldBeEmpty();
        People.Read($"id,name,email,phone,language,timezone,skills,away\na,A,,+447700900101,,America/New_York,,2026-01-01..{end}\n").Length.ShouldBe(1);
    }

    [Fact]
    public void A_tab_at_the_begin_of_a_line_is_named_by_that_line() =>
        ScheduleReader.ParserFor("shifts.yaml")!("- shift: Day\n\thours: mon 08:00-16:00\n\tpeople: [ann]\n").Problems
            .ShouldBe([new BotDispatch.Files.FileProblem(2, "this is not YAML: the line begins with a tab; write blanks instead.")]);

    [Fact]
    public void A_schedule_of_an_unknown_kind_or_without_a_good_entry_stops_the_start()
    {
        Refusals("shifts.xlsx").ShouldBe(["Employees:Schedule is shifts.xlsx: its name must end in .yaml, .yml or .json."]);
        Refusals("/no/such/shifts.yaml").ShouldBe(["Employees:Schedule: /no/such/shifts.yaml: there is no such file."]);
        Refusals("").ShouldBeEmpty();
    }

    [Fact]
    public void Five_thousand_people_are_judged_in_no_time_because_a_judgement_is_kept_until_it_changes()
    {
        using var file = new TemporaryFile("shifts.yaml", "- quiet: 22:00-07:00\n- {rotation: R, zone: Europe/Athens, starts: 2026-01-05, people: [" + string.Join(',', Enumerable.Range(0, 5000).Select(n => $"p{n}")) + "]}\n");
        using var people = new TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\n" + string.Join('\n', Enumerable.Range(0, 5000).Select(n => $"p{n},P{n},,,,Europe/Athens,")));
        var availability = new Planned(file.FilePath, clock, People.Directory(People.Read(File.ReadAllText(people.FilePath)))).Availability;
        Enumerable.Range(0, 5000).Count(n => availability.Of(new($"p{n}"), Now).IsAvailable).ShouldBe(1);
        Enumerable.Range(0, 5000).Count(n => availability.Of(new($"p{n}"), Now.AddDays(7)).IsAvailable).ShouldBe(1);
    }

    static List<string> Refusals(string path) => [.. new AvailabilityOptionsValidator().Validate(null, new() { Schedule = path }).Failures ?? []];

    EmployeeAvailability Make(TemporaryFile schedule)
    {
        var planned = new Planned(schedule.FilePath, clock);
        log = planned.Log;
        return planned.Availability;
    }

    static string Say(EmployeeAvailability availability, string id, DateTimeOffset at) => availability.Of(new(id), at) switch
    {
        { IsAvailable: true, Words: null } => "ready",
        { IsAvailable: true, Words: var words } => "ready: " + words,
        var off => off.Words!,
    };

    const string Json = """
        [
          {"rotation":"Lifts","zone":"europe/athens","starts":"2026-01-05","handover":"mon 08:00","every":"1 week","people":["ann","bob@example.com"]},
          {"shift":"Front desk","zone":"Europe/London","hours":"mon-fri 08:00-16:00","from":"2026-01-01","to":"2026-06-30","people":["Cleo"]},
          {"cover":"bob","for":"ann","from":"2026-01-06 18:00","to":"2026-01-07 08:00"},
          {"away":"cleo","from":"2026-01-07","to":"2026-01-07"},
          {"quiet":"22:00-07:00"}
        ]
        """;
}
