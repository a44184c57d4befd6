using BotDispatch.Hosting;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Hosting;

/// <summary>Where time goes on after a restart, and on another node.</summary>
public sealed class SteadyMomentTests
{
    static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static readonly SteadyMoment AtNoon = new(Noon, Noon, "one boot", 5 * Hour, null);

    [Fact]
    public void A_first_start_takes_the_clock_of_the_machine_or_of_the_database_that_is_shared()
    {
        SteadyMoment.Resumed(null, Noon, "one boot", Hour, null).ShouldBe(Noon);
        SteadyMoment.Resumed(null, Noon + Hour, "one boot", Hour, Noon).ShouldBe(Noon);
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(10800)]
    public void On_the_same_boot_what_has_elapsed_is_certain_wherever_the_clock_was_set(int step) =>
        SteadyMoment.Resumed(AtNoon, Noon + Minute + step * Second, "one boot", 5 * Hour + Minute, null).ShouldBe(Noon + Minute);

    [Fact]
    public void After_another_boot_the_time_down_counts_as_the_machines_clock_tells_it() =>
        SteadyMoment.Resumed(AtNoon, Noon + Hour, "another boot", Minute, null).ShouldBe(Noon + Hour);

    [Fact]
    public void A_clock_that_is_behind_what_was_kept_takes_no_time_back() =>
        SteadyMoment.Resumed(AtNoon, Noon - Hour, "another boot", Minute, null).ShouldBe(Noon);

    [Fact]
    public void A_difference_that_was_known_is_kept_over_a_boot() =>
        SteadyMoment.Resumed(AtNoon with { Wall = Noon - Hour }, Noon - Hour + Minute, "another boot", Minute, null).ShouldBe(Noon + Minute);

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(48)]
    public void A_node_whose_clock_is_wrong_goes_by_the_database(int hoursWrong) =>
        SteadyMoment.Resumed(AtNoon with { Database = Noon }, Noon + 5 * Second + hoursWrong * Hour, "another machine", Minute, Noon + 5 * Second)
            .ShouldBeInRange(Noon, Noon + 5 * Second);

    [Fact]
    public void Without_any_way_to_know_the_boot_the_clocks_decide() =>
        SteadyMoment.Resumed(AtNoon with { Boot = "" }, Noon + Minute, "", 5 * Hour, null).ShouldBe(Noon + Minute);

    [Theory]
    [OnSqlite, OnPostgreSql]
    public async Task Nodes_agree_on_the_time_although_one_was_suspended(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (first, firstNote, _) = await NodeAsync(ground, ground.Clock, "one");
        var late = new ManualClock();
        var (second, secondNote, _) = await NodeAsync(ground, late, "another");
        ground.Clock.Advance(10 * Minute);
        await ground.Node.Engine.WriteAsync(default, [firstNote.Keep()], default);

        await secondNote.CatchUpAsync(default);

        (second.GetUtcNow() - first.GetUtcNow()).Duration().ShouldBeLessThan(Second);
    }

    [Theory]
    [OnSqlite, OnPostgreSql]
    public async Task What_was_kept_is_gone_on_from_although_the_clock_was_set_meanwhile(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (before, _, _) = await NodeAsync(ground, ground.Clock, "one");
        ground.Clock.Advance(Minute);
        var expected = before.GetUtcNow();

        var (after, _, machine) = await NodeAsync(ground, ground.Clock, "one", setBy: 3 * Hour);

        after.GetUtcNow().ShouldBe(expected, Second);
        after.WallNow.ShouldBe(machine.GetUtcNow());
        after.Status.ShouldNotBeNull();
    }

    static async Task<(SteadyClock Clock, SteadyNote Note, SetClock Machine)> NodeAsync(Ground ground, ManualClock elapsed, string boot, TimeSpan setBy = default)
    {
        var machine = new SetClock(elapsed);
        machine.Set(setBy);
        var clock = new SteadyClock(machine, NullLogger<SteadyClock>.Instance);
        var note = new SteadyNote(clock, ground.Node.Get<NoteStore>(), new(boot));
        await note.ResumeAsync(default);
        await ground.Node.Engine.WriteAsync(default, [note.Keep()], default);
        return (clock, note, machine);
    }
}
