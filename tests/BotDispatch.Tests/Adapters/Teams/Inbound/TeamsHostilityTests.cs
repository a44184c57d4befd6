using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using static BotDispatch.Tests.Adapters.Teams.Inbound.TeamsBench;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class TeamsHostilityTests : IAsyncLifetime
{
    const string Press = "invoke-adaptiveCard-action";
    const string Command = "message-channel-new-post-mention";

    TeamsBench bench = null!;

    public async Task InitializeAsync() => bench = await StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData(Press), InlineData(Command), InlineData("message-action-submit")]
    public async Task Work_that_holds_its_thread_is_answered_for_in_time_all_the_same(string name)
    {
        using var hold = new ManualResetEventSlim();
        bench.Handler = _ =>
        {
            hold.Wait(TimeSpan.FromSeconds(20));
            return Task.FromResult<TeamsReply>(new TeamsReply.Nothing());
        };
        try
        {
            var sending = bench.SendAsync(Activity(name));
            await UntilAsync(() => !bench.Handled.IsEmpty && bench.Clock.NextTimer is { } next && next - bench.Clock.GetUtcNow() <= TeamsDeadlines.Acknowledgement);
            bench.Clock.Advance(TeamsDeadlines.Acknowledgement);
            (await sending).StatusCode.ShouldBe(HttpStatusCode.OK);
            bench.Logged.Count(605).ShouldBe(1);
        }
        finally
        {
            hold.Set();
        }
    }

    static readonly string[] Odd =
    [
        "null", "0", "-1e999", "true", "\"\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null,[1],{}]", "{}", "{\"\\ud800\":\"x\",\"id\":\"y\"}", "{\"id\":{\"id\":[]},\"type\":[]}",
        "\"<at>\"", "\"&#xD800;\"", "\"19:a;messageid=\"", "\";messageid=1\"", new string('[', 40) + new string(']', 40),
    ];

    [Fact]
    public void Whatever_stands_in_any_field_the_rest_is_read()
    {
        var count = 0;
        foreach (var name in Captured.Names)
            foreach (var path in Paths(Captured.Body(name)).ToList())
            {
                var body = Captured.Body(name);
                Put(body, path, "@@@");
                var json = body.ToJsonString();
                foreach (var odd in Odd)
                {
                    Captured.ReadText(json.Replace("\"@@@\"", odd, StringComparison.Ordinal)).ShouldNotBeNull($"{name} {string.Join('/', path)} {odd}");
                    count++;
                }
            }
        count.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void Bytes_that_are_no_text_leave_the_rest_to_be_read()
    {
        var json = Encoding.UTF8.GetBytes(Activity(Command, body =>
        {
            body["text"] = "<at>Dispatch Bot</at> @@@";
            body.Remove("id");
        }).ToJsonString());
        var at = json.AsSpan().IndexOf("@@@"u8);
        json[at + 1] = 0xFF;
        SafeJson.Read(json, Captured.Reader.Read).ShouldNotBeNull().Id.ShouldStartWith("msteams/");
    }

    [Fact]
    public void Of_very_many_mentions_the_first_are_read()
    {
        var mention = Captured.Body(Command)["entities"]!.AsArray().Single(each => (string?)each!["type"] == "mention")!;
        var command = Captured.Read(Command, body =>
        {
            body["text"] = mention["text"] + string.Concat(Enumerable.Range(0, 5000).Select(n => $" <at>P{n}</at>"));
            foreach (var n in Enumerable.Range(0, 5000))
                body["entities"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = "mention", ["text"] = $"<at>P{n}</at>", ["mentioned"] = new JsonObject { ["id"] = $"29:{n}", ["name"] = $"P{n}" } });
        }).Action.ShouldBeOfType<ChatAction.Mentioned>();
        command.Mentions.Length.ShouldBeInRange(100, 200);
        command.Text.ShouldStartWith("<at>P0</at> <at>P1</at>");
    }

    [Fact]
    public void Who_is_mentioned_without_a_word_is_meant_all_the_same() => Captured.Read(Command, body =>
    {
        body["text"] = "help";
        body["entities"]!.AsArray().Single(each => (string?)each!["type"] == "mention")!.AsObject().Remove("text");
    }).Action.ShouldBeOfType<ChatAction.Mentioned>().Text.ShouldBe("help");

    [Theory]
    [InlineData("X-Original-For", "1.2.3.4:5"), InlineData("X-Forwarded-Proto", "https"), InlineData("Via", "1.1 proxy"), InlineData("CF-Connecting-IP", "1.2.3.4")]
    public async Task What_came_through_somebody_else_did_not_come_from_this_machine(string header, string value)
    {
        await using var open = await StartOpenAsync(IPAddress.Loopback);
        var response = await open.SendAsync(Encoding.UTF8.GetBytes(Captured.Body(Command).ToJsonString()), null, request => request.Headers.TryAddWithoutValidation(header, value));
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        open.Handled.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_that_posts_plain_text_is_sent_away_whatever_its_browser_says()
    {
        await using var open = await StartOpenAsync(IPAddress.Loopback);
        foreach (var type in (string[])["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
            (await open.SendAsync(Encoding.UTF8.GetBytes(Captured.Body(Command).ToJsonString()), null, request => request.Content!.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type)))
                .StatusCode.ShouldBe(HttpStatusCode.Forbidden, type);
        open.Handled.ShouldBeEmpty();
    }

    [Fact]
    public void A_chat_of_two_other_people_is_not_the_bots_own() => Captured.Read("invoke-composeExtension-fetchTask-compose", body =>
    {
        (body["conversation"]!["id"], body["conversation"]!["conversationType"]) = ("19:a1_b2@unq.gbl.spaces", "personal");
        body.Remove("channelData");
    }).Where.Kind.ShouldBe(ConversationKind.GroupChat);

    [Fact]
    public async Task An_answer_is_no_longer_than_its_card()
    {
        var card = new JsonObject { ["type"] = "AdaptiveCard", ["body"] = new string('漢', 1000) };
        bench.Handler = _ => Task.FromResult<TeamsReply>(new TeamsReply.CardAnswer(Nodes.Drawing(card)));
        var response = await bench.SendAsync(Activity(Press));
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBeLessThan(3200);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["value"]!.ToJsonString().ShouldBe(card.ToJsonString());
    }

    static IEnumerable<object[]> Paths(JsonNode? node) => node switch
    {
        JsonObject it => it.SelectMany(each => Paths(each.Value).Select(path => (object[])[each.Key, .. path]).Prepend([each.Key])),
        JsonArray list => list.SelectMany((each, index) => Paths(each).Select(path => (object[])[index, .. path]).Prepend([index])),
        _ => [],
    };

    static void Put(JsonNode node, object[] path, string value)
    {
        foreach (var step in path[..^1])
            node = step is int index ? node[index]! : node[(string)step]!;
        if (path[^1] is int last)
            node[last] = value;
        else
            node[(string)path[^1]] = value;
    }
}
