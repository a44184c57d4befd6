using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Simulator;
using BotDispatch.Tests.Adapters.Teams.Connector;
using BotDispatch.Tests.Alerts;

namespace BotDispatch.Tests.Published;

/// <summary>Programs: keys, the API with its description, alerts of every sender, and webhooks. And the playground.</summary>
public sealed partial class PublishedProgramTests
{
    const string Ann = "+447700900101", Jonas = "+447700900103";

    static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(n => (byte)n)];
    static readonly string[] AnnAlone = ["ann.lee"], JonasAlone = ["jonas.weber"], Nobody = ["zorro"];

    [Fact]
    public async Task A_program_starts_reads_and_cancels_dispatches_and_webhooks_are_signed()
    {
        await using var receiver = await StandIn.StartAsync();
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        world.Settings["Webhooks:Address:ops"] = receiver.Address.AbsoluteUri;
        world.Settings["Webhooks:Secret:ops"] = "whsec_" + Convert.ToBase64String(Secret);
        world.Settings["Webhooks:AllowPrivateAddresses"] = "true";
        await world.UseKeyAsync();
        (await world.CommandAsync("keys", "list")).ShouldContain("tests");
        await world.StartAsync();
        var description = await world.AskAsync(HttpMethod.Get, "/openapi/v1.json");
        description.GetProperty("paths").EnumerateObject().Count().ShouldBeGreaterThan(4);
        foreach (var path in (string[])["/healthz", "/readyz"])
            (await world.Http.GetStringAsync(path)).ShouldNotBeEmpty();
        world.Answers(Ann, "1");
        world.Routee.Phone(Jonas).Script = new PersonScript.NeverAnswers();
        var body = new { title = "Lift 2 is stuck", description = "Car 2", priority = "High", place = "Hamburg", link = "https://example.com/2", people = AnnAlone, note = "Gate B" };
        var id = (await world.AskAsync(HttpMethod.Post, "/api/dispatches", body, 201)).GetProperty("id").GetString()!;
        (await world.UntilAsync(id, "Accepted")).GetProperty("acceptedBy").GetProperty("id").GetString().ShouldBe("ann.lee");
        var events = await world.AskAsync(HttpMethod.Get, $"/api/dispatches/{id}/events");
        events.GetProperty("events").EnumerateArray().Select(each => each.GetProperty("type").GetString())
            .ShouldBe(["dispatch.started", "call.started", "call.ringing", "call.answered", "dispatch.accepted"]);
        var other = (await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { ticket = "INC-1042", people = JonasAlone }, 201)).GetProperty("id").GetString()!;
        await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { ticket = "INC-1042", people = JonasAlone }, 409);
        await world.AskAsync(HttpMethod.Post, $"/api/dispatches/{other}/cancel");
        await world.UntilAsync(other, "Cancelled");
        (await world.AskAsync(HttpMethod.Post, "/api/dispatches", new { title = 7, people = Nobody }, 422)).GetProperty("errors").EnumerateObject().ShouldNotBeEmpty();
        await world.AskAsync(HttpMethod.Post, "/api/dispatches", "[", 400);
        await world.UntilAsync(() => receiver.Requests.Any(each => Type(each) == "dispatch.cancelled"), () => "no webhook says that it was cancelled");
        foreach (var request in receiver.Requests)
            request.Headers["webhook-signature"].ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(
                Secret, Encoding.UTF8.GetBytes($"{request.Headers["webhook-id"]}.{request.Headers["webhook-timestamp"]}.{request.Body}"))));
        receiver.Requests.Select(Type).ShouldContain("dispatch.accepted");
        await world.StopAsync();
        await world.CommandAsync("keys", "revoke", "tests");
        await world.StartAsync();
        await world.AskAsync(HttpMethod.Get, $"/api/dispatches/{id}", status: 401);
        await world.StopAsync();

        static string? Type(Received request) => JsonElement.Parse(request.Body).GetProperty("type").GetString();
    }

    [Fact]
    public async Task Alerts_of_every_sender_start_dispatches_and_stop_them()
    {
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        var routes = Path.Combine(world.Folder, "routes.yaml");
        await File.WriteAllTextAsync(routes, "- match: { severity: info }\n  ignore: true\n- match: ['site=~\"berlin|hamburg\"']\n  people: [ann.lee]\n  title: \"{alertname} in {site}\"\n- people: [jonas.weber]\n");
        File.SetLastWriteTimeUtc(routes, DateTime.UtcNow.AddMinutes(-1));
        world.Settings["Alerts:Routes"] = routes;
        (await world.CommandAsync("--check")).ShouldContain("Alerts       3 routes");
        await world.UseKeyAsync();
        await world.StartAsync();
        foreach (var number in (string[])[Ann, Jonas])
            world.Routee.Phone(number).Script = new PersonScript.NeverAnswers();
        foreach (var (sender, begin, end, title, over) in ((string, string, string, string, string)[])
        [
            ("alertmanager", Message("firing"), Message("resolved"), "LiftStuck in berlin", "the alert is resolved in Alertmanager"),
            ("grafana", Message("firing"), Message("resolved"), "LiftStuck in berlin", "the alert is resolved in Grafana"),
            ("icinga", Icinga("PROBLEM"), Icinga("RECOVERY"), "Lift 2 on lifts-1: CRITICAL", "the problem is over in Icinga"),
            ("zabbix", Zabbix(1), Zabbix(0), "No answer", "the problem is resolved in Zabbix"),
        ])
        {
            var cards = slack.Ops.Roots.Count;
            await SendAsync(sender, begin);
            await world.UntilAsync(() => slack.Ops.Roots.Count > cards, () => $"{sender} starts nothing");
            var card = slack.Ops.Roots[^1];
            card.Words.ShouldContain(title);
            await SendAsync(sender, end);
            (await slack.ThreadAsync(card, " in ")).ShouldNotBeEmpty();
            await world.UntilAsync(() => card.Buttons.Contains("Re-dispatch"), () => $"{sender} stops nothing: {card.Words}");
            await slack.ThreadAsync(card, over.Split(" in ")[^1]);
        }
        await world.StopAsync();

        static string Message(string status) => JsonSerializer.Serialize(new { version = "4", groupKey = "{}:{}", truncatedAlerts = 0, status, receiver = "botdispatch", groupLabels = new { }, alerts = (object[])[AlertWorld.Alert("f1", status)] });
        static string Icinga(string type) => $"NOTIFICATIONTYPE={type}&HOSTNAME=lifts-1&SERVICENAME=lift2&SERVICEDISPLAYNAME=Lift+2&SERVICESTATE=CRITICAL&SERVICEOUTPUT=motor+%26+door";
        static string Zabbix(int value) => $$$"""{"EVENT.ID":"7","EVENT.VALUE":"{{{value}}}","EVENT.NAME":"No answer","EVENT.SEVERITY":"High","EVENT.TAGSJSON":"[{\"tag\":\"site\",\"value\":\"bonn\"}]","HOST.NAME":"lifts-1"}""";

        async Task SendAsync(string sender, string message)
        {
            using var content = new StringContent(message, Encoding.UTF8, message[0] == '{' ? "application/json" : "application/x-www-form-urlencoded");
            using var answer = await world.Http.PostAsync($"/api/alerts/{sender}", content);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task The_playground_shows_its_page_and_plays_a_dispatch()
    {
        await using var world = await PublishedWorld.MakeAsync();
        // Its own pretend Routee, samples and chat.
        foreach (var name in world.Settings.Keys.Where(name => name.Split(':')[0] is "Routee" or "PublicBaseAddress" or "Employees" or "Tickets").ToList())
            world.Settings.Remove(name);
        world.Settings["Employees:File"] = PublishedWorld.Sample("employees.csv");
        world.Settings["Tickets:File"] = PublishedWorld.Sample("tickets.json");
        world.Settings["Employees:Lists"] = PublishedWorld.Sample("lists.yaml");
        await world.StartAsync("Development");
        var page = await world.Http.GetStringAsync("/");
        var files = Referenced().Matches(page).Select(each => each.Value).ToList();
        files.Count.ShouldBeGreaterThan(5);
        foreach (var file in files)
            (await world.Http.GetStringAsync(file)).ShouldNotBeEmpty();
        using var stream = new StreamReader(await world.Http.GetStreamAsync("/playground/api/stream"));
        (await stream.ReadLineAsync()).ShouldNotBeNull();
        (await world.AskAsync(HttpMethod.Get, "/playground/api/suggest?typed=%2Fdispatch%20lift")).GetRawText().ShouldContain("INC-1042");
        (await world.AskAsync(HttpMethod.Get, "/playground/api/people?typed=eleni")).GetRawText().ShouldContain("eleni.papadaki");
        var form = (await PostAsync("command", new { @as = "dispatcher", text = "/dispatch INC-1042 to lifts", delivery = "d1" })).GetProperty("form");
        var sent = new { @as = "dispatcher", formId = form.GetProperty("formId").GetString(), ticket = "INC-1042", picked = AnnAlone, note = "Gate B", replaces = (string?)null, list = (string?)null };
        (await PostAsync("preview", new { ticket = "INC-1042", isFreeText = false, employee = "ann.lee", note = "Gate B" })).ValueKind.ShouldNotBe(JsonValueKind.Undefined);
        (await PostAsync("redraw", sent)).GetProperty("form").GetProperty("people").GetArrayLength().ShouldBeGreaterThan(3);
        await PostAsync("phones/jonas.weber/habit", new { habit = "busy" }, 204);
        await PostAsync("speed", new { speed = 60 }, 204);
        await PostAsync("submit", sent);
        await UntilSaidAsync("\"status\":\"Calling\"");
        await world.UntilAsync(async () => (await world.Http.PostAsync("/playground/api/phones/ann.lee/answer", null)).IsSuccessStatusCode, () => "her phone never rings");
        await PostAsync("phones/ann.lee/press", new { keys = "1" }, 204);
        await UntilSaidAsync("\"status\":\"Accepted\"");
        await world.StopAsync();

        Task<JsonElement> PostAsync(string path, object body, int status = 200) => world.AskAsync(HttpMethod.Post, $"/playground/api/{path}", body, status);

        async Task UntilSaidAsync(string words)
        {
            while (!(await stream.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1))).ShouldNotBeNull().Contains(words, StringComparison.Ordinal))
            {
            }
        }
    }

    [GeneratedRegex("/playground/[a-z]+\\.[a-z]+")]
    private static partial Regex Referenced();
}
