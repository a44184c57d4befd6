using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Tests.Flows;

namespace BotDispatch.Tests.Alerts;

/// <summary>
/// Alertmanager 0.25.0, seen on the installed tool: an alert that ends while it is silenced or inhibited is never announced as ended. When
/// it fires again, weeks later, it has another start.
/// </summary>
public sealed class FiresAgainTests
{
    const string Later = "2026-12-20T03:00:00Z";

    static async Task<DispatchId> OverAsync(AlertWorld world, CardAction end)
    {
        await world.SendAsync(AlertWorld.Alert("f1"));
        var id = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        if (end is CardAction.Cancel)
            await world.World.PressAsync(World.Dana, id, CardAction.Cancel);
        await world.World.ToTheEndAsync(id);
        if (end is CardAction.Done)
            await world.World.PressAsync(World.Dana, id, CardAction.Done);
        return id;
    }

    [Theory]
    [InlineData("exhausted"), InlineData("cancelled"), InlineData("done")]
    public async Task An_alert_whose_end_was_never_announced_calls_somebody_when_it_fires_again_after_its_dispatch_is_over(string end)
    {
        await using var world = await AlertWorld.BeginAsync(settings: ("Policy:GiveUpAfter", "00:20:00"));
        (world.World.Phone("ann.lee").Script, world.World.Phone("jonas.weber").Script) =
            (end == "done" ? new PersonScript.AnswersAndAccepts() : new PersonScript.NeverAnswers(), new PersonScript.NeverAnswers());
        var first = await OverAsync(world, end switch { "cancelled" => CardAction.Cancel, "done" => CardAction.Done, _ => CardAction.Skip });
        // As after each repeat_interval.
        await world.SendAsync(AlertWorld.Alert("f1"));
        (await world.OpenAsync()).ShouldBeEmpty("the same start is the same alert");

        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        await world.RestartAsync();
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        var second = (await world.OpenAsync()).ShouldHaveSingleItem().Plan;
        second.Id.ShouldNotBe(first);
        (await world.AllAsync()).Count.ShouldBe(2);
        await world.World.PassAsync(3);
        world.World.Phone("ann.lee").Snapshot.State.ShouldNotBe(PhoneState.Idle);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", Later));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_later_start_stays_with_a_dispatch_that_still_calls_people()
    {
        await using var world = await AlertWorld.BeginAsync(settings: ("Policy:GiveUpAfter", "00:20:00"));
        (world.World.Phone("ann.lee").Script, world.World.Phone("jonas.weber").Script) = (new PersonScript.NeverAnswers(), new PersonScript.NeverAnswers());
        await world.SendAsync(AlertWorld.Alert("f1"));
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        var id = (await world.AllAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.World.ToTheEndAsync(id);
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        (await world.AllAsync()).ShouldHaveSingleItem("that start was dispatched");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task While_somebody_has_the_job_a_later_start_calls_nobody_and_after_that_it_does(bool isDone)
    {
        await using var world = await AlertWorld.BeginAsync();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        var first = await OverAsync(world, CardAction.Skip);
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        (await world.AllAsync()).ShouldHaveSingleItem("Ann Lee is on her way");
        if (isDone)
            await world.World.PressAsync(World.Dana, first, CardAction.Done);
        else
            await world.World.PassAsync(TimeSpan.FromHours(9));
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        (await world.AllAsync()).Count.ShouldBe(2, "nobody has the job any more, and it still fires");
    }

    [Fact]
    public async Task An_alert_that_joins_a_group_whose_dispatch_is_over_calls_somebody()
    {
        await using var world = await AlertWorld.BeginAsync(settings: ("Policy:GiveUpAfter", "00:20:00"));
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        object Door(string fingerprint, string status = "firing", string startsAt = "2026-11-29T10:00:00Z") =>
            AlertWorld.Alert(fingerprint, status, startsAt, labels: new { alertname = "DoorOpen", team = "doors", site = "rome" });
        await world.SendAsync(Door("d1"), Door("d2"));
        var first = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.World.ToTheEndAsync(first);
        await world.SendAsync(Door("d1"), Door("d2"));
        (await world.OpenAsync()).ShouldBeEmpty();

        await world.SendAsync(Door("d1"), Door("d2"), Door("d3"));
        var second = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.SendAsync(Door("d2", startsAt: Later));
        (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id.ShouldBe(second, "the site has its dispatch");
        // It ends with the last alert that it was for, and not with those of the time before.
        await world.SendAsync(Door("d1", "resolved"), Door("d3", "resolved"));
        (await world.OpenAsync()).ShouldHaveSingleItem();
        await world.SendAsync(Door("d2", "resolved", Later));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_problem_of_Icinga_that_is_announced_again_is_the_same_one_until_it_recovers_and_another_event_of_Zabbix_is_another_alert()
    {
        await using var world = await AlertWorld.BeginAsync("- people: [ann.lee]\n  group by: [site]\n");
        async Task SendAsync(string sender, object message)
        {
            (await world.Sender.PostAsync($"/api/alerts/{sender}", message)).Status.ShouldBe(200);
            await world.SettleAsync();
        }
        async Task CancelAsync() => await world.World.PressAsync(World.Dana, (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id, CardAction.Cancel);
        Dictionary<string, string> Icinga(string type) => new() { ["NOTIFICATIONTYPE"] = type, ["HOSTNAME"] = "lift2" };
        await SendAsync("icinga", Icinga("PROBLEM"));
        await CancelAsync();
        await SendAsync("icinga", Icinga("PROBLEM"));
        (await world.OpenAsync()).ShouldBeEmpty();
        await SendAsync("icinga", Icinga("RECOVERY"));
        await SendAsync("icinga", Icinga("PROBLEM"));
        await CancelAsync();

        Dictionary<string, string> Zabbix(string id) => new() { ["EVENT.ID"] = id, ["EVENT.VALUE"] = "1" };
        await SendAsync("zabbix", Zabbix("4711"));
        await CancelAsync();
        await SendAsync("zabbix", Zabbix("4711"));
        (await world.OpenAsync()).ShouldBeEmpty();
        await SendAsync("zabbix", Zabbix("4712"));
        (await world.OpenAsync()).ShouldHaveSingleItem("the end of 4711 was never announced, and its dispatch is over");
    }

    static async Task<DispatchId> AgainAsync(AlertWorld world, DispatchId first)
    {
        var form = (await world.World.PressAsync(World.Dana, first, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        var second = await world.World.SendAsync(new(form.FormId, World.Dana, World.Channel, form.Ticket.Reference, [new("priya.nair")], null, form.Replaces));
        await world.SettleAsync();
        return second;
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_re_dispatch_by_hand_ends_with_the_alert_and_frees_who_accepted_it(bool isAccepted)
    {
        await using var world = await AlertWorld.BeginAsync();
        world.World.Phone("priya.nair").Script = isAccepted ? new PersonScript.AnswersAndAccepts() : new PersonScript.NeverAnswers();
        var second = await AgainAsync(world, await OverAsync(world, CardAction.Cancel));
        if (isAccepted)
            await world.World.ToTheEndAsync(second);
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        (await world.AllAsync()).Count.ShouldBe(2, "somebody has it");
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", Later));
        var resolution = (await world.World.StateAsync(second)).Resolution;
        if (isAccepted)
            resolution.ShouldBe(new Resolution.Accepted(new(second, 0, 1), IsDone: true));
        else
            resolution.ShouldBe(new Resolution.CalledOff("the alert is resolved in Alertmanager"));
        await world.World.PassAsync(30);
        world.World.Phone("priya.nair").Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    [Fact]
    public async Task A_re_dispatch_that_was_made_after_the_end_serves_the_alert_when_it_fires_again_and_ends_with_it()
    {
        await using var world = await AlertWorld.BeginAsync();
        var first = await OverAsync(world, CardAction.Cancel);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved"));
        var second = await AgainAsync(world, first);
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: Later));
        (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Id.ShouldBe(second);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", Later));
        (await world.OpenAsync()).ShouldBeEmpty();
    }
}
