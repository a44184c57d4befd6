using static BotDispatch.Core.DispatchEvent;
using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>A dispatch that is shown in more than one place.</summary>
public class MirrorStories
{
    static readonly Mirror Ops = MirrorIn("ops");
    static readonly Mirror Yard = MirrorIn("yard", isByRule: true);

    [Fact]
    public void What_is_mirrored_from_the_start_is_shown_everywhere_once()
    {
        var home = MirrorIn("x") with { Channel = Plan(Ann).Channel };
        var play = Begun([Ops, Ops, home, Yard]);
        play.Log.OfType<MirrorAdded>().ShouldBe([new MirrorAdded(Ops, AtStart: true), new MirrorAdded(Yard, AtStart: true)]);
        play.State.Places.ShouldBe([Plan(Ann).Channel, Ops.Channel, Yard.Channel]);
        play.Wants(Ann);
    }

    [Fact]
    public void A_dispatch_is_shown_in_no_more_places_than_there_may_be()
    {
        var many = Enumerable.Range(1, 9).Select(n => MirrorIn($"place {n}")).ToList();
        var play = Begun(many);
        play.State.Mirrors.ShouldBe(many.Take(Decider.MostMirrors));
        play.Gets(new DispatchInput.AddMirror(many[^1])).Last.Because.ShouldBe("it is shown in as many places as it can be");
    }

    [Fact]
    public void One_can_be_added_while_it_runs_but_not_twice_and_not_to_a_closed_one()
    {
        var play = Play.With(Ann).Dials(Ann).Gets(new DispatchInput.AddMirror(Ops));
        play.Last.Events.ToArray().ShouldBe([new MirrorAdded(Ops, AtStart: false)]);
        play.Gets(new DispatchInput.AddMirror(Ops)).Last.Because.ShouldBe("it is shown there already");
        play.Gets(new DispatchInput.AddMirror(Ops with { Channel = play.State.Plan.Channel })).Last.Because.ShouldBe("it is shown there already");
        play.Gets(new DispatchInput.Cancel(Boss)).Gets(new DispatchInput.AddMirror(Yard)).Last.Because.ShouldBe("it is not open");
    }

    [Fact]
    public void A_place_that_is_lost_is_given_up_once_and_changes_nothing_else()
    {
        var play = Begun([Ops]).Dials(Ann);
        var before = play.State;
        play.Gets(new DispatchInput.GiveUpThread(1, GivenUpBecause.Refused, "gone"));
        play.Last.Events.ToArray().ShouldBe([new ThreadGivenUp(1, GivenUpBecause.Refused, "gone")]);
        play.State.Phase.ShouldBe(before.Phase);
        play.Gets(new DispatchInput.GiveUpThread(1, GivenUpBecause.Refused, "gone")).Last.Because.ShouldBe("it is not shown there");
        play.Gets(new DispatchInput.GiveUpThread(2, GivenUpBecause.Refused, "gone")).Last.Because.ShouldBe("it is not shown there");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_place_that_was_given_up_can_be_added_again(int thread)
    {
        var play = Begun([Ops]);
        var again = Ops with { Channel = play.State.Places.ElementAt(thread), By = Boss with { Name = "Another" } };
        play.Gets(new DispatchInput.GiveUpThread(thread, GivenUpBecause.NotAMember, "")).Gets(new DispatchInput.AddMirror(again));
        play.Last.Events.ToArray().ShouldBe([new MirrorAdded(again, AtStart: false)]);
        play.State.GivenUpThreads.ShouldBeEmpty();
        play.State.Mirrors.ShouldBe([thread == 0 ? Ops : again]);
    }

    [Fact]
    public void Each_card_says_where_else_it_is_shown()
    {
        var play = Begun([Ops, Yard]);
        DispatchCard.Of(play.State).AlsoIn.ShouldBe(["ops in Teams", "yard in Teams"]);
        DispatchCard.Of(play.State, thread: 1).AlsoIn.ShouldBe(["Slack", "yard in Teams"]);
        play.Gets(new DispatchInput.GiveUpThread(2, GivenUpBecause.Refused, "gone"));
        DispatchCard.Of(play.State).AlsoIn.ShouldBe(["ops in Teams"]);
        Play.With(Ann).Card.AlsoIn.ShouldBeEmpty();
    }

    [Fact]
    public void A_place_has_the_number_of_its_thread()
    {
        var state = Begun([Ops, Yard]).State;
        state.ThreadIn(state.Plan.Channel).ShouldBe(0);
        state.ThreadIn(Yard.Channel).ShouldBe(2);
        state.ThreadIn(MirrorIn("elsewhere").Channel).ShouldBeNull();
    }

    static Play Begun(IEnumerable<Mirror> mirrors) => new(Plan(Ann), [.. mirrors]);
}
