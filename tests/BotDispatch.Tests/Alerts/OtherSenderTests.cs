using BotDispatch.Core;

namespace BotDispatch.Tests.Alerts;

/// <summary>Grafana, Icinga, Nagios and Zabbix, by payloads made from their documentation.</summary>
public sealed class OtherSenderTests
{
    const string Routes = """
        - match: { state: WARNING }
          ignore: true
        - match: { site: berlin }
          people: [jonas.weber]
        - people: [ann.lee]
        """;

    [Fact]
    public async Task Grafana_starts_and_stops_a_dispatch()
    {
        await using var world = await AlertWorld.BeginAsync(Routes);
        object Message(string status) => new
        {
            receiver = "botdispatch",
            status,
            orgId = 1,
            truncatedAlerts = 0,
            title = "[FIRING:1] Fan",
            state = "alerting",
            message = "x",
            version = "1",
            alerts = (object[])
            [
                new
                {
                    status, labels = new { alertname = "Fan", grafana_folder = "Halls", site = "berlin" }, annotations = new { summary = "Fan 3 stands still" }, startsAt = "2026-11-29T10:00:00Z",
                    endsAt = "0001-01-01T00:00:00Z", generatorURL = "https://grafana.example.com/alerting/1/edit", fingerprint = "c6eadffa33fcdf37", values = new { A = 1.5 },
                    silenceURL = "https://grafana.example.com/silence", dashboardURL = "", panelURL = "https://grafana.example.com/d/1?viewPanel=2",
                },
            ],
        };
        (await world.Sender.PostAsync("/api/alerts/grafana", Message("firing"))).Status.ShouldBe(200);
        await world.SettleAsync();
        var ticket = (await world.OpenAsync()).ShouldHaveSingleItem().Plan.Ticket;
        (ticket.Title, ticket.Place, ticket.Link).ShouldBe(("Fan 3 stands still", "berlin", "https://grafana.example.com/d/1?viewPanel=2"));
        (await world.Sender.PostAsync("/api/alerts/grafana", Message("resolved"))).Status.ShouldBe(200);
        await world.SettleAsync();
        (await world.AllAsync())[0].Resolution.ShouldBe(new Resolution.CalledOff("the alert is resolved in Grafana"));
    }

    [Theory]
    [InlineData("RECOVERY", "the problem is over in Icinga")]
    [InlineData("ACKNOWLEDGEMENT", "it was acknowledged in Icinga")]
    public async Task Icinga_starts_a_dispatch_with_a_problem_and_stops_it_with_a_recovery_or_an_acknowledgement(string type, string because)
    {
        await using var world = await AlertWorld.BeginAsync(Routes);
        foreach (var _ in (int[])[1, 2])
            await IcingaAsync("PROBLEM", "CRITICAL", "&site=berlin");
        var state = (await world.OpenAsync()).ShouldHaveSingleItem();
        state.Plan.Ticket.Title.ShouldBe("Lift 2 on lifts-berlin: CRITICAL");
        state.Plan.Ticket.Description.ShouldBe("motor & door: no answer");
        state.Plan.Roster[0].Id.Value.ShouldBe("jonas.weber");
        foreach (var other in (string[])["DOWNTIMESTART", "CUSTOM", "FLAPPINGSTART"])
            await IcingaAsync(other, "CRITICAL");
        (await world.OpenAsync()).ShouldHaveSingleItem();
        await IcingaAsync(type, "OK");
        (await world.AllAsync()).ShouldHaveSingleItem().Resolution.ShouldBe(new Resolution.CalledOff(because));
        await IcingaAsync("PROBLEM", "WARNING");
        (await world.OpenAsync()).ShouldBeEmpty("a route ignores it");

        async Task IcingaAsync(string type, string state, string more = "")
        {
            var form = $"NOTIFICATIONTYPE={type}&HOSTNAME=lifts-berlin&SERVICENAME=lift2&SERVICEDISPLAYNAME=Lift+2&SERVICESTATE={state}&SERVICEOUTPUT=motor+%26+door%3A+no+answer&LINK=%24url%24{more}";
            (await world.Sender.SendAsync(HttpMethod.Post, "/api/alerts/icinga", form, mediaType: "application/x-www-form-urlencoded")).Status.ShouldBe(200);
            await world.SettleAsync();
        }
    }

    [Fact]
    public async Task Zabbix_matches_the_recovery_by_the_id_of_the_problem()
    {
        await using var world = await AlertWorld.BeginAsync(Routes);
        await ZabbixAsync("4711", "1");
        await ZabbixAsync("4711", "1");
        await ZabbixAsync("4712", "1", "Yes");
        var ticket = (await world.OpenAsync()).ShouldHaveSingleItem().Plan;
        (ticket.Ticket.Title, ticket.Ticket.Priority, ticket.Roster[0].Id.Value).ShouldBe(("Lift is stuck on lift2.berlin", "High", "jonas.weber"));
        await ZabbixAsync("4711", "0");
        (await world.AllAsync()).ShouldHaveSingleItem().Resolution.ShouldBe(new Resolution.CalledOff("the problem is over in Zabbix"));

        async Task ZabbixAsync(string id, string value, string acknowledged = "No")
        {
            var message = new Dictionary<string, string>
            {
                ["EVENT.ID"] = id,
                ["EVENT.VALUE"] = value,
                ["EVENT.NAME"] = "Lift is stuck",
                ["EVENT.SEVERITY"] = "High",
                ["HOST.NAME"] = "lift2.berlin",
                ["EVENT.ACK.STATUS"] = acknowledged,
                ["EVENT.TAGSJSON"] = """[{"tag":"site","value":"berlin"},{"tag":"scope"}]""",
                ["EVENT.OPDATA"] = "*UNKNOWN*",
                ["TRIGGER.URL"] = "{TRIGGER.URL}",
            };
            (await world.Sender.PostAsync("/api/alerts/zabbix", message)).Status.ShouldBe(200);
            await world.SettleAsync();
        }
    }

    [Theory]
    [InlineData("/api/alerts/grafana", "{\"text\":\"x\"}")]
    [InlineData("/api/alerts/icinga", "{\"HOSTNAME\":\"x\"}")]
    [InlineData("/api/alerts/zabbix", "{\"EVENT.ID\":\"1\"}")]
    [InlineData("/api/alerts/zabbix", "<xml/>")]
    public async Task What_is_no_message_of_the_sender_is_refused(string path, string body)
    {
        await using var world = await AlertWorld.BeginAsync(Routes);
        (await world.Sender.PostAsync(path, body)).Status.ShouldBe(422);
    }
}
