using static BotDispatch.Core.Tests.Cast;
using static BotDispatch.Core.Tests.Properties;

namespace BotDispatch.Core.Tests;

/// <summary>What keeps a number from being rung: a call until it ends, an accepted job until it is done.</summary>
public class LineChangeStories
{
    static readonly DispatchId Id = new("d1");

    [Fact]
    public void A_call_holds_its_number_from_its_beginning_to_its_end_and_never_longer() => InEveryHistory(steps =>
    {
        var held = new HashSet<AttemptId>();
        foreach (var step in steps)
        {
            foreach (var change in LineChanges.Of(step.Before, step.Decision))
                if (change is LineChange.HoldForCall hold)
                    held.Add(hold.Attempt).ShouldBeTrue("no call is held twice");
                else if (change is LineChange.FreeCall free)
                    held.Remove(free.Attempt).ShouldBeTrue("only what was held is freed");
            held.ShouldBe(step.After.Legs.Where(leg => leg.IsLive).Select(leg => leg.Attempt), ignoreOrder: true);
        }
    });

    [Fact]
    public void Every_change_names_the_number_of_its_callee() => AtEveryStep(step =>
    {
        foreach (var change in LineChanges.Of(step.Before, step.Decision))
            if (change is LineChange.HoldForCall hold)
                hold.Phone.ShouldBe(step.After.Plan.Roster[hold.Attempt.Callee].Phone);
            else if (change is LineChange.FreeCall free)
                free.Phone.ShouldBe(step.After.Plan.Roster[free.Attempt.Callee].Phone);
            else if (change is LineChange.HoldForJob { Attempt: { } attempt } job)
                job.Phone.ShouldBe(step.After.Plan.Roster[attempt.Callee].Phone);
    });

    [Fact]
    public void An_input_that_is_ignored_changes_no_line() => AtEveryStep(step =>
    {
        if (step.Decision.IsIgnored)
            LineChanges.Of(step.Before, step.Decision).ShouldBeEmpty();
    });

    [Fact]
    public void A_call_that_begins_holds_its_number_as_long_as_it_can_last()
    {
        var play = Play.With(Ann);
        Of(play, new DispatchInput.BeginCall(Call(0, 1), Length)).ShouldBe([new LineChange.HoldForCall(Ann.Phone, Call(0, 1), play.Happened<DispatchEvent.CallBegun>().Single().EndsBy)]);
    }

    [Fact]
    public void A_call_that_ended_frees_its_number()
    {
        var play = Play.With(Ann).Dials(Ann);
        Of(play, new DispatchInput.LegProgressed(Call(0, 1), new LegReport(LegStatus.Busy, "leg"))).ShouldBe([new LineChange.FreeCall(Ann.Phone, Call(0, 1))]);
    }

    [Fact]
    public void A_call_that_was_surely_not_placed_frees_its_number()
    {
        var play = Play.With(Ann).Begins(Ann);
        Of(play, new DispatchInput.CallNotPlaced(Call(0, 1), new NotPlaced.LineIsDown(LineDownReason.Unreachable))).ShouldBe([new LineChange.FreeCall(Ann.Phone, Call(0, 1))]);
    }

    [Fact]
    public void Pressing_1_holds_the_number_for_the_job_while_the_call_goes_on()
    {
        var play = Play.With(Ann, Bob).Dials(Ann).PicksUp();
        Of(play, new DispatchInput.KeysPressed(Call(0, 1), "1")).ShouldBe(
        [
            new LineChange.HoldForJob(Ann.Phone, Id, Call(0, 1), play.Happened<DispatchEvent.Accepted>().Single().HeldUntil), new LineChange.StopWaiting(Id),
        ]);
    }

    [Fact]
    public void Taking_the_job_in_the_channel_holds_the_number_of_a_callee_and_of_nobody_else()
    {
        var play = Play.With(Ann, Bob);
        Of(play, new DispatchInput.Take(Boss, Ann.Id)).ShouldBe(
            [new LineChange.HoldForJob(Ann.Phone, Id, null, play.Happened<DispatchEvent.Taken>().Single().HeldUntil), new LineChange.StopWaiting(Id)]);
        Of(Play.With(Ann, Bob), new DispatchInput.Take(Boss, Outsider)).ShouldBe([new LineChange.StopWaiting(Id)]);
    }

    [Fact]
    public void Done_and_a_redispatch_free_the_number_of_the_job()
    {
        var play = Play.With(Ann).Dials(Ann).PicksUp().Presses("1").HangsUp();
        Of(play, new DispatchInput.MarkDone(Boss)).ShouldBe([new LineChange.FreeJob(Id)]);
        var again = Decider.Decide(DispatchState.Initial, new DispatchInput.Start(Plan(Ann) with { Id = new("d2"), Replaces = Id }), Noon);
        LineChanges.Of(DispatchState.Initial, again).ShouldBe([new LineChange.FreeJob(Id)]);
    }

    [Fact]
    public void A_number_that_is_held_elsewhere_is_awaited_until_the_dispatch_is_closed()
    {
        var play = Play.With(Ann);
        var facts = new LineStatus(PassedOverReason.OnThePhone, Noon + Minutes(2));
        Of(play, new DispatchInput.BeginCall(Call(0, 1), Length, facts)).ShouldBe([new LineChange.AwaitLine(Ann.Phone, Id)]);
        Of(play, new DispatchInput.Cancel(Boss)).ShouldBe([new LineChange.StopWaiting(Id)]);
    }

    static LineChange[] Of(Play play, DispatchInput input)
    {
        var before = play.State;
        return [.. LineChanges.Of(before, play.Gets(input).Last)];
    }
}
