using System.Text.Json.Nodes;
using BotDispatch.Teams.Connector;
using Microsoft.AspNetCore.Http;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>Our requests beside those of Microsoft's ConnectorClient, read by the same server: method, path to the letter, and what is in the body.</summary>
public class MicrosoftConnectorTests
{
    const string Bot = $"28:{AppId}";

    // Every sign that may stand in an id, and some that never should.
    const string Odd = "19:a+b/c=d@e;messageid=1%3B2 ü~*'()!_-.";

    [NodeFact("botframework-connector")]
    public async Task Ours_are_the_same_requests()
    {
        await using var bench = await WithoutAppAsync();
        var both = Both(bench.LocalUrl);
        foreach (var (ours, _) in both)
            await bench.CallAsync(ours);
        var mine = bench.Teams.Requests.ToArray();
        bench.Teams.Requests.Clear();
        await TheirsAsync(bench, [.. both.Select(each => each.Theirs)]);
        var theirs = bench.Teams.Requests.ToArray();
        mine.Length.ShouldBe(both.Length);
        foreach (var (one, other) in mine.Zip(theirs))
        {
            (one.Method, Spelled(one.Target)).ShouldBe((other.Method, Spelled(other.Target)));
            Same(one.Body, other.Body).ShouldBeTrue($"{one.Method} {one.Target}\n{one.Body}\n{other.Body}");
            one.Headers.GetValueOrDefault("Content-Type").ShouldBe(other.Headers.GetValueOrDefault("Content-Type"));
            one.Headers["Accept"].ShouldContain("application/json");
        }
        theirs.Length.ShouldBe(mine.Length);
    }

    [NodeFact("botframework-connector")]
    public async Task Both_understand_the_same_answers()
    {
        await using var bench = await WithoutAppAsync();
        bench.Teams.Answer = AnswerAsync;
        ConnectorCall[] calls =
        [
            new ConnectorCall.Send(bench.LocalUrl, "ok", Text("x")), new ConnectorCall.Send(bench.LocalUrl, "empty", Text("x")), new ConnectorCall.Send(bench.LocalUrl, "gone", Text("x")),
            new ConnectorCall.Send(bench.LocalUrl, "busy", Text("x")), new ConnectorCall.Send(bench.LocalUrl, "blocked", Text("x")),
        ];
        var ours = new List<(string?, int)>();
        foreach (var call in calls)
            ours.Add(await bench.CallAsync(call) switch
            {
                ConnectorAnswer.Done done => (done.Id, 0),
                ConnectorAnswer.Refused refused => (refused.Code, refused.Kind is Refusal.Gone ? 404 : 403),
                ConnectorAnswer.Busy => ("PreconditionFailed", 412),
                _ => ("?", 0),
            });
        var theirs = await TheirsAsync(bench, [.. calls.Cast<ConnectorCall.Send>().Select(send => new JsonObject { ["call"] = "send", ["conversation"] = send.Conversation, ["activity"] = send.Activity.AsNode() })]);
        theirs.Select(each => ((string?)(each["id"] ?? each["code"]), (int?)each["status"] ?? 0)).ShouldBe(ours);
    }

    static (ConnectorCall Ours, JsonObject Theirs)[] Both(string url)
    {
        var card = new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["content"] = new JsonObject { ["type"] = "AdaptiveCard", ["version"] = "1.5", ["body"] = new JsonArray(new JsonObject { ["type"] = "TextBlock", ["text"] = "Dispatch <b> ü 😀" }) },
            }),
        };
        var thread = new JsonObject
        {
            ["call"] = "create",
            ["parameters"] = new JsonObject
            {
                ["isGroup"] = true,
                ["tenantId"] = Tenant,
                ["bot"] = new JsonObject { ["id"] = Bot },
                ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = Channel }, ["tenant"] = new JsonObject { ["id"] = Tenant } },
                ["activity"] = card.DeepClone(),
            },
        };
        var chat = new JsonObject
        {
            ["call"] = "create",
            ["parameters"] = new JsonObject
            {
                ["isGroup"] = false,
                ["tenantId"] = Tenant,
                ["bot"] = new JsonObject { ["id"] = Bot },
                ["members"] = new JsonArray(new JsonObject { ["id"] = "29:1abc" }),
                ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
            },
        };
        return
        [
            .. ((string[])[ThreadId, Channel, "a:1", Odd]).Select(id => ((ConnectorCall)new ConnectorCall.Send(url, id, Text("hello")), Call("send", ("conversation", id), ("activity", Text("hello").AsNode())))),
            (new ConnectorCall.Update(url, ThreadId, "1795329801001", Nodes.Drawing(card)), Call("update", ("conversation", ThreadId), ("message", "1795329801001"), ("activity", card.DeepClone()))),
            (new ConnectorCall.Delete(url, ThreadId, Odd), Call("delete", ("conversation", ThreadId), ("message", Odd))),
            (new ConnectorCall.NewThread(url, Tenant, Channel, Bot, Nodes.Drawing(card)), thread),
            (new ConnectorCall.PersonalChat(url, Tenant, Bot, "29:1abc"), chat),
            (new ConnectorCall.Member(url, ThreadId, "29:1abc"), Call("member", ("conversation", Channel), ("person", "29:1abc"))),
            (new ConnectorCall.Members(url, ThreadId, 50), Call("members", ("conversation", Channel), ("pageSize", 50))),
            (new ConnectorCall.Members(url, Channel, 50, "a+b/c=&d"), Call("members", ("conversation", Channel), ("pageSize", 50), ("continuationToken", "a+b/c=&d"))),
        ];
    }

    static JsonObject Call(string name, params (string Name, JsonNode? Value)[] rest)
    {
        var call = new JsonObject { ["call"] = name };
        foreach (var (field, value) in rest)
            call[field] = value;
        return call;
    }

    // encodeURIComponent leaves these five as they are; in a path both spellings are the same.
    static string Spelled(string target) => target.Replace("%21", "!").Replace("%27", "'").Replace("%28", "(").Replace("%29", ")").Replace("%2A", "*");

    static bool Same(string ours, string theirs) => ours.Length == 0 ? theirs.Length == 0 : JsonNode.DeepEquals(JsonNode.Parse(ours), JsonNode.Parse(theirs));

    static Task AnswerAsync(HttpContext context, Received asked) => asked.Target switch
    {
        var target when target.Contains("/ok/") => StandIn.JsonAsync(context, 201, """{"id":"17"}"""),
        var target when target.Contains("/empty/") => StandIn.JsonAsync(context, 202, null),
        var target when target.Contains("/gone/") => StandIn.JsonAsync(context, 404, """{"error":{"code":"ConversationNotFound","message":"x"}}"""),
        var target when target.Contains("/busy/") => StandIn.JsonAsync(context, 412, """{"error":{"code":"PreconditionFailed","message":"x"}}"""),
        _ => StandIn.JsonAsync(context, 403, """{"error":{"code":"ConversationBlockedByUser","message":"x"}}"""),
    };

    static async Task<JsonObject[]> TheirsAsync(ConnectorBench bench, JsonArray calls)
    {
        using var node = NodePackages.Start("connector-client.mjs", bench.LocalUrl);
        await node.StandardInput.WriteAsync(calls.ToJsonString());
        node.StandardInput.Close();
        var lines = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        node.ExitCode.ShouldBe(0);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }
}
