using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using BotDispatch.Tests.Api;

namespace BotDispatch.Tests.Alerts;

/// <summary>What was seen on the real Alertmanager 0.25.0 (prometheus-alertmanager of Debian 12), each with the right behaviour.</summary>
public sealed class AlertmanagerTests
{
    static readonly object Lift = AlertWorld.Alert("f1");
    static readonly object LiftEnded = AlertWorld.Alert("f1", "resolved");

    [Fact]
    public async Task An_alert_is_one_dispatch_that_says_who_started_it_also_over_a_restart()
    {
        await using var world = await AlertWorld.BeginAsync();
        (await world.SendAsync(Lift)).ShouldBe(200);
        (await world.SendAsync(Lift)).ShouldBe(200);
        await world.RestartAsync();
        (await world.SendAsync(Lift)).ShouldBe(200);
        var state = (await world.AllAsync()).ShouldHaveSingleItem();
        state.Plan.Ticket.Title.ShouldBe("LiftStuck in berlin");
        state.Plan.Ticket.Description.ShouldBe("Two people inside");
        state.Plan.Ticket.Priority.ShouldBe("critical");
        state.Plan.Ticket.Link.ShouldBe("https://prometheus.example.com/graph");
        state.Plan.Roster.Select(each => each.Id.Value).ShouldBe(["ann.lee", "jonas.weber"]);
        world.World.Thread(state.Plan.Id)[0].ShouldStartWith("Asked for by Alertmanager (key monitoring).");
    }

    [Fact]
    public async Task An_alert_that_ends_stops_the_ringing_and_the_thread_says_why()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift);
        await world.World.PassAsync(3);
        world.World.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Ringing);
        (await world.SendAsync(LiftEnded)).ShouldBe(200);
        await world.World.PassAsync(10);
        var state = (await world.AllAsync()).ShouldHaveSingleItem();
        state.Resolution.ShouldBeOfType<Resolution.CalledOff>().Because.ShouldBe("the alert is resolved in Alertmanager");
        world.World.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
        world.World.Thread(state.Plan.Id).ShouldContain("Cancelled: the alert is resolved in Alertmanager. No further calls.");
    }

    [Fact]
    public async Task Somebody_on_the_line_hears_that_it_is_no_longer_needed()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift);
        await world.World.PassAsync(3);
        await world.World.Phone("ann.lee").AnswerAsync();
        await world.World.PassAsync(5);
        await world.SendAsync(LiftEnded);
        world.World.SpokenTo("ann.lee")[^1].ShouldContain("no longer needed");
        await world.World.PassAsync(20);
        world.World.Phone("ann.lee").Snapshot.State.ShouldBe(PhoneState.Idle);
    }

    // 0.25.0: a message that is answered with 5xx is sent again with a growing pause; after 400, 409 or 429 it waits for the next
    // group_interval, and an alert that ends before that is never announced. Retry-After is ignored.
    [Fact]
    public async Task What_cannot_be_stored_is_answered_with_503_and_the_repeated_message_is_taken()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.World.App.Get<BotDispatch.Storage.Database>().WriteAsync([new("ALTER TABLE alerts RENAME TO hidden")], default);
        (await world.SendAsync(Lift)).ShouldBe(503);
        await world.World.App.Get<BotDispatch.Storage.Database>().WriteAsync([new("ALTER TABLE hidden RENAME TO alerts")], default);
        (await world.SendAsync(Lift)).ShouldBe(200);
        (await world.OpenAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Without_routes_an_alert_is_answered_with_503_because_it_may_be_taken_later()
    {
        await using var world = await Flows.World.BeginAsync(RemoteProgram.Settings);
        using var sender = await RemoteProgram.WithKeyAsync(world);
        (await sender.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[Lift] })).Status.ShouldBe(503);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("alerts")]
    public async Task What_is_no_message_is_given_up_with_422(string body)
    {
        await using var world = await AlertWorld.BeginAsync();
        (await world.Sender.PostAsync("/api/alerts/alertmanager", body)).Status.ShouldBe(422);
    }

    // 0.25.0: after a flap within one group_interval the end has a startsAt that was never announced.
    [Fact]
    public async Task The_end_is_matched_by_the_fingerprint_though_its_start_was_never_announced()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift);
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", "2026-11-29T10:05:00Z"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    // 0.25.0: with max_alerts the status of the message is resolved while others of the group fire.
    [Fact]
    public async Task Each_alerts_own_status_counts_and_not_the_messages()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync("resolved", 0, Lift, AlertWorld.Alert("f2"));
        (await world.OpenAsync()).Count.ShouldBe(2);
        await world.SendAsync("firing", 3, LiftEnded, AlertWorld.Alert("f2"));
        (await world.OpenAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Of_an_alert_that_stands_twice_in_a_message_the_last_state_counts(bool endsLast)
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(endsLast ? [Lift, LiftEnded] : [LiftEnded, Lift]);
        (await world.OpenAsync()).Count.ShouldBe(endsLast ? 0 : 1);
    }

    // 0.25.0: a message that is sent again is the old one: an alert that has ended meanwhile is in it as firing, and nothing shows that.
    [Fact]
    public async Task A_message_that_is_sent_again_after_the_alert_has_ended_rings_until_its_end_is_announced_again()
    {
        await using var world = await AlertWorld.BeginAsync();
        var database = world.World.App.Get<Database>();
        await database.WriteAsync([new("ALTER TABLE alerts RENAME TO hidden")], default);
        (await world.SendAsync(Lift)).ShouldBe(503);
        (await world.SendAsync(LiftEnded)).ShouldBe(503);
        await database.WriteAsync([new("ALTER TABLE hidden RENAME TO alerts")], default);
        (await world.SendAsync(Lift)).ShouldBe(200);
        (await world.OpenAsync()).ShouldHaveSingleItem();
        // A refused end is announced again in the next interval.
        (await world.SendAsync(LiftEnded)).ShouldBe(200);
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    // 0.25.0: startsAt has nine decimals, and an offset if the alert was posted with one; the same message may come twice.
    [Fact]
    public async Task An_old_announcement_after_the_end_starts_nothing_and_a_later_start_does()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift);
        await world.SendAsync(LiftEnded);
        await world.SendAsync(Lift);
        (await world.AllAsync()).ShouldHaveSingleItem();
        await world.SendAsync(AlertWorld.Alert("f1", startsAt: "2026-11-29T12:30:00.5+02:00"));
        (await world.AllAsync()).Count.ShouldBe(2, "10:30 is later than 10:00");
        (await world.OpenAsync()).ShouldHaveSingleItem();
    }

    // Both are due at once: after a restart, or if one message follows the other within a moment.
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task An_alert_that_ends_and_fires_again_before_its_ringing_is_stopped_calls_somebody_again(bool isEndedLater)
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift);
        await PostAsync(world, LiftEnded);
        await PostAsync(world, AlertWorld.Alert("f1", startsAt: "2026-11-29T11:00:00Z"));
        if (isEndedLater)
            // Another node has taken the stop, and is slow.
            await world.World.App.Get<Database>().WriteAsync([new("UPDATE alert_groups SET due_at = due_at + 3000 WHERE wanted = 2")], default);
        await world.SettleAsync();
        for (var looks = 0; looks < 3; looks++)
        {
            await world.World.PassAsync(3);
            await world.SettleAsync();
        }
        (await world.AllAsync()).Count.ShouldBe(2);
        (await world.OpenAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_alert_that_flaps_fifty_times_is_one_open_dispatch_while_it_fires_and_none_in_the_end()
    {
        await using var world = await AlertWorld.BeginAsync();
        for (var times = 0; times < 50; times++)
        {
            var startsAt = $"2026-11-29T10:{times:00}:00Z";
            await PostAsync(world, AlertWorld.Alert("f1", startsAt: startsAt));
            await PostAsync(world, AlertWorld.Alert("f1", startsAt: startsAt));
            if (times % 3 == 0)
                await world.SettleAsync();
            if (times < 49)
                await PostAsync(world, AlertWorld.Alert("f1", "resolved", startsAt));
            if (times % 2 == 0)
                await world.SettleAsync();
        }
        await world.SettleAsync();
        await world.World.PassAsync(3);
        await world.SettleAsync();
        (await world.OpenAsync()).ShouldHaveSingleItem();
        await world.SendAsync(AlertWorld.Alert("f1", "resolved", "2026-11-29T10:49:00Z"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    // The order of the labels, the group and the receiver of the route that announced it, and what explains it.
    [Theory]
    [InlineData("order"), InlineData("group"), InlineData("receiver"), InlineData("explanation"), InlineData("all")]
    public async Task Labels_in_another_order_another_group_and_another_receiver_are_the_same_alert(string other)
    {
        await using var world = await AlertWorld.BeginAsync();
        var first = await TellAsync("firing", "");
        (await TellAsync("firing", other)).ShouldBe(first);
        (await world.AllAsync()).ShouldHaveSingleItem();
        await TellAsync("resolved", other);
        (await world.OpenAsync()).ShouldBeEmpty();

        async Task<int> TellAsync(string status, string what)
        {
            bool Is(string each) => what == each || what == "all";
            var labels = Is("order") ? """{"b":"1","site":"berlin","alertname":"A"}""" : """{"alertname":"A","site":"berlin","b":"1"}""";
            var (group, receiver) = (Is("group") ? """{"b":"1"}""" : """{"alertname":"A"}""", Is("receiver") ? "night" : "botdispatch");
            var (summary, address) = Is("explanation") ? ("Another summary", "https://other.example.com/graph") : ("A summary", "https://prometheus.example.com/graph");
            var (answer, _, _) = await world.Sender.PostAsync("/api/alerts/alertmanager", JsonNode.Parse($$$"""
                {"version":"4","groupKey":"{}:{{{JsonEncodedText.Encode(group)}}}","truncatedAlerts":0,"status":"{{{status}}}","receiver":"{{{receiver}}}","groupLabels":{{{group}}},
                 "commonLabels":{{{(Is("group") ? group : labels)}}},"commonAnnotations":{},"externalURL":"{{{address}}}","alerts":[{"status":"{{{status}}}","labels":{{{labels}}},
                 "annotations":{"summary":"{{{summary}}}"},"startsAt":"2026-11-29T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"{{{address}}}"}]}
                """)!);
            answer.ShouldBe(200);
            await world.SettleAsync();
            return answer;
        }
    }

    [Fact]
    public async Task Another_label_is_another_alert()
    {
        await using var world = await AlertWorld.BeginAsync();
        object Of(string labels) => JsonNode.Parse($$"""{"status":"firing","labels":{{labels}},"startsAt":"2026-11-29T10:00:00Z"}""")!;
        await world.SendAsync(Of("""{"alertname":"A","site":"berlin","b":"1"}"""), Of("""{"alertname":"A","site":"berlin","b":"2"}"""), Of("""{"alertname":"A","site":"berlin"}"""));
        (await world.OpenAsync()).Count.ShouldBe(3);
    }

    // PostgreSQL refuses both, and a sender repeats what is refused.
    [Fact]
    public async Task An_alert_whose_name_is_very_long_or_has_a_NUL_in_it_is_one_dispatch_like_any_other()
    {
        await using var world = await AlertWorld.BeginAsync();
        var site = new string('s', 10_000) + "\0";
        object[] odd = [AlertWorld.Alert(new string('f', 10_000)), AlertWorld.Alert("a\0b"), AlertWorld.Alert("g", labels: new { alertname = "D", team = "doors", site })];
        (await world.SendAsync(odd)).ShouldBe(200);
        (await world.SendAsync(odd)).ShouldBe(200);
        (await world.OpenAsync()).Count.ShouldBe(3);
        var stored = await world.World.App.Get<Database>().ReadAsync(new("SELECT id, group_key FROM alerts JOIN alert_groups ON alert_groups.dispatch = alerts.dispatch"), row => (row.GetString(0), row.GetString(1)), default);
        stored.ShouldAllBe(row => row.Item1.Length <= 400 && row.Item2.Length <= 400 && !row.Item1.Contains('\0') && !row.Item2.Contains('\0'));
        await world.SendAsync(AlertWorld.Alert(new string('f', 10_000), "resolved"), AlertWorld.Alert("a\0b", "resolved"), AlertWorld.Alert("g", "resolved"));
        (await world.OpenAsync()).ShouldBeEmpty();
    }

    static async Task PostAsync(AlertWorld world, object alert) =>
        (await world.Sender.PostAsync("/api/alerts/alertmanager", new { alerts = new[] { alert } })).Status.ShouldBe(200);

    // 0.25.0: an alert that is silenced after it was announced gets no end, and later messages leave it out.
    [Fact]
    public async Task An_alert_that_is_missing_from_a_message_has_not_ended()
    {
        await using var world = await AlertWorld.BeginAsync();
        await world.SendAsync(Lift, AlertWorld.Alert("f2"));
        await world.SendAsync(AlertWorld.Alert("f2"));
        await world.SendAsync();
        (await world.OpenAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_end_of_an_accepted_alert_frees_the_person_and_an_end_without_a_beginning_is_nothing()
    {
        await using var world = await AlertWorld.BeginAsync();
        (await world.SendAsync(AlertWorld.Alert("f9", "resolved"))).ShouldBe(200);
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        await world.SendAsync(Lift);
        var id = (await world.AllAsync()).ShouldHaveSingleItem().Plan.Id;
        await world.World.ToTheEndAsync(id);
        await world.SendAsync(Lift);
        (await world.AllAsync()).ShouldHaveSingleItem("somebody has the job; the alert still fires").Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1)));
        await world.SendAsync(LiftEnded);
        (await world.World.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1), IsDone: true));
    }

    [Fact]
    public async Task Routes_say_how_many_dispatches_there_are()
    {
        await using var world = await AlertWorld.BeginAsync();
        object Door(string fingerprint, string site) => AlertWorld.Alert(fingerprint, labels: new { alertname = "DoorOpen", team = "doors", site });
        var (status, taken, _) = await world.Sender.PostAsync("/api/alerts/alertmanager", new
        {
            alerts = (object[])
            [
                Lift, Lift, AlertWorld.Alert("info", labels: new { severity = "info", site = "berlin" }), Door("d1", "rome"), Door("d2", "rome"), Door("d3", "oslo"),
                AlertWorld.Alert("other", labels: new { alertname = "Fan", site = "berlin", severity = "warning" }),
            ],
        });
        status.ShouldBe(200);
        (taken.GetProperty("firing").GetInt32(), taken.GetProperty("ignored").GetInt32(), taken.GetProperty("unrouted").GetInt32()).ShouldBe((5, 1, 0));
        await world.SettleAsync();
        (await world.OpenAsync()).Select(each => (each.Plan.Roster[0].Id.Value, each.Plan.Ticket.Title)).Order().ShouldBe(
        [
            ("ann.lee", "LiftStuck in berlin"), ("marcus.reed", "Lift 2 is stuck"), ("marcus.reed", "Lift 2 is stuck (and 1 more)"), ("priya.nair", "Lift 2 is stuck"),
        ]);

        // A group ends with its last alert.
        await world.SendAsync(AlertWorld.Alert("d1", "resolved"));
        (await world.OpenAsync()).Count.ShouldBe(4);
        await world.SendAsync(AlertWorld.Alert("d2", "resolved"));
        (await world.OpenAsync()).Count.ShouldBe(3);
        await world.SendAsync(Door("d4", "oslo"));
        (await world.OpenAsync()).Count.ShouldBe(3, "oslo has its dispatch");
    }

    [Fact]
    public async Task A_thousand_alerts_in_one_message_become_a_thousand_dispatches()
    {
        await using var world = await AlertWorld.BeginAsync();
        (await world.SendAsync([.. Enumerable.Range(0, 1000).Select(n => AlertWorld.Alert($"f{n}"))])).ShouldBe(200);
        (await world.OpenAsync()).Count.ShouldBe(1000);
    }

    [Fact]
    public async Task A_directory_that_is_down_delays_a_dispatch_and_loses_none()
    {
        await using var world = await AlertWorld.BeginAsync("- people: [nobody.known]\n");
        (await world.SendAsync(Lift)).ShouldBe(200);
        (await world.OpenAsync()).ShouldBeEmpty();
        (await WaitingAsync(world)).ShouldBe(1);
        (await world.SendAsync(LiftEnded)).ShouldBe(200, "it ends before it began");
        await world.World.PassAsync(TimeSpan.FromMinutes(5));
        await world.SettleAsync();
        (await WaitingAsync(world)).ShouldBe(0);
        (await world.AllAsync()).ShouldBeEmpty();

        static async Task<int> WaitingAsync(AlertWorld world) =>
            (await world.World.App.Get<BotDispatch.Storage.AlertStore>().ListDueAsync(DateTimeOffset.MaxValue, 10, default)).Count(each => each.Tries > 0);
    }

    [Fact]
    public async Task A_key_without_the_permission_sends_no_alerts()
    {
        await using var world = await AlertWorld.BeginAsync();
        using var reader = await RemoteProgram.WithKeyAsync(world.World, "reader", "read");
        (await reader.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[Lift] })).Status.ShouldBe(403);
        using var stranger = RemoteProgram.WithText(world.World, "x");
        (await stranger.PostAsync("/api/alerts/alertmanager", new { alerts = (object[])[Lift] })).Status.ShouldBe(401);
    }
}
