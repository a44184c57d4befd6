using BotDispatch.Core;
using BotDispatch.Hosting;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows;

/// <summary>The machine's clock is set at each moment of a dispatch. Nothing comes of it: what waits, waits as long as before.</summary>
public sealed class ClockStepTests
{
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    static readonly TimeSpan[] Steps = [-Hour, Hour, 3 * Hour, TimeSpan.FromSeconds(-30), TimeSpan.FromSeconds(30)];

    static readonly Dictionary<string, Moment> Moments = new()
    {
        ["in a pause"] = new(world => BeginAsync(world, new PersonScript.NeverAnswers()), state => state.Phase is Phase.Pausing),
        ["while a phone rings"] = new(world => BeginAsync(world, new PersonScript.NeverAnswers()), state => IsAt(state, LegStatus.Ringing)),
        ["while somebody talks"] = new(world => BeginAsync(world, new PersonScript.SaysNothing()), state => IsAt(state, LegStatus.InProgress)),
        ["just before a late key"] = new(world => BeginAsync(world, new PersonScript.PressesLate()), state => IsAt(state, LegStatus.InProgress)),
        ["while a call settles"] = new(world => BeginAsync(world, new PersonScript.SaysNothing()), state => state.Phase is Phase.Settling),
        ["while nothing is known of an order"] = new(BeginWithoutNewsAsync, state => state.Legs.Length > 0),
        ["while the line is down"] = new(BeginWithoutALineAsync, state => state.Phase is Phase.LineDown),
        ["while everyone left is on the phone"] = new(BeginWithBusyPeopleAsync, state => state.Phase is Phase.AwaitingPerson, RejectsFromNowOn),
        ["after it was accepted"] = new(BeginHeldAsync, state => state.IsClosed),
    };

    public static TheoryData<string> Names => [.. Moments.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_clock_that_is_set_changes_nothing_of_what_becomes_of_a_dispatch(string moment)
    {
        var without = await TellAsync(Moments[moment], TimeSpan.Zero, restart: false);
        foreach (var step in Steps)
        {
            var with = await TellAsync(Moments[moment], step, restart: false);
            with.Lines.ShouldBe(without.Lines, $"the clock was set by {step}");
            // A process that follows a clock may be five in a thousand slower or faster, and no more.
            with.Lasted.ShouldBe(without.Lasted, without.Lasted * (2 * SteadyClock.MostSlew) + TimeSpan.FromSeconds(1), $"the clock was set by {step}");
        }
    }

    [Theory]
    [InlineData("in a pause")]
    [InlineData("while somebody talks")]
    public async Task Nor_does_one_that_is_set_while_the_process_is_restarted(string moment)
    {
        var without = await TellAsync(Moments[moment], TimeSpan.Zero, restart: true);
        foreach (var step in Steps.Take(3))
            (await TellAsync(Moments[moment], step, restart: true)).Lines.ShouldBe(without.Lines, $"the clock was set by {step}");
    }

    [Fact]
    public async Task A_clock_set_beyond_the_time_for_trying_exhausts_nobody()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:GiveUpAfter"] = "01:00:00" });
        world.Phone("ann.lee").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("INC-1042", "ann.lee");
        await world.PassUntilAsync(async () => (await world.StateAsync(id)).Phase is Phase.Pausing);
        world.Machine.Set(3 * Hour);
        await world.PassAsync(600);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        world.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        (await world.ToTheEndAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
    }

    [Fact]
    public async Task A_person_who_accepted_is_held_for_as_long_as_it_takes_and_no_longer()
    {
        await using var world = await World.BeginAsync(new() { ["Policy:AcceptedHold"] = "02:00:00" });
        await BeginAsync(world, new PersonScript.AnswersAndAccepts());
        await world.PassAsync(60);
        world.Machine.Set(3 * Hour);
        await world.PassAsync(60);
        var second = await world.DispatchAsync("Another machine", "ann.lee");
        await world.PassAsync(60);
        (await world.StateAsync(second)).Phase.ShouldBeOfType<Phase.AwaitingPerson>();
        world.CallsTo("ann.lee").Count.ShouldBe(1);
        await world.PassAsync(2 * Hour);
        world.CallsTo("ann.lee").Count.ShouldBe(2);
    }

    /// <summary>What a moment of a dispatch is: how to come to it, what tells that it has come, and what people do a minute later.</summary>
    sealed record Moment(Func<World, Task<DispatchId>> Begin, Func<DispatchState, bool> HasCome, Action<World>? Then = null);

    static async Task<(string Lines, TimeSpan Lasted)> TellAsync(Moment moment, TimeSpan step, bool restart)
    {
        await using var world = await World.BeginAsync();
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var begun = world.Clock.GetUtcNow();
        var id = await moment.Begin(world);
        await world.PassUntilAsync(async () => moment.HasCome(await world.StateAsync(id)));
        // Not exactly when something happens.
        await world.PassAsync(0.3);
        world.Machine.Set(step);
        if (restart)
            await world.RestartAsync();
        await world.PassAsync(60);
        world.Routee.Unreachable = false;
        moment.Then?.Invoke(world);
        var end = await world.ToTheEndAsync(id);
        var lasted = world.Clock.GetUtcNow() - begun;
        var legs = end.Legs.Select(leg => $"{end.Plan.Roster[leg.Attempt.Callee].Id.Value}: {leg.Outcome} ({leg.Evidence}), {leg.Status}");
        // What another dispatch needs of the same people goes on as well.
        var next = await world.DispatchAsync("Another job", "marcus.reed", "ann.lee");
        await world.PassAsync(5);
        var after = await world.StateAsync(next);
        return (string.Join('\n', [.. world.Thread(id), .. legs, end.Resolution!.GetType().Name, $"{world.Routee.Calls.Count} calls", .. after.Callees.Select(each => $"{each.PassedOver}")]), lasted);
    }

    static Task<DispatchId> BeginAsync(World world, PersonScript ann)
    {
        world.Phone("ann.lee").Script = ann;
        return world.DispatchAsync("INC-1042", "ann.lee", "marcus.reed");
    }

    static Task<DispatchId> BeginWithoutNewsAsync(World world)
    {
        Settings.Apply("PostAnswerCut=True, LoseFinalWebhook=True, LoseKeyPosts=All", world.Routee);
        return BeginAsync(world, new PersonScript.AnswersAndAccepts());
    }

    static Task<DispatchId> BeginWithoutALineAsync(World world)
    {
        world.Routee.Unreachable = true;
        return BeginAsync(world, new PersonScript.AnswersAndAccepts());
    }

    static async Task<DispatchId> BeginWithBusyPeopleAsync(World world)
    {
        world.Phone("ann.lee").Script = new PersonScript.SaysNothing();
        await world.DispatchAsync("Another machine", "ann.lee");
        await world.PassAsync(5);
        return await world.DispatchAsync("INC-1042", "ann.lee");
    }

    // Two dispatches that want one person for hours take turns by fractions of a second: that is no matter of clocks.
    static void RejectsFromNowOn(World world) => world.Phone("ann.lee").Script = new PersonScript.AnswersAndRejects();

    static async Task<DispatchId> BeginHeldAsync(World world)
    {
        await BeginAsync(world, new PersonScript.AnswersAndAccepts());
        await world.PassAsync(60);
        return await world.DispatchAsync("Another machine", "ann.lee", "marcus.reed");
    }

    static bool IsAt(DispatchState state, LegStatus status) => state.Legs.Any(leg => leg.Status == status);
}
