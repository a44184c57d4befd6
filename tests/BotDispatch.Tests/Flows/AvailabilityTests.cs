using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Employees.Availability;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Tests.Employees;

namespace BotDispatch.Tests.Flows;

/// <summary>Who is called now. The world begins on Monday 5 January 2026 at 09:00 UTC.</summary>
public sealed class AvailabilityTests
{
    [Fact]
    public async Task Somebody_off_shift_is_passed_over_with_the_reason_and_the_next_one_is_called_and_says_why()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {shift: Late, hours: daily 14:00-22:00, people: [jonas.weber]}
            - {shift: Early, hours: daily 06:00-14:00, people: [marcus.reed, ann.lee]}
            - {away: marcus.reed, from: 2026-01-05, to: 2026-01-06}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "jonas.weber", "marcus.reed", "ann.lee");
        await world.ToTheEndAsync(id);
        world.Thread(id).Take(4).ShouldBe(
        [
            "Asked for by Dana. To be called, in this order: Jonas Weber, Marcus Reed, Ann Lee.",
            "Jonas Weber is passed over: Off shift until 14:00 (UTC+1).",
            "Marcus Reed is passed over: Away until Wed 00:00 (UTC−5), available from Wed 06:00 (UTC−5).",
            "Calling Ann Lee, attempt 1 of 3. On shift until 14:00 (UTC).",
        ]);
        world.CallsTo("jonas.weber").ShouldBeEmpty();
        world.CallsTo("marcus.reed").ShouldBeEmpty();
    }

    [Fact]
    public async Task With_nobody_available_the_thread_says_why_for_each_and_the_first_to_be_available_is_called_then()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {shift: A, zone: UTC, hours: daily 10:30-12:00, people: [jonas.weber]}
            - {shift: B, zone: UTC, hours: daily 09:45-12:00, people: [ann.lee]}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "jonas.weber", "ann.lee");
        world.Thread(id).Skip(1).ShouldBe(
        [
            "Jonas Weber is passed over: Off shift until 11:30 (UTC+1).",
            "Ann Lee is passed over: Off shift until 09:45 (UTC).",
            "Nobody left can be called now; the first to be available is called.",
        ]);
        var end = await world.ToTheEndAsync(id);
        end.Legs.ShouldHaveSingleItem().BegunAt.ShouldBe(new(2026, 1, 5, 9, 45, 0, TimeSpan.Zero), TimeSpan.FromSeconds(2));
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(1);
    }

    [Fact]
    public async Task Each_call_is_judged_by_itself_so_a_shift_that_ends_between_two_calls_counts()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: A, zone: UTC, hours: daily 08:00-09:01, people: [ann.lee]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
        await world.ToTheEndAsync(id);
        world.CallsTo("ann.lee").Count.ShouldBe(2);
        world.Thread(id).ShouldContain("Ann Lee is passed over: Off shift until Tue 08:00 (UTC).");
        world.Thread(id).ShouldContain("Calling Marcus Reed, attempt 1 of 3.");
    }

    [Fact]
    public async Task Somebody_whose_shift_is_moved_forward_while_they_are_awaited_is_called_at_once()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        world.Thread(id)[^1].ShouldBe("Nobody left can be called in the time for trying. Take this job, or cancel it and dispatch somebody else.");
        shifts.Write("- {shift: A, zone: UTC, hours: daily 09:00-18:00, people: [ann.lee]}\n");
        await world.PassAsync(5);
        await world.App.Get<DutyWatch>().LookAsync(default);
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Fact]
    public async Task A_list_of_people_who_are_all_off_until_after_the_time_for_trying_ends_with_the_reasons()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee, jonas.weber]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        var id = await world.DispatchAsync("INC-1042", "ann.lee", "jonas.weber");
        var end = await world.ToTheEndAsync(id);
        end.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
        end.Legs.ShouldBeEmpty();
        world.Thread(id).ShouldContain("Ann Lee: not called: Off shift until 16:00 (UTC).");
        world.Thread(id).ShouldContain("Jonas Weber: not called: Off shift until 17:00 (UTC+1).");
    }

    [Fact]
    public async Task Somebody_who_says_that_they_are_away_is_passed_over_also_after_a_restart_and_called_when_they_are_back()
    {
        await using var world = await World.BeginAsync();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var ann = new EmployeeId("ann.lee");
        (await world.App.Get<IAbsences>().AwayAsync(ann, "until 10:00", default))
            .ShouldBe("You are away until 10:00 (UTC), and are not phoned then. A call that is under way goes on. When you are back earlier: /dispatch back");
        await world.RestartAsync();
        await world.App.Get<ChatAbsences>().RefreshAsync(default);
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        world.Thread(id)[1].ShouldBe("Ann Lee is passed over: Away until 10:00 (UTC).");
        (await world.App.Get<Overview>().FindPeopleAsync(World.Channel, "ann", 5, default))[0].Doing.ShouldBe("away until 10:00 (UTC)");
        (await world.App.Get<IAbsences>().BackAsync(ann, default)).ShouldBe("You are back. You are phoned again whenever your shifts and hours allow it.");
        await world.App.Get<DutyWatch>().LookAsync(default);
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        (await world.App.Get<IAbsences>().BackAsync(ann, default)).ShouldStartWith("You had not said in a chat that you are away.");
        (await world.App.Get<IAbsences>().AwayAsync(ann, "soon", default)).ShouldBe(AbsenceMistakes.Away);
        (await world.App.Get<IAbsences>().AwayAsync(ann, "", default)).ShouldStartWith("You are away until you are back");
    }

    [Theory]
    [InlineData("away until 18:00", "until 18:00")]
    [InlineData("away", "")]
    [InlineData("Away mon-fri", "mon-fri")]
    [InlineData("away for 2 hours", "for 2 hours")]
    [InlineData("away for 2 weeks", "for 2 weeks")]
    [InlineData("away from keyboard light is red", null)]
    [InlineData("away team bus has a flat tyre", null)]
    public void Being_away_is_a_command_and_other_words_are_something_to_dispatch(string typed, string? when) =>
        (CommandGrammar.Parse(typed) is ChatCommand.Away away ? away.When : null).ShouldBe(when);

    [Fact]
    public async Task Somebody_who_takes_over_a_shift_is_called_in_place_of_its_owner_and_both_zones_are_said()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: A, zone: UTC, hours: daily 08:00-18:00, people: [jonas.weber]}\n- {shift: B, zone: UTC, hours: daily 22:00-23:00, people: [ann.lee]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        (await world.App.Get<IAbsences>().CoverAsync(new("ann.lee"), new("jonas.weber"), "until 12:00", default)).Answer
            .ShouldBe("You are on shift for Jonas Weber from 09:00 (UTC) to 12:00 (UTC), and Jonas Weber is off for that time (there: 10:00 (UTC+1) to 13:00 (UTC+1)).");
        var id = await world.DispatchAsync("INC-1042", "jonas.weber", "ann.lee");
        await world.ToTheEndAsync(id);
        world.Thread(id)[1].ShouldBe("Jonas Weber is passed over: Off shift until 13:00 (UTC+1).");
        world.Thread(id)[2].ShouldBe("Calling Ann Lee, attempt 1 of 3. On shift until 12:00 (UTC).");
    }

    [Fact]
    public async Task Somebody_without_shifts_is_not_called_while_another_takes_over_and_is_called_again_after_they_take_it_back()
    {
        await using var world = await World.BeginAsync();
        world.Phone("jonas.weber").Script = new PersonScript.AnswersAndAccepts();
        var absences = world.App.Get<IAbsences>();
        await absences.CoverAsync(new("ann.lee"), new("jonas.weber"), "until 12:00", default);
        var id = await world.DispatchAsync("INC-1042", "jonas.weber");
        world.Thread(id)[1].ShouldBe("Jonas Weber is passed over: Off shift until 13:00 (UTC+1).");
        (await absences.CoverAsync(new("jonas.weber"), new("ann.lee"), "until 18:00", default)).Answer.ShouldStartWith("You are on shift for Ann Lee");
        await world.App.Get<DutyWatch>().LookAsync(default);
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Fact]
    public async Task A_planned_absence_outlives_a_short_one_and_is_named_until_it_is_taken_back()
    {
        await using var world = await World.BeginAsync();
        var (absences, ann) = (world.App.Get<IAbsences>(), new EmployeeId("ann.lee"));
        await absences.AwayAsync(ann, "2026-02-02..2026-02-13", default);
        (await absences.AwayAsync(ann, "until 10:00", default)).ShouldBe(
            "You are away until 10:00 (UTC), and are not phoned then. You are also away from Mon 2 Feb 00:00 (UTC) until Sat 14 Feb 00:00 (UTC). "
            + "A call that is under way goes on. When you are back earlier: /dispatch back");
        (await absences.AwayAsync(ann, "until 11:00", default)).ShouldNotContain("No longer noted", customMessage: "a correction goes without saying");
        (await absences.AwayAsync(ann, "", default)).ShouldContain("You are also away from Mon 2 Feb");
        await world.RestartAsync();
        await world.App.Get<ChatAbsences>().RefreshAsync(default);
        absences = world.App.Get<IAbsences>();
        (await absences.BackAsync(ann, default)).ShouldBe("You are back. You are phoned again whenever your shifts and hours allow it. "
            + "You are still away from Mon 2 Feb 00:00 (UTC) until Sat 14 Feb 00:00 (UTC); if not: /dispatch back");
        world.App.Get<IAvailability>().Of(ann, world.Clock.GetUtcNow()).IsAvailable.ShouldBeTrue();
        world.App.Get<IAvailability>().Of(ann, new(2026, 2, 10, 12, 0, 0, TimeSpan.Zero)).IsAvailable.ShouldBeFalse();
        (await absences.AwayAsync(ann, "2026-02-04..2026-02-05", default)).ShouldContain(
            "No longer noted: from Mon 2 Feb 00:00 (UTC) until Sat 14 Feb 00:00 (UTC). ");
        (await absences.BackAsync(ann, default)).ShouldBe("You are back. You are phoned again whenever your shifts and hours allow it.");
        world.App.Get<IAvailability>().Of(ann, new(2026, 2, 4, 12, 0, 0, TimeSpan.Zero)).IsAvailable.ShouldBeTrue();
        (await absences.BackAsync(ann, default)).ShouldStartWith("You had not said in a chat that you are away.");
    }

    [Fact]
    public async Task A_cover_for_one_person_does_not_end_the_cover_for_another()
    {
        await using var world = await World.BeginAsync();
        var (absences, ann, jonas, priya) = (world.App.Get<IAbsences>(), new EmployeeId("ann.lee"), new EmployeeId("jonas.weber"), new EmployeeId("priya.nair"));
        await absences.CoverAsync(ann, jonas, "2026-01-24..2026-01-25", default);
        (await absences.CoverAsync(ann, priya, "until 12:00", default)).Answer.ShouldEndWith(
            $" You are also on shift for {"Jonas Weber".Isolated()} from Sat 24 Jan 00:00 (UTC) until Mon 26 Jan 00:00 (UTC).");
        bool IsOn(EmployeeId who, int day, int hour) => world.App.Get<IAvailability>().Of(who, new(2026, 1, day, hour, 0, 0, TimeSpan.Zero)).IsAvailable;
        (IsOn(jonas, 24, 12), IsOn(priya, 5, 10)).ShouldBe((false, false));
        await absences.CoverAsync(ann, priya, "for 1 minute", default);
        await world.PassAsync(120);
        (IsOn(jonas, 24, 12), IsOn(priya, 5, 10)).ShouldBe((false, true), "a cover for a minute takes back the one of that person alone");
        await absences.CoverAsync(ann, jonas, "for 1 minute", default);
        IsOn(jonas, 24, 12).ShouldBeTrue("also if it was planned");
    }

    [Fact]
    public async Task Somebody_whose_phone_cannot_be_called_can_be_taken_over_for()
    {
        await using var world = await World.BeginAsync();
        var ann = new Person(World.Dana.Platform, "ann.lee", "Ann Lee");
        var answer = await world.App.Get<ChatCommands>().CommandAsync(ann, World.Channel, "cover @tom.okafor until 18:00", new Delivery("cover-1"), default);
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldStartWith($"You are on shift for {"Tom Okafor".Isolated()} from 09:00 (UTC) to 18:00 (UTC)");
    }

    [Fact]
    public async Task Somebody_whose_id_has_a_slash_in_it_can_be_taken_over_for()
    {
        using var people = new TemporaryFile("people.csv", "id,name,email,phone,language,timezone,skills\nann.lee,Ann,,+447700900101,,Etc/GMT+1,\nlifts/bob,Bob,,+447700900102,,,\n");
        await using var world = await World.BeginAsync(new() { ["Employees:File"] = people.FilePath });
        await world.App.Get<IAbsences>().CoverAsync(new("ann.lee"), new("lifts/bob"), "until 12:00", default);
        world.App.Get<IAvailability>().Of(new("lifts/bob"), world.Clock.GetUtcNow()).IsAvailable.ShouldBeFalse();
    }

    [Fact]
    public async Task Being_away_for_ever_is_being_away_until_one_is_back()
    {
        await using var world = await World.BeginAsync();
        (await world.App.Get<IAbsences>().AwayAsync(new("jonas.weber"), "2026-01-05..9999-12-31", default)).ShouldStartWith("You are away until you are back,");
        (await world.App.Get<Overview>().FindPeopleAsync(World.Channel, "jonas", 5, default))[0].Doing.ShouldBe("away until further notice");
    }

    [Fact]
    public void Taking_over_names_somebody_and_a_time()
    {
        CommandGrammar.Parse("cover @ben mon 18:00 - tue 08:00").ShouldBe(new ChatCommand.Cover(new NamedPerson.Typed("ben"), "mon 18:00 - tue 08:00"));
        CommandGrammar.Parse("cover the hole in the fence @ben").ShouldBeOfType<ChatCommand.Open>();
    }

    [Fact]
    public void Being_back_is_a_command_and_a_back_door_is_not()
    {
        CommandGrammar.Parse("back").ShouldBeOfType<ChatCommand.Back>();
        // Unless somebody is called Door, it is a job.
        CommandGrammar.Parse("back door is stuck").ShouldBeOfType<ChatCommand.AwayOfOther>().ShouldSatisfyAllConditions(
            other => other.IsUncertain.ShouldBeTrue(), other => other.Otherwise.ResolvedTicket.ShouldBe("back door is stuck"));
        CommandGrammar.Parse("away from keyboard light is red").ShouldBeOfType<ChatCommand.Open>();
    }

    [Fact]
    public async Task A_person_who_is_no_employee_reads_so()
    {
        await using var world = await World.BeginAsync();
        var answer = await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, "away until 18:00", new Delivery("away-1"), default);
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldStartWith("Your chat account is not linked to an employee, so nothing was noted down.");
    }

    [Fact]
    public async Task Everybody_sees_who_is_on_and_off_shift_before_they_pick()
    {
        using var shifts = new TemporaryFile("shifts.yaml", "- {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee]}\n- {shift: B, zone: UTC, hours: daily 08:00-18:00, people: [priya.nair]}\n");
        await using var world = await World.BeginAsync(With(shifts));
        var answer = await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, "oncall", new Delivery("oncall-1"), default);
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldContain("Ann Lee (off shift until 16:00 (UTC); lifts, electrics)");
        answer.ShouldBeOfType<ChatReply.Private>().Text.ShouldContain("Priya Nair (on shift until 18:00 (UTC); point of sale, payments)");
    }

    [Fact]
    public async Task The_dialog_says_of_everybody_what_keeps_them_from_being_called_before_they_are_picked()
    {
        using var shifts = new TemporaryFile("shifts.yaml", """
            - {holidays: House, address: days.ics}
            - {shift: A, zone: UTC, hours: daily 16:00-18:00, people: [ann.lee]}
            - {shift: B, zone: UTC, hours: daily 08:00-18:00, people: [priya.nair]}
            - {away: marcus.reed, from: 2026-01-01, to: 2026-01-06}
            - {quiet: 09:00-17:00, people: [jonas.weber]}
            """);
        await using var world = await World.BeginAsync(With(shifts));
        world.Phone("camille.durand").Script = new PersonScript.AnswersAndAccepts();
        await world.ToTheEndAsync(await world.DispatchAsync("INC-1051", "camille.durand"));
        var form = (await world.App.Get<ChatCommands>().CommandAsync(World.Dana, World.Channel, "INC-1042", new Delivery("open-1"), default))
            .ShouldBeOfType<ChatReply.OpenForm>().Form;
        foreach (var (id, state) in ((string, string)[])
        [
            ("ann.lee", "off shift until 16:00 (UTC)"), ("priya.nair", "on shift until 18:00 (UTC)"), ("marcus.reed", "away until "),
            ("jonas.weber", "quiet hours until 17:00 (UTC+1)"), ("camille.durand", "has had INC-1051 since "), ("eleni.papadaki", "ready"),
        ])
        {
            var person = form.People.Single(each => each.Id.Value == id);
            person.Hint.ShouldStartWith(state);
            person.CannotBePicked.ShouldBeNull();
            // Slack and the playground show the hint beside the name; Teams has one line.
            BotDispatch.Teams.Drawing.DispatchDialog.Offered(person).ShouldContain($" – {state}");
        }
        var without = form.People.Single(each => each.Id.Value == "tom.okafor");
        without.CannotBePicked.ShouldBe("No phone number in the directory.");
        BotDispatch.Teams.Drawing.DispatchDialog.Offered(without).ShouldContain("cannot be phoned: No phone number in the directory");
    }

    static Dictionary<string, string> With(TemporaryFile shifts) => new() { ["Employees:Schedule"] = shifts.FilePath };
}
