using static BotDispatch.Core.Tests.Cast;
using static BotDispatch.Core.Tests.Properties;

namespace BotDispatch.Core.Tests;

/// <summary>What is stored today is read tomorrow.</summary>
public class StoredJsonTests
{
    [Fact]
    public void Every_state_survives_being_stored() => AtEveryStep(step =>
    {
        var json = StoredJson.Of(step.After);
        var again = StoredJson.ReadState(json, step.After.Plan);
        StoredJson.Of(again).ShouldBe(json);
        Agenda.Deadline(again).ShouldBe(Agenda.Deadline(step.After));
        Agenda.CallToPlace(again).ShouldBe(Agenda.CallToPlace(step.After));
        again.Legs.SequenceEqual(step.After.Legs).ShouldBeTrue();
        again.Callees.SequenceEqual(step.After.Callees).ShouldBeTrue();
        again.Phase.ShouldBe(step.After.Phase);
    });

    [Fact]
    public void A_stored_state_decides_as_the_one_in_memory() => AtEveryStep(step =>
    {
        if (step.Before.Plan is null)
            return;
        var stored = StoredJson.ReadState(StoredJson.Of(step.Before), step.Before.Plan);
        Decider.Decide(stored, step.Input, step.Now).Events.SequenceEqual(step.Decision.Events).ShouldBeTrue();
    });

    [Fact]
    public void Every_event_survives_being_stored() => AtEveryStep(step =>
    {
        foreach (var happened in step.Decision.Events)
            StoredJson.Of(StoredJson.Read<DispatchEvent>(StoredJson.Of(happened))).ShouldBe(StoredJson.Of(happened));
    });

    [Fact]
    public void The_plan_is_stored_beside_the_state_not_in_it()
    {
        var state = Play.With(Ann).State;
        StoredJson.Of(state).ShouldNotContain("printer");
        StoredJson.Of(StoredJson.Read<DispatchPlan>(StoredJson.Of(state.Plan))).ShouldBe(StoredJson.Of(state.Plan));
    }

    [Fact]
    public void What_is_drawn_from_the_state_is_not_stored_in_it()
    {
        var json = StoredJson.Of(Play.With(Ann).Dials(Ann).PicksUp().State);
        foreach (var drawn in new[] { "isClosed", "resolution", "hasLiveLeg", "isLive", "wasAnswered", "isOut" })
            json.ShouldNotContain($"\"{drawn}\"");
    }
}
