using BotDispatch.Core;

namespace BotDispatch.Tests.Storage;

public sealed class HoldTests
{
    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_late_acceptance_and_its_Done_leave_another_dispatchs_live_call_alone(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var first = await node.BeginAsync(Some.Plan("INC-1", "bob", "ann"));
        await node.ApplyAsync(first, Some.Leg(Some.Call(first), LegStatus.NoAnswer));
        await node.ApplyAsync(first, new DispatchInput.Skip(Some.Dana, 0, 1));
        var second = await node.BeginAsync(Some.Plan("INC-2", "bob"));
        (await node.StateAsync(second)).Phase.ShouldBe(new Phase.Calling(Some.Call(second)));

        Some.Decided(await node.ApplyAsync(first, new DispatchInput.KeysPressed(Some.Call(first), "1"))).ShouldBeTrue();
        Some.Decided(await node.ApplyAsync(first, new DispatchInput.MarkDone(Some.Dana))).ShouldBeTrue();
        var third = await node.BeginAsync(Some.Plan("INC-3", "bob"));

        (await node.StateAsync(third)).Callees[0].PassedOver.ShouldBe(PassedOverReason.OnThePhone);
        await Truth.HoldsAsync(ground);
    }

    [Theory, OnSqlite, OnPostgreSql]
    public async Task A_person_who_accepted_two_jobs_is_free_when_both_are_done(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var node = ground.Node;
        var (one, other) = (await node.BeginAsync(Some.Plan("INC-1", "ann")), await node.BeginAsync(Some.Plan("INC-2", "carl")));
        foreach (var job in (DispatchId[])[one, other])
            Some.Decided(await node.ApplyAsync(job, new DispatchInput.Take(Some.Dana, new("bob"), Some.PhoneOf("bob")))).ShouldBeTrue();
        var next = await node.BeginAsync(Some.Plan("INC-3", "bob"));
        (await node.StateAsync(next)).Callees[0].PassedOver.ShouldBe(PassedOverReason.HasAccepted);

        await node.ApplyAsync(one, new DispatchInput.MarkDone(Some.Dana));
        await node.SettleAsync();
        (await node.StateAsync(next)).Callees[0].PassedOver.ShouldBe(PassedOverReason.HasAccepted, "the other job is not done");
        await node.ApplyAsync(other, new DispatchInput.MarkDone(Some.Dana));
        await node.SettleAsync();
        (await node.StateAsync(next)).Phase.ShouldBe(new Phase.Calling(Some.Call(next)));
    }
}
