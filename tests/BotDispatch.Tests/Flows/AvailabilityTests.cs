using BotDispatch.Core;
using BotDispatch.Dispatching;
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

    static Dictionary<string, string> With(TemporaryFile shifts) => new() { ["Employees:Schedule"] = shifts.FilePath };
}
