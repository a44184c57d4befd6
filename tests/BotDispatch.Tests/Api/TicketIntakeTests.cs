using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Hosting;
using BotDispatch.Simulator;
using BotDispatch.Tests.Flows;
using BotDispatch.Tests.Flows.Tickets;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Webhooks;
using Microsoft.AspNetCore.Http;

namespace BotDispatch.Tests.Api;

/// <summary>Ticket systems say that a ticket changed. That is a hint to read it, and nothing else.</summary>
public sealed class TicketIntakeTests
{
    const string Secret = "4f1c6a0e9b7d42c8a1e35f7790bd2c66";

    /// <summary>How each system signs, written from its documentation and not from our code.</summary>
    static Dictionary<string, string> Signed(string system, byte[] body, string secret, DateTimeOffset at)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        byte[] Hash(byte[] key, string before) => HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(before), .. body]);
        var key = Encoding.UTF8.GetBytes(secret);
        return system switch
        {
            "jira" => new() { ["X-Hub-Signature"] = "sha256=" + Convert.ToHexStringLower(Hash(key, "")) },
            "github" => new() { ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(Hash(key, "")), ["X-GitHub-Event"] = "issues" },
            "gitlab" when secret.StartsWith("whsec_", StringComparison.Ordinal) => new()
            {
                ["webhook-id"] = "msg_1",
                ["webhook-timestamp"] = $"{at.ToUnixTimeSeconds()}",
                ["webhook-signature"] = "v1," + Convert.ToBase64String(Hash(Convert.FromBase64String(secret[6..]), $"msg_1.{at.ToUnixTimeSeconds()}.")),
            },
            "gitlab" => new() { ["X-Gitlab-Token"] = secret, ["X-Gitlab-Event"] = "Issue Hook" },
            "zendesk" => new() { ["X-Zendesk-Webhook-Signature"] = Convert.ToBase64String(Hash(key, time)), ["X-Zendesk-Webhook-Signature-Timestamp"] = time },
            _ => [],
        };
    }

    static readonly Dictionary<string, Dictionary<string, string>> Systems = new()
    {
        ["jira"] = new() { ["Tickets:Jira:BaseAddress"] = "http://localhost/jira", ["Tickets:Jira:ApiToken"] = "t" },
        ["github"] = new() { ["Tickets:GitHub:BaseAddress"] = "http://localhost/github", ["Tickets:GitHub:Token"] = "t", ["Tickets:GitHub:Repositories:0"] = "acme/facilities" },
        ["gitlab"] = new() { ["Tickets:GitLab:BaseAddress"] = "http://localhost/gitlab", ["Tickets:GitLab:Token"] = "t", ["Tickets:GitLab:Projects:0"] = "acme/sites/facilities" },
        ["zendesk"] = new() { ["Tickets:Zendesk:BaseAddress"] = "http://localhost/zendesk", ["Tickets:Zendesk:Email"] = "bot@example.com", ["Tickets:Zendesk:ApiToken"] = "t" },
        ["servicenow"] = new() { ["Tickets:ServiceNow:BaseAddress"] = "http://localhost/now", ["Tickets:ServiceNow:UserName"] = "bot", ["Tickets:ServiceNow:Password"] = "p" },
    };

    static async Task<World> BeginAsync(string system, string secret = Secret)
    {
        var settings = new Dictionary<string, string>(RemoteProgram.Settings);
        foreach (var (name, value) in Systems[system])
            settings[name] = value;
        if (secret.Length > 0)
            settings[settings.Keys.Single(each => each.EndsWith(":BaseAddress", StringComparison.Ordinal)).Replace(":BaseAddress", ":WebhookSecret", StringComparison.Ordinal)] = secret;
        return await World.BeginAsync(settings);
    }

    static async Task<(int Status, int Tickets)> PostAsync(
        World world, string system, string body, Dictionary<string, string> headers, string mediaType = "application/json", string key = "")
    {
        using var program = RemoteProgram.WithText(world, key);
        if (key.Length == 0)
            program.Headers.Authorization = null;
        foreach (var (name, value) in headers)
            program.Headers.TryAddWithoutValidation(name, value);
        var (status, answer, _) = await program.SendAsync(HttpMethod.Post, $"/api/tickets/{system}", body, mediaType: mediaType);
        return (status, status == 202 ? answer.GetProperty("tickets").GetInt32() : 0);
    }

    static DateTimeOffset Now(World world) => world.App.Get<TimeProvider>().GetUtcNow();

    [Theory]
    [InlineData("jira", """{"webhookEvent":"jira:issue_updated","issue":{"id":"10002","key":"OPS-7"}}""", 1)]
    [InlineData("jira", """{"webhookEvent":"project_created","project":{"key":"OPS"}}""", 0)]
    [InlineData("github", """{"action":"closed","issue":{"number":7},"repository":{"full_name":"acme/facilities"}}""", 1)]
    [InlineData("github", """{"zen":"Keep it logically awesome.","hook_id":1}""", 0)]
    [InlineData("github", """{"action":"closed","issue":{"number":7},"repository":{"full_name":"somebody/else"}}""", 0)]
    [InlineData("gitlab", """{"object_kind":"issue","project":{"path_with_namespace":"acme/sites/facilities"},"object_attributes":{"iid":7,"action":"close"}}""", 1)]
    [InlineData("gitlab", """{"object_kind":"note","project":{"path_with_namespace":"acme/sites/facilities"},"issue":{"iid":7}}""", 1)]
    [InlineData("gitlab", """{"object_kind":"merge_request","project":{"path_with_namespace":"acme/sites/facilities"},"object_attributes":{"iid":7}}""", 0)]
    [InlineData("zendesk", """{"reference":"7"}""", 1)]
    [InlineData("zendesk", """{"type":"zen:event-type:ticket.status_changed","detail":{"id":"7"}}""", 1)]
    [InlineData("zendesk", """{"type":"zen:event-type:user.created","detail":{"id":"7"}}""", 0)]
    public async Task A_signed_message_names_tickets_and_one_that_was_changed_or_has_another_signature_is_refused(string system, string body, int tickets)
    {
        await using var world = await BeginAsync(system);
        var bytes = Encoding.UTF8.GetBytes(body);
        (await PostAsync(world, system, body, Signed(system, bytes, Secret, Now(world)))).ShouldBe((202, tickets));
        (await PostAsync(world, system, body, Signed(system, bytes, Secret + "x", Now(world)))).Status.ShouldBe(401);
        (await PostAsync(world, system, body, [])).Status.ShouldBe(401);
        if (system != "gitlab")
            (await PostAsync(world, system, body + " ", Signed(system, bytes, Secret, Now(world)))).Status.ShouldBe(401);
        if (system == "zendesk")
            (await PostAsync(world, system, body, Signed(system, bytes, Secret, Now(world) - TimeSpan.FromMinutes(6)))).Status.ShouldBe(401, "an old message");
    }

    [Fact]
    public void A_secret_of_a_system_that_is_off_is_a_fault()
    {
        new JiraOptionsValidator().Validate(null, new() { WebhookSecret = Secret }).Failures.ShouldNotBeNull().ShouldHaveSingleItem()
            .ShouldStartWith("Tickets:Jira:BaseAddress is missing, so Tickets:Jira:WebhookSecret has no effect");
        new JiraOptionsValidator().Validate(null, new()).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task The_summary_names_the_systems_that_sign_and_those_that_need_a_key_and_none_that_is_off()
    {
        var settings = new Dictionary<string, string>(Systems["jira"].Concat(Systems["servicenow"])) { ["Tickets:Jira:WebhookSecret"] = Secret };
        await using var both = await World.BeginAsync(settings);
        both.App.Get<MachineSummary>().Lines().Single(each => each.What == "Ticket news").How.ShouldBe(
            "Jira may post to /api/tickets/jira; ServiceNow with a key (\"keys new NAME --may=tickets\") to /api/tickets/servicenow");
        await using var one = await World.BeginAsync(Systems["servicenow"]);
        one.App.Get<MachineSummary>().Lines().Single(each => each.What == "Ticket news").How.ShouldBe(
            "only with a key (\"keys new NAME --may=tickets\"), posted to /api/tickets/servicenow; otherwise tickets are read in turn");
    }

    [Fact]
    public async Task A_signing_token_of_GitLab_is_verified_as_Standard_Webhooks_says()
    {
        var token = "whsec_" + Convert.ToBase64String([.. Enumerable.Range(0, 32).Select(n => (byte)n)]);
        await using var world = await BeginAsync("gitlab", token);
        var body = """{"object_kind":"issue","project":{"path_with_namespace":"acme/sites/facilities"},"object_attributes":{"iid":7}}""";
        var headers = Signed("gitlab", Encoding.UTF8.GetBytes(body), token, Now(world));
        (await PostAsync(world, "gitlab", body, headers)).ShouldBe((202, 1));
        headers["webhook-signature"] = $"v1,{Convert.ToBase64String(new byte[32])} {headers["webhook-signature"]}";
        (await PostAsync(world, "gitlab", body, headers)).ShouldBe((202, 1), "while the token is replaced, there are two");
        (await PostAsync(world, "gitlab", body + " ", headers)).Status.ShouldBe(401);
        (await PostAsync(world, "gitlab", body, Signed("gitlab", Encoding.UTF8.GetBytes(body), token, Now(world) - TimeSpan.FromMinutes(6)))).Status.ShouldBe(401);
        (await PostAsync(world, "gitlab", body, new() { ["X-Gitlab-Token"] = token })).Status.ShouldBe(401, "the token itself proves less");
    }

    [Fact]
    public void The_examples_in_the_documentation_of_GitHub_and_Jira_are_verified()
    {
        const string secret = "It's a Secret to Everybody";
        var gitHub = new HeaderDictionary { ["X-Hub-Signature-256"] = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" };
        WebhookSignatures.GitHub.IsRight(gitHub, "Hello, World!"u8, secret, default).ShouldBeTrue();
        var jira = new HeaderDictionary { ["X-Hub-Signature"] = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9" };
        WebhookSignatures.Jira.IsRight(jira, "Hello World!"u8, secret, default).ShouldBeTrue();
        foreach (var wrong in (string[])["", "sha256=", "sha1=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", "sha256=" + new string('z', 64), new string('é', 71)])
            WebhookSignatures.Jira.IsRight(new HeaderDictionary { ["X-Hub-Signature"] = wrong }, "Hello World!"u8, secret, default).ShouldBeFalse(wrong);
    }

    [Theory]
    [InlineData("servicenow", """{"number":"INC0010023"}""", "application/json", 1)]
    [InlineData("servicenow", "number=INC0010023", "application/x-www-form-urlencoded", 1)]
    [InlineData("jira", """{"reference":"OPS-7"}""", "application/json", 1)]
    [InlineData("github", "payload=%7B%22issue%22%3A%7B%22number%22%3A7%7D%2C%22repository%22%3A%7B%22full_name%22%3A%22acme%2Ffacilities%22%7D%7D", "application/x-www-form-urlencoded", 1)]
    public async Task A_system_that_cannot_sign_shows_a_key_with_the_permission(string system, string body, string mediaType, int tickets)
    {
        await using var world = await BeginAsync(system, secret: "");
        using var key = await RemoteProgram.WithKeyAsync(world, "rules", "tickets");
        using var other = await RemoteProgram.WithKeyAsync(world, "other", "start,read,cancel,alerts");
        (await PostAsync(world, system, body, [], mediaType, key.Key)).ShouldBe((202, tickets));
        (await PostAsync(world, system, body, [], mediaType, other.Key)).Status.ShouldBe(403);
        (await PostAsync(world, system, body, Signed(system, Encoding.UTF8.GetBytes(body), "", Now(world)), mediaType)).Status.ShouldBe(401, "an empty secret signs nothing");
        (await PostAsync(world, system, "no message", [], "application/json", key.Key)).Status.ShouldBe(422);
        (await PostAsync(world, "redmine", body, [], mediaType, key.Key)).Status.ShouldBe(404, "it is not set up");
    }

    [Fact]
    public async Task Wrong_signatures_are_limited_and_right_ones_are_not()
    {
        await using var world = await BeginAsync("jira");
        var statuses = new List<int>();
        for (var n = 0; n < 101; n++)
            statuses.Add(await PostFromAsync("guess"));
        statuses[..100].ShouldAllBe(each => each == 401);
        statuses[100].ShouldBe(429);
        (await PostFromAsync(Secret)).ShouldBe(202);

        async Task<int> PostFromAsync(string secret) => (await world.App.Server.SendAsync(http =>
        {
            var body = """{"issue":{"key":"OPS-7"}}"""u8.ToArray();
            (http.Request.Method, http.Request.Path, http.Request.Body) = ("POST", "/api/tickets/jira", new MemoryStream(body));
            http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.9");
            foreach (var (name, value) in Signed("jira", body, secret, Now(world)))
                http.Request.Headers[name] = value;
        })).Response.StatusCode;
    }

    [Fact]
    public async Task A_closed_ticket_stops_the_ringing_at_once_and_what_the_message_says_of_it_is_not_believed()
    {
        var (world, redmine) = await WriteBackTests.BeginAsync();
        await using var _ = world;
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync("#7", "marcus.reed");
        await world.PassAsync(5);
        using var key = await RemoteProgram.WithKeyAsync(world, "rules", "tickets");
        await SayAsync();
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue("the message says closed, the ticket does not");
        redmine.Change("Eve Adams", status: "Closed");
        await SayAsync();
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.CalledOff("the ticket was closed in Redmine by Eve Adams (status Closed)"));

        async Task SayAsync()
        {
            (await PostAsync(world, "redmine", """{"payload":{"issue":{"id":7,"status":{"name":"Closed"}}}}""", [], key: key.Key)).ShouldBe((202, 1));
            await world.App.Get<TicketHints>().LookAsync(default);
            await world.SettleAsync();
            await world.PassAsync(1);
        }
    }

    [Fact]
    public async Task A_thousand_hints_ask_the_system_once_and_a_ticket_without_a_dispatch_not_at_all()
    {
        var (world, redmine) = await WriteBackTests.BeginAsync();
        await using var _ = world;
        var counting = new Counting(redmine);
        world.Elsewhere = address => address.AbsolutePath.StartsWith("/redmine/", StringComparison.Ordinal) ? counting : null;
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        await world.DispatchAsync("#7", "marcus.reed");
        var hints = world.App.Get<TicketHints>();
        hints.LookNow("Redmine", "#7");
        await hints.LookAsync(default);
        await world.PassAsync(5);
        var before = counting.Lists;
        for (var n = 0; n < 1000; n++)
            hints.LookNow("Redmine", "#7");
        await hints.LookAsync(default);
        counting.Lists.ShouldBe(before + 1);
        for (var n = 100; n < 2500; n++)
            hints.LookNow("Redmine", $"#{n}");
        await hints.LookAsync(default);
        counting.Lists.ShouldBe(before + 1);
    }

    sealed class Counting(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Lists { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/issues.json", StringComparison.Ordinal))
                Lists++;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
