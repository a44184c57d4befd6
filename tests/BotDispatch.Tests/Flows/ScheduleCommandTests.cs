using BotDispatch.Chat;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Calendars;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Tests.Adapters;
using BotDispatch.Tests.Employees;
using static BotDispatch.Tests.Chat.Office;

namespace BotDispatch.Tests.Flows;

/// <summary>What people see of the schedule. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class ScheduleCommandTests
{
    const string Schedule = """
        - rotation: Lifts
          zone: Europe/Athens
          starts: 2026-01-05
          handover: mon 08:00
          every: 1 week
          people: [eleni.papadaki, jonas.weber]
        - {shift: Front desk, zone: Europe/London, hours: mon-fri 08:00-16:00, people: [tom.okafor, ann.lee]}
        - {away: ann.lee, from: 2026-01-06, to: 2026-01-06}
        - {away: tom.okafor, from: 2026-01-06, to: 2026-01-06}
        - {cover: priya.nair, for: eleni.papadaki, zone: UTC, from: 2026-01-07 18:00, to: 2026-01-08 06:00}
        - {quiet: 22:00-07:00, people: [marcus.reed]}
        """;

    [Fact]
    public async Task Everybody_sees_who_is_on_now_and_on_the_next_seven_days_with_gaps_named()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        var text = await AskAsync(world, "schedule");
        text.Split('\n').Take(14).ShouldBe(
        [
            "Schedule, now and the next seven days, in the time of UTC:",
            "Now",
            "• Lifts: Ελένη Παπαδάκη until Wed 18:00 (UTC), then Priya Nair",
            "• Front desk: ⚠ Tom Okafor (cannot be phoned), Ann Lee until 16:00 (UTC)",
            "Mon 5 Jan (UTC)",
            "• Lifts: from now on Ελένη Παπαδάκη",
            "• Front desk: until 16:00 ⚠ Tom Okafor (cannot be phoned), Ann Lee",
            "• Quiet: until 12:00 Marcus Reed",
            "Tue 6 Jan (UTC)",
            "• Lifts: all day Ελένη Παπαδάκη",
            "• Front desk: 08:00–16:00 ⚠ nobody (Tom Okafor, Ann Lee away)",
            "• Away: Ann Lee all day, Tom Okafor all day",
            "• Quiet: 03:00–12:00 Marcus Reed",
            "Wed 7 Jan (UTC)",
        ], ignoreOrder: false);
        text.ShouldContain("• Lifts: 00:00–18:00 Ελένη Παπαδάκη; 18:00–24:00 Priya Nair");
        text.ShouldContain("• Cover: Priya Nair for Ελένη Παπαδάκη 18:00–24:00");
        text.ShouldContain("Mon 12 Jan (UTC)\n• Lifts: 00:00–06:00 Ελένη Παπαδάκη; 06:00–24:00 Jonas Weber");
    }

    [Fact]
    public async Task Times_are_those_of_the_reader_with_their_offset()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        var week = world.App.Get<IScheduleView>().Look(new(Name: "front desk"), new("jonas.weber"), world.Clock.GetUtcNow());
        week.Zone.ShouldBe("Europe/Berlin");
        week.Now.ShouldBe(["Front desk: ⚠ Tom Okafor (cannot be phoned), Ann Lee until 17:00 (UTC+1)"]);
        week.Days[0].ShouldSatisfyAllConditions(
            day => day.Title.ShouldBe("Mon 5 Jan (UTC+1)"), day => day.Lines.ShouldBe(["Front desk: until 17:00 ⚠ Tom Okafor (cannot be phoned), Ann Lee"]));
    }

    [Fact]
    public async Task A_day_on_which_clocks_change_names_both_offsets()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: Night, zone: Europe/London, hours: daily 00:30-05:00, people: [ann.lee]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        var week = world.App.Get<IScheduleView>().Look(ScheduleFilter.All, new("ann.lee"), new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero));
        week.Days[1].Title.ShouldBe("Sun 29 Mar (UTC, then UTC+1)");
        week.Days[1].Lines.ShouldBe(["Night: 00:30 (UTC)–05:00 (UTC+1) Ann Lee"]);
    }

    [Fact]
    public async Task One_list_or_one_person_can_be_asked_for()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        var list = await AskAsync(world, "schedule lifts");
        list.ShouldStartWith("Schedule of Lifts, now");
        list.ShouldNotContain("Front desk");
        var person = await AskAsync(world, "schedule @ann.lee");
        person.ShouldStartWith("Schedule of Ann Lee, now and the next seven days, in the time of UTC:\nNow\n• Ann Lee: On shift until 16:00 (UTC)\n"
            + "Mon 5 Jan (UTC)\n• Front desk: until 16:00\nTue 6 Jan (UTC)\n• Away: Ann Lee all day\nWed 7 Jan (UTC)\n• Front desk: 08:00–16:00");
        (await AskAsync(world, "schedule ann lee")).ShouldBe(person);
        (await AskAsync(world, "schedule lfits")).ShouldStartWith("There is no list and nobody called lfits. Did you mean /dispatch schedule Lifts?");
        (await AskAsync(world, "schedule me")).ShouldStartWith("Your chat account is not linked to an employee");
    }

    /// <summary>Ann Lee's own week, however she is named: with or without an at sign, 's, a time, or another word that asks.</summary>
    [Theory]
    [InlineData("schedule Ann's shift")]
    [InlineData("schedule ann’s shifts")]
    [InlineData("schedule ann lee's week")]
    [InlineData("schedule for Ann's duty tomorrow")]
    [InlineData("schedule ann tomorrow")]
    [InlineData("schedule ann next week")]
    [InlineData("schedule shifts of Ann Lee")]
    [InlineData("schedule @ann.lee tomorrow")]
    [InlineData("schedule @ann's shifts")]
    [InlineData("oncall ann")]
    [InlineData("on-call @ann.lee")]
    [InlineData("who ann")]
    [InlineData("who is ann?")]
    [InlineData("who's Ann Lee")]
    public async Task A_person_who_is_named_in_any_usual_way_is_shown_with_their_week(string typed)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldStartWith("Schedule of Ann Lee, now and the next seven days, in the time of UTC:\nNow\n• Ann Lee: On shift until 16:00 (UTC)\n");
    }

    [Theory]
    [InlineData("who has lifts?", "Schedule of Lifts, now")]
    [InlineData("oncall front desk", "Schedule of Front desk, now")]
    [InlineData("who is on the front desk", "Schedule of Front desk, now")]
    [InlineData("schedule zorro's shift", "There is no list and nobody called zorro. The whole schedule: /dispatch schedule. To dispatch")]
    [InlineData("schedule zorro tomorrow", "There is no list and nobody called zorro. The whole schedule")]
    [InlineData("schedule Jonsa's shift", "There is no list and nobody called Jonsa. Did you mean /dispatch schedule Jonas Weber? To dispatch")]
    [InlineData("oncall zorro", "There is no list and nobody called zorro. Who can be phoned: /dispatch oncall. To dispatch")]
    [InlineData("who is zorro", "There is no list and nobody called zorro. Who can be phoned: /dispatch oncall.")]
    [InlineData("who jonsa", "There is no list and nobody called jonsa. Did you mean /dispatch schedule Jonas Weber?")]
    [InlineData("who has the job", "Did you mean /dispatch oncall?")]
    public async Task Who_is_asked_for_by_an_unknown_name_is_answered_in_private_with_the_nearest(string typed, string answer)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldStartWith(answer);
    }

    [Theory]
    [InlineData("who is on lifts tonight", "Lifts")]
    [InlineData("who has lifts tomorrow", "Lifts")]
    [InlineData("oncall lifts tomorrow", "Lifts")]
    [InlineData("schedule lifts next week", "Lifts")]
    [InlineData("schedule LIFTS until fri 18:00", "Lifts")]
    [InlineData("schedule tomorrow for lifts", "Lifts")]
    [InlineData("who is on next week for lifts?", "Lifts")]
    [InlineData("who is on call for lifts", "Lifts")]
    [InlineData("who is on-call for the lifts tomorrow?", "Lifts")]
    [InlineData("who will be on call for lifts 24.12.", "Lifts")]
    [InlineData("on call for lifts", "Lifts")]
    [InlineData("who is on duty on the front desk tomorrow morning", "Front desk")]
    [InlineData("who works at the front desk on monday", "Front desk")]
    [InlineData("schedule front-desk rota tomorrow", "Front desk")]
    [InlineData("who is available for lift engineers tonight", "Lift engineers")]
    [InlineData("who is on call night desk tomorrow", "Call night desk")]
    public async Task A_list_that_is_asked_for_with_a_time_or_in_a_sentence_is_shown(string typed, string shown)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule + "\n- {shift: Call night desk, zone: UTC, hours: daily 20:00-22:00, people: [ann.lee]}\n");
        using var lists = new TemporaryFile("lists.yaml", "- {list: engineers, name: Lift engineers, members: [ann.lee]}\n");
        await using var world = await World.BeginAsync(new(With(shifts)) { ["Employees:Lists"] = lists.FilePath });
        (await AskAsync(world, typed)).ShouldStartWith($"Schedule of {shown}, now");
    }

    [Theory]
    [InlineData("who is on call tomorrow")]
    [InlineData("who is on call next week")]
    [InlineData("Who's on call this weekend?")]
    [InlineData("who is available tonight")]
    [InlineData("who is on duty tomorrow")]
    [InlineData("who has duty tonight")]
    [InlineData("who has duty")]
    [InlineData("who is on tonight")]
    [InlineData("who can be called tomorrow")]
    [InlineData("who do I call on friday")]
    [InlineData("on call tomorrow")]
    [InlineData("oncall tonight")]
    [InlineData("schedule shifts tomorrow")]
    public async Task A_question_that_names_a_time_alone_is_answered_with_the_whole_schedule(string typed)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldStartWith("Schedule, now and the next seven days");
    }

    [Theory]
    [InlineData("oncall lfits tomorrow", "lfits. Did you mean /dispatch schedule Lifts?")]
    [InlineData("who is on call for lfits", "lfits. Did you mean /dispatch schedule Lifts?")]
    [InlineData("schedule frnt desk next week", "frnt desk. Did you mean /dispatch schedule Front desk?")]
    [InlineData("who is on call for zorro 24.12.", "zorro. Who can be phoned: /dispatch oncall.")]
    public async Task A_mistyped_list_with_a_time_after_it_is_answered_with_the_nearest(string typed, string answer)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldStartWith("There is no list and nobody called " + answer);
    }

    [Theory]
    [InlineData("on call phone is broken")]
    [InlineData("schedule the yearly test of lifts tomorrow")]
    public async Task Words_that_only_begin_like_a_question_are_something_to_dispatch(string typed)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, typed, new Delivery("1"), default))
            .ShouldBeOfType<ChatReply.OpenForm>().Form.Ticket.Reference.ShouldBe(typed);
    }

    [Theory]
    [InlineData("oncall INC-1042")]
    [InlineData("who has INC-1042")]
    public async Task A_question_that_names_a_ticket_is_answered_with_how_to_ask_for_it(string typed)
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldStartWith("Did you mean /dispatch status INC-1042?");
    }

    [Fact]
    public async Task A_schedule_names_what_is_wrong_with_people_and_calendars_and_not_with_tickets()
    {
        await using var world = await World.BeginAsync();
        var sources = world.App.Get<IEnumerable<INoticeSource>>().ToList();
        sources.ShouldAllBe(each => each.IsAboutPeople == each.GetType().Namespace!.StartsWith("BotDispatch.Employees", StringComparison.Ordinal));
        sources.Select(each => each.IsAboutPeople).Distinct().Count().ShouldBe(2);
        var (people, tickets) = (new ToMend(), new ToMend { IsAboutPeople = false });
        people.All.Add("Employees:Schedule: line 1: the calendar cannot be read.");
        tickets.All.Add("Tickets:File: tickets.json, line 1: title is missing.");
        var schedules = new ScheduleCommands(
            world.App.Get<DirectoryQueries>(), world.App.Get<EmployeeLinks>(), world.App.Get<NamedPeople>(), world.App.Get<ListPlanning>(), world.Clock,
            world.App.Get<IScheduleView>(), [people, tickets]);
        using var budget = world.App.Get<DirectoryQueries>().Begin(TimeSpan.FromMinutes(1), default);
        (await schedules.AnswerAsync(World.Dana, new(new NamedPerson.Typed("ann.lee"), ""), "schedule @ann.lee", budget))
            .ShouldBeOfType<ChatReply.Private>().Text.Split('\n').Where(line => line.StartsWith('⚠')).ShouldBe(["⚠ " + people.All[0]]);
    }

    /// <summary>Who is in that source is not known then, so "nobody" would be a lie.</summary>
    [Fact]
    public async Task While_a_source_of_people_cannot_be_read_nobody_is_said_to_be_unknown_for_certain()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        using var more = new TemporaryFile("more.csv", "id,name,email,phone,language,timezone,skills\nben,Ben,,+442079460009,,,\n");
        await using var world = await World.BeginAsync(new(With(shifts)) { ["Employees:MoreFiles:0"] = more.FilePath });
        const string Warning = " People may be missing at this moment, because not all sources of people can be read. ⚠ Employees:MoreFiles:0: ";
        string[] all = ["INC-1042 @zed", "schedule me", "schedule @zed", "schedule zorro", "who is on call for zorro", "away until 18:00", "back",
            "cover @zed until 18:00", "cover zorro until 18:00", "away zorro until 18:00"];
        foreach (var typed in all)
            (await AskAsync(world, typed)).ShouldNotContain("may be missing", customMessage: typed);
        more.Write("nonsense\n");
        await world.PassAsync(10);
        world.App.Get<BotDispatch.Employees.File.MoreEmployeeFiles>().Watch();
        foreach (var typed in all)
            (await AskAsync(world, typed)).ShouldContain(Warning, customMessage: typed);
        (await AskAsync(world, "schedule ben")).ShouldStartWith("Schedule of Ben", customMessage: "the last good list stays in use");
    }

    [Fact]
    public async Task While_a_calendar_cannot_be_read_the_schedule_says_so_and_how_old_it_is()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {calendar: On call, address: on-call.ics}\n");
        var file = Path.Combine(Path.GetDirectoryName(shifts.FilePath)!, "on-call.ics");
        File.WriteAllText(file, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260105T080000Z\nDTEND:20260105T160000Z\nSUMMARY:Ann Lee\nEND:VEVENT\nEND:VCALENDAR\n");
        await using var world = await World.BeginAsync(With(shifts));
        var feeds = world.App.Get<CalendarFeeds>();
        await feeds.RefreshAsync(default);
        (await AskAsync(world, "schedule")).ShouldNotContain("⚠ Employees");
        File.Delete(file);
        await world.RestartAsync();
        await world.App.Get<CalendarFeeds>().RefreshAsync(default);
        foreach (var typed in (string[])["schedule", "schedule on call", "schedule @ann.lee", "schedule @tom.okafor"])
        {
            var answer = (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, typed, new Delivery(Guid.NewGuid().ToString()), default)).ShouldBeOfType<ChatReply.Private>();
            answer.Text.Split('\n')[^1].ShouldMatch(@"^⚠ Employees:Schedule: line 1: the calendar cannot be read \(there is no such file\); the copy in use is \d+ min old\.$");
            answer.Schedule.ShouldNotBeNull(typed).Notices.ShouldHaveSingleItem().ShouldContain("min old");
        }
        (await world.App.Get<Overview>().LookAsync(World.Channel, default)).Notices.ShouldContain(notice => notice.EndsWith("min old.", StringComparison.Ordinal));
    }

    /// <summary>As <c>INC-1042 to night-shift</c> does: case, blanks, hyphens and accents do not matter.</summary>
    [Theory]
    [InlineData("schedule night-shift", "Night shift")]
    [InlineData("schedule NIGHTSHIFT", "Night shift")]
    [InlineData("schedule night shift", "Night shift")]
    [InlineData("schedule “night  shift”.", "Night shift")]
    [InlineData("schedule storungsdienst nord", "Störungsdienst-Nord")]
    [InlineData("schedule stoerungsdienst", null)]
    [InlineData("schedule weekend", "Weekend")]
    [InlineData("schedule tomorrow", "")]
    [InlineData("schedule field team", "Field-Team")]
    [InlineData("schedule fieldteam", "Field-Team")]
    public async Task A_list_is_asked_for_however_its_name_is_written(string typed, string? shown)
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {shift: Night shift, zone: UTC, hours: daily 20:00-08:00, people: [ann.lee]}
            - {shift: Weekend, zone: UTC, hours: "sat, sun", people: [ann.lee]}
            - {shift: Störungsdienst-Nord, zone: UTC, hours: daily 08:00-20:00, people: [priya.nair]}
            """);
        using var lists = new TemporaryFile("lists.yaml", "- {list: field, name: Field-Team, members: [ann.lee, jonas.weber]}\n");
        var settings = With(shifts);
        settings["Employees:Lists"] = lists.FilePath;
        await using var world = await World.BeginAsync(settings);
        (await AskAsync(world, typed)).ShouldStartWith(shown is null ? "There is no list and nobody called stoerungsdienst. "
            : shown.Length == 0 ? "Schedule, now" : $"Schedule of {shown}, now");
    }

    [Theory]
    [InlineData("schedule night shfit")]
    [InlineData("schedule nigth-shift")]
    [InlineData("schedule nightshi")]
    [InlineData("schedule nigth")]
    public async Task A_mistyped_name_of_several_words_is_answered_with_the_nearest_in_private(string typed)
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: Night-Shift, zone: UTC, hours: daily 20:00-08:00, people: [ann.lee]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        (await AskAsync(world, typed)).ShouldContain("Did you mean /dispatch schedule Night-Shift? To dispatch these words as they are, write: /dispatch text: " + typed);
    }

    /// <summary>To say that nobody is called that would be untrue.</summary>
    [Fact]
    public async Task A_first_name_that_two_people_have_is_asked_back_with_both()
    {
        using var people = new TemporaryFile("more.csv", "id,name,email,phone,language,timezone,skills\nann.marie,Ann Marie Óg,,+442079460001,,Europe/Dublin,\n");
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        var settings = With(shifts);
        settings["Employees:MoreFiles:0"] = people.FilePath;
        await using var world = await World.BeginAsync(settings);
        foreach (var typed in (string[])["schedule ann", "schedule @ann"])
            (await AskAsync(world, typed)).ShouldBe("Several people are called @ann: Ann Lee (@ann.lee), Ann Marie Óg (@ann.marie). Write the id of the one you mean.", StringCompareShould.IgnoreCase);
        (await AskAsync(world, "schedule marie")).ShouldStartWith("Schedule of Ann Marie Óg, now");
        (await AskAsync(world, "schedule og")).ShouldStartWith("Schedule of Ann Marie Óg, now");
        (await AskAsync(world, "schedule @me")).ShouldStartWith("Your chat account is not linked to an employee, so it is not known which shifts are yours.");
    }

    [Fact]
    public async Task A_long_schedule_ends_with_what_is_left_out()
    {
        using var shifts = new TemporaryFile("shifts.yaml", string.Join('\n', Enumerable.Range(1, 60).Select(n =>
            $"- {{shift: Desk number {n}, zone: UTC, hours: daily 08:00-16:00, people: [ann.lee, tom.okafor, priya.nair]}}")));
        await using var world = await World.BeginAsync(With(shifts));
        var text = await AskAsync(world, "schedule");
        text.Length.ShouldBeLessThan(4000);
        text.ShouldMatch(@"\n… and \d+ more lines\. Name a list or a person to see less at once: /dispatch schedule @ann$");
    }

    [Fact]
    public async Task Without_a_schedule_everybody_can_be_phoned_and_that_is_said()
    {
        await using var world = await World.BeginAsync();
        (await AskAsync(world, "schedule")).ShouldBe(ScheduleText.Nothing);
    }

    [Fact]
    public async Task Who_is_off_is_not_said_to_be_phoned_now()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee]}
            - {shift: B, zone: UTC, hours: daily 08:00-18:00, people: [priya.nair]}
            - {shift: C, zone: UTC, hours: daily 12:00-18:00, people: [jonas.weber]}
            - {away: marcus.reed, from: 2026-01-01, to: 9999-12-31}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        var lines = (await AskAsync(world, "oncall")).Split('\n');
        lines[0].ShouldStartWith("Can be phoned now: ");
        lines[0].ShouldContain("Priya Nair (on shift until 18:00 (UTC)");
        foreach (var off in (string[])["Ann Lee", "Jonas Weber", "Marcus Reed"])
            lines[0].ShouldNotContain(off);
        lines[1].ShouldStartWith("Can be phoned later: Jonas Weber (off shift until 13:00 (UTC+1)");
        lines[1].ShouldContain("Ann Lee (off shift until 16:00 (UTC); lifts, electrics)");
        lines[2].ShouldStartWith("Cannot be phoned: ");
        lines[2].ShouldContain("Marcus Reed (away until further notice)");
    }

    /// <summary>Whom to pick is decided by it.</summary>
    [Fact]
    public async Task The_dialogs_of_Slack_and_of_the_playground_say_beside_each_name_how_things_stand_with_that_person()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee]}
            - {shift: B, zone: UTC, hours: daily 08:00-18:00, people: [eleni.papadaki]}
            - {away: marcus.reed, from: 2026-01-01, to: 9999-12-31}
            - {quiet: 08:00-12:00, people: [jonas.weber]}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        await world.DispatchAsync("INC-1042", "priya.nair");
        var opened = (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, "Till 4 is broken", new Delivery("1"), default))
            .ShouldBeOfType<ChatReply.OpenForm>();
        var slack = BotDispatch.Slack.Drawing.FormView.Options(opened.Form.People).AsArray()
            .ToDictionary(each => each!["value"]!.GetValue<string>(), each => each!["description"]!["text"]!.GetValue<string>().Replace("\u200B", "", StringComparison.Ordinal));
        var surface = new BotDispatch.Playground.PlaygroundSurface(World.Dana, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var page = (await surface.ShowAsync(null!, opened, default)).Form!.People.ToDictionary(each => each.Id);
        foreach (var (id, state) in (ReadOnlySpan<(string, string)>)
        [
            ("ann.lee", "off shift until 16:00 (UTC) · lifts"), ("eleni.papadaki", "on shift until 20:00 (UTC+2) · "),
            ("marcus.reed", "away until further notice · "), ("jonas.weber", "quiet hours until 12:00 (UTC+1) · "),
            ("priya.nair", "ringing for INC-1042 · "), ("lucia.moreno", "ready · "),
        ])
        {
            slack[id].ShouldStartWith(state);
            page[id].Hint.ShouldStartWith(state);
            page[id].CannotBePicked.ShouldBeNull();
        }
        slack["tom.okafor"].ShouldBe("Cannot be phoned: No phone number in the directory.");
        page["tom.okafor"].CannotBePicked.ShouldBe("No phone number in the directory.");
    }

    [Fact]
    public async Task Of_two_covers_the_one_that_was_typed_later_counts_also_after_a_restart()
    {
        await using var world = await World.BeginAsync();
        // Ann's begins later and is typed first.
        await world.App.Get<IAbsences>().CoverAsync(new("ann.lee"), new("jonas.weber"), "today 14:00 - 18:00", default);
        await world.PassAsync(60);
        await world.App.Get<IAbsences>().CoverAsync(new("jonas.weber"), new("priya.nair"), "today 13:00 - 20:00", default);
        foreach (var restarted in (bool[])[false, true])
        {
            if (restarted)
            {
                await world.RestartAsync();
                await world.App.Get<ChatAbsences>().RefreshAsync(default);
            }
            world.App.Get<IAvailability>().Of(new("jonas.weber"), new(2026, 1, 5, 15, 0, 0, TimeSpan.Zero)).IsAvailable.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_cover_that_an_older_version_stored_is_read()
    {
        await using var world = await World.BeginAsync();
        await world.App.Get<AbsenceStore>().SaveAsync("cover", "ann.lee", "2026-01-05T09:00:00/2026-01-05T12:00:00/Europe/London/jonas.weber", default);
        await world.App.Get<ChatAbsences>().RefreshAsync(default);
        world.App.Get<IAvailability>().Of(new("jonas.weber"), world.Clock.GetUtcNow()).IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public async Task A_named_list_shows_its_duties_who_is_called_first_and_who_cannot_be_called()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        using var lists = new TemporaryFile("lists.yaml", "- {list: lifts, name: Lift engineers, members: [tom.okafor, nobody.at.all], rotation: Lifts}\n");
        await using var world = await World.BeginAsync(new(With(shifts)) { ["Employees:Lists"] = lists.FilePath });
        var text = await AskAsync(world, "schedule lift engineers");
        text.Split('\n').Take(10).ShouldBe(
        [
            "Schedule of Lift engineers, now and the next seven days, in the time of UTC:",
            "Now",
            "• Lifts: Ελένη Παπαδάκη until Wed 18:00 (UTC)",
            "• Front desk: ⚠ Tom Okafor (cannot be phoned) until 16:00 (UTC)",
            "• Ελένη Παπαδάκη – first: on shift until Wed 20:00 (UTC+2), has the duty of Lifts until Mon 12 Jan 08:00 (UTC+2)",
            "• Jonas Weber – not now: off shift until Mon 12 Jan 07:00 (UTC+1), has the duty of Lifts from Mon 12 Jan 08:00 (UTC+2)",
            "• ⚠ nobody.at.all is not called: nobody in the directory has this id, email or name, or several have",
            "• ⚠ Tom Okafor is not called: No phone number in the directory",
            "Mon 5 Jan (UTC)",
            "• Lifts: from now on Ελένη Παπαδάκη",
        ], ignoreOrder: false);
        text.ShouldNotContain("Ann Lee", customMessage: "she is not on the list");
        text.ShouldNotContain("Marcus Reed");
        var both = await AskAsync(world, "schedule lifts");
        both.ShouldStartWith("Schedule of Lifts, now and the next seven days, in the time of UTC:\nNow\n• Lifts: Ελένη Παπαδάκη until Wed 18:00 (UTC), then Priya Nair\n• Ελένη Παπαδάκη – first: ");
        both.ShouldNotContain("Front desk", customMessage: "the rotation has the name as well");
        (await AskAsync(world, "schedule lift enginers")).ShouldStartWith("There is no list and nobody called lift enginers.");
    }

    [Fact]
    public async Task Somebody_without_a_number_that_can_be_called_has_no_shift_silently()
    {
        using var people = new TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\nann,Ann Lee,,,,,\nbob,Bob Adams,,ask Tom,,,\ncem,Cem Kaya,,+442079460003,,,\n");
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: Night, zone: UTC, hours: daily 00:00-24:00, people: [ann, bob, cem]}\n");
        await using var world = await World.BeginAsync(new(With(shifts)) { ["Employees:File"] = people.FilePath });
        (await AskAsync(world, "schedule")).ShouldContain("• Night: ⚠ Ann Lee (cannot be phoned), ⚠ Bob Adams (cannot be phoned), Cem Kaya in all these days");
        (await AskAsync(world, "schedule @ann")).ShouldContain("• Ann Lee: On shift; ⚠ cannot be phoned: No phone number in the directory");
    }

    [Fact]
    public async Task A_public_holiday_is_shown_on_its_day_with_the_country()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {holidays: Greece, country: GR, zones: [Europe/Athens]}
            - {holidays: Germany, country: DE-BY, people: [jonas.weber]}
            - {shift: Desk, zone: Europe/Athens, hours: mon-fri 08:00-16:00, not on: Greece, people: [eleni.papadaki]}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        var text = await AskAsync(world, "schedule");
        text.ShouldContain("Tue 6 Jan (UTC)\n• Public holiday: Epiphany (Greece); Heilige Drei Könige (Germany)\nWed 7 Jan (UTC)\n• Desk: 06:00–14:00");
        (await AskAsync(world, "schedule @jonas.weber")).ShouldContain("• Public holiday: Heilige Drei Könige (Germany)\n");
        (await AskAsync(world, "schedule Desk")).ShouldContain("• Public holiday: Epiphany (Greece)\n");
    }

    static async Task<string> AskAsync(World world, string command) =>
        (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, command, new Delivery(Guid.NewGuid().ToString()), default))
            .ShouldBeOfType<ChatReply.Private>().Text;

    static Dictionary<string, string> With(TemporaryFile shifts) => new() { ["Employees:Schedule"] = shifts.FilePath };
}
