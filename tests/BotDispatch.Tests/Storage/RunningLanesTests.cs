using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Storage;

public class RunningLanesTests
{
    readonly ManualClock clock = new();
    readonly RunningLanes running = new([Lanes.Voice, Lanes.Clock], kind => kind == Lanes.Clock ? 3 : 2);

    [Fact]
    public void Each_kind_is_counted_for_itself()
    {
        var (kinds, room) = running.KindsWithRoom();
        kinds.ShouldBe([Lanes.Voice, Lanes.Clock]);
        room.ShouldBe(2, "so many more of each of these");
        Begin(Lanes.Clock);
        Begin(Lanes.Clock);
        running.RoomFor(Lanes.Voice).ShouldBe(2);
        running.RoomFor(Lanes.Clock).ShouldBe(1);
        running.KindsWithRoom().Room.ShouldBe(1);
    }

    [Fact]
    public void A_kind_that_is_full_has_room_again_when_one_of_it_ends()
    {
        var first = Begin(Lanes.Voice);
        Begin(Lanes.Voice);
        var (kinds, room) = running.KindsWithRoom();
        kinds.ShouldBe([Lanes.Clock]);
        room.ShouldBe(3);
        running.Remove(first);
        (kinds, room) = running.KindsWithRoom();
        kinds.ShouldBe([Lanes.Voice, Lanes.Clock]);
        room.ShouldBe(1);
    }

    [Fact]
    public void Where_all_kinds_are_full_there_is_no_room()
    {
        foreach (var kind in new[] { Lanes.Voice, Lanes.Voice, Lanes.Clock, Lanes.Clock, Lanes.Clock })
            Begin(kind);
        var (kinds, room) = running.KindsWithRoom();
        kinds.ShouldBeEmpty();
        room.ShouldBe(0);
    }

    [Fact]
    public void Those_that_take_too_long_are_found_once()
    {
        var first = Begin(Lanes.Voice);
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = Begin(Lanes.Clock);
        clock.Advance(LaneStore.Lease);
        Late().ShouldBe([first]);
        second.UntilLate.ShouldBe(TimeSpan.Zero);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Late().ShouldBe([second]);
        Late().ShouldBeEmpty();
    }

    [Fact]
    public void A_lane_of_an_unknown_kind_is_not_listed()
    {
        Should.Throw<KeyNotFoundException>(() => Begin("fax"));
        running.All.ShouldBeEmpty();
    }

    RunningLane[] Late() => [.. running.All.Where(run => run.IsLate(isWaitingForTurn: false))];

    RunningLane Begin(string kind)
    {
        var run = new RunningLane(new(Some.Id("INC-1"), kind, clock.GetUtcNow(), 1, 0, 0), clock, default);
        running.Add(run);
        return run;
    }
}
