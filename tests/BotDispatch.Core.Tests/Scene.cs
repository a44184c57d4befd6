namespace BotDispatch.Core.Tests;

/// <summary>A scenario in three words: <c>Given</c> what happened, <c>When</c> something arrives, <c>Then</c> this is concluded.</summary>
sealed class Scene(DispatchState state)
{
    public static readonly (AttemptId Attempt, EndLegBy By)[] Nobody = [];

    public static Scene Given(params DispatchEvent[] events) => new(events.Aggregate(DispatchState.Initial, Evolution.Evolve));

    public Conclusion When(DispatchInput input, DateTimeOffset? at = null) => new(Decider.Decide(state, input, at ?? Cast.Noon));

    /// <summary>What was concluded, and what the state wants done after it.</summary>
    internal sealed class Conclusion(Decision decision)
    {
        public Conclusion Then(params DispatchEvent[] events)
        {
            decision.Events.ToArray().ShouldBe(events);
            decision.Because.ShouldBeNull();
            return this;
        }

        public Conclusion ThenNothing(string because)
        {
            decision.Events.ShouldBeEmpty();
            decision.IsIgnored.ShouldBeTrue();
            decision.Because.ShouldBe(because);
            return this;
        }

        public Conclusion LeavingToDo(AttemptId? call, (AttemptId Attempt, EndLegBy By)[] ends, DateTimeOffset? deadline)
        {
            Agenda.CallToPlace(decision.State).ShouldBe(call);
            Agenda.LegsToEnd(decision.State).Select(end => (end.Leg.Attempt, end.By)).ShouldBe(ends);
            Agenda.Deadline(decision.State).ShouldBe(deadline);
            return this;
        }
    }
}
