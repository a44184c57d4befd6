using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tests.Flows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Alerts;

/// <summary>
/// Alertmanager 0.25.0, seen on the installed tool: an alert that is silenced after it was sent is left out of later messages, and its end
/// is never reported. Missing is not resolved, so the ringing for it needs an end of its own.
/// </summary>
public sealed class NeverEndingAlertTests
{
    static async Task<(AlertWorld World, DispatchId Id)> SilencedAsync()
    {
        var world = await AlertWorld.BeginAsync(settings: ("Policy:GiveUpAfter", "00:20:00"));
        (world.World.Phone("ann.lee").Script, world.World.Phone("jonas.weber").Script) = (new PersonScript.NeverAnswers(), new PersonScript.NeverAnswers());
        await world.SendAsync(AlertWorld.Alert("f1"));
        var id = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.World.PassAsync(TimeSpan.FromMinutes(5));
        // The next message of the group has the alert no more, and another status.
        await world.SendAsync("resolved", 0);
        (await world.OpenAsync()).ShouldHaveSingleItem();
        return (world, id);
    }

    [Fact]
    public async Task An_alert_whose_end_is_never_reported_is_given_up_after_GiveUpAfter_and_the_thread_says_so()
    {
        var (world, id) = await SilencedAsync();
        await using var _ = world;
        var began = (await world.World.StateAsync(id)).StartedAt;
        var end = await world.World.ToTheEndAsync(id);
        end.Resolution.ShouldBe(new Resolution.Exhausted(ExhaustedBecause.TimeIsUp));
        (world.World.Clock.GetUtcNow() - began).ShouldBeInRange(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(23));
        world.World.Thread(id).ShouldContain("Exhausted: Nobody accepted in time.");
        foreach (var person in (string[])["ann.lee", "jonas.weber"])
            world.World.Phone(person).Snapshot.State.ShouldBe(PhoneState.Idle);
        // The same announcement once more, as after each repeat_interval, calls nobody again.
        await world.SendAsync(AlertWorld.Alert("f1"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    // Alertmanager 0.25.0: with max_alerts a message leaves alerts out and says only how many. Nobody is called for these.
    [Fact]
    public async Task Alerts_that_a_message_leaves_out_are_logged_with_their_number()
    {
        var lines = new LogRecorder();
        await using var world = await AlertWorld.BeginAsync(configure: services => services.AddSingleton(LoggerFactory.Create(logging => logging.AddProvider(lines))));
        await world.SendAsync("firing", 0, AlertWorld.Alert("f1"));
        lines.Count(1020).ShouldBe(0);
        await world.SendAsync("firing", 3, AlertWorld.Alert("f1"));
        lines.Lines.Where(line => line.StartsWith("1020 Alertmanager left 3 alerts out of a message", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_alert_whose_end_is_never_reported_can_be_cancelled_at_any_time()
    {
        var (world, id) = await SilencedAsync();
        await using var _ = world;
        await world.World.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.World.PassAsync(10);
        var state = await world.World.StateAsync(id);
        (state.Resolution is Resolution.Cancelled, state.HasLiveLeg).ShouldBe((true, false));
        world.World.Thread(id).ShouldContain(line => line.StartsWith("Cancelled by Dana", StringComparison.Ordinal));
        world.World.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
    }
}
