using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class ContentTests
{
    [Fact]
    public async Task Messages_of_other_libraries_are_taken()
    {
        await using var scene = await Scene.StartAsync();

        await scene.PostAsync("builder", [.. Copies(Scene.Fixture("block-kit/slack-block-builder.json")["message"]!["blocks"]!)]);
        await scene.PostAsync("jsx", [.. Copies(Scene.Fixture("block-kit/jsx-slack.json")["blocks"]!)]);
        await scene.PostAsync("new", [.. Copies(Scene.Fixture("block-kit/new-blocks.example.json"))]);

        scene.Slack.Pings.Select(each => each.Who).ShouldBe(["<!channel>", "<@U0TERRY>"], "what is escaped calls nobody");
        scene.Ops.Messages[^1].Links.ShouldBe(["https://evil.example"]);
    }

    [Fact]
    public async Task Too_many_blocks_are_refused_as_Slack_refuses_them()
    {
        await using var scene = await Scene.StartAsync();

        var answer = await scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("text", "x"), ("blocks", new JsonArray([.. Enumerable.Repeat(0, 51).Select(_ => Scene.Parse("""{"type":"divider"}"""))])));

        JsonNode.DeepEquals(answer, Scene.Fixture("web-api/behaviour.ok_false.json")["exchanges"]![0]!["response"]!["body"]).ShouldBeTrue(answer.ToJsonString());
        scene.Ops.Messages.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"section","text":null}""", "must not be null [json-pointer:/blocks/0/text]")]
    [InlineData("""{"type":"section"}""", "missing required field: text [json-pointer:/blocks/0]")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":""}}""", "must be more than 0 characters [json-pointer:/blocks/0/text/text]")]
    [InlineData("""{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}""", "invalid additional property: emoji [json-pointer:/blocks/0/text]")]
    [InlineData("""{"type":"header","text":{"type":"mrkdwn","text":"x"}}""", "must be a plain_text object [json-pointer:/blocks/0/text/type]")]
    [InlineData("""{"type":"poem"}""", "unsupported type: poem [json-pointer:/blocks/0/type]")]
    [InlineData("""{"type":"actions","elements":[{"type":"plain_text_input","action_id":"a"}]}""", "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]")]
    [InlineData("""{"type":"actions","elements":[{"type":"button","action_id":"a","style":"green","text":{"type":"plain_text","text":"x"}}]}""", "invalid style: green [json-pointer:/blocks/0/elements/0/style]")]
    [InlineData("""{"type":"actions","elements":[{"type":"static_select","action_id":"a","options":[]}]}""", "must provide at least 1 items [json-pointer:/blocks/0/elements/0/options]")]
    public async Task Wrong_blocks_are_refused_and_the_place_is_named(string block, string finding)
    {
        await using var scene = await Scene.StartAsync();

        var answer = await scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("text", "x"), ("blocks", new JsonArray(Scene.Parse(block))));

        ((string)answer["error"]!).ShouldBe("invalid_blocks");
        answer["response_metadata"]!["messages"]!.AsArray().Select(each => (string)each!).ShouldContain($"[ERROR] {finding}");
    }

    [Theory]
    [InlineData("section.text", 3000, """{"type":"section","text":{"type":"mrkdwn","text":"%"}}""")]
    [InlineData("header.text", 150, """{"type":"header","text":{"type":"plain_text","text":"%"}}""")]
    [InlineData("button.text", 75, """{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"%"}}]}""")]
    [InlineData("button.value", 2000, """{"type":"actions","elements":[{"type":"button","action_id":"a","value":"%","text":{"type":"plain_text","text":"x"}}]}""")]
    [InlineData("block_id", 255, """{"type":"divider","block_id":"%"}""")]
    public async Task A_text_may_be_as_long_as_its_limit_and_not_longer(string what, int most, string block)
    {
        await using var scene = await Scene.StartAsync();
        Task<JsonObject> PostAsync(int length) =>
            scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("text", "x"), ("blocks", new JsonArray(Scene.Parse(block.Replace("%", new string('x', length), StringComparison.Ordinal)))));

        ((bool)(await PostAsync(most))["ok"]!).ShouldBeTrue(what);
        ((string)(await PostAsync(most + 1))["error"]!).ShouldBe("invalid_blocks", what);
    }

    [Fact]
    public async Task A_view_that_is_wrong_or_too_large_is_refused()
    {
        await using var scene = await Scene.StartAsync();
        var input = """{"type":"input","block_id":"a","label":{"type":"plain_text","text":"x"},"element":{"type":"plain_text_input","action_id":"a"}}""";

        var withoutSubmit = await scene.CallAsync("views.open", ("trigger_id", "t"), ("view", Scene.Parse($$"""{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[{{input}}]}""")));
        var longTitle = await scene.CallAsync("views.open", ("trigger_id", "t"), ("view", Scene.Parse($$"""{"type":"modal","title":{"type":"plain_text","text":"{{new string('x', 25)}}"},"blocks":[]}""")));
        var large = await scene.CallAsync("views.open", ("trigger_id", "t"), ("view", Scene.Parse($$"""{"type":"modal","private_metadata":"{{new string('x', 256_001)}}","title":{"type":"plain_text","text":"x"},"blocks":[]}""")));

        withoutSubmit["response_metadata"]!["messages"]![0]!.ToString().ShouldBe("[ERROR] missing required field: submit [json-pointer:/view]");
        longTitle["response_metadata"]!["messages"]![0]!.ToString().ShouldBe("[ERROR] must be less than 25 characters [json-pointer:/view/title/text]");
        ((string)longTitle["error"]!).ShouldBe("invalid_arguments");
        ((string)large["error"]!).ShouldBe("view_too_large");
    }

    [Fact]
    public async Task An_update_with_text_alone_loses_its_blocks_and_keeps_its_attachments_and_metadata()
    {
        await using var scene = await Scene.StartAsync();
        await scene.CallAsync("chat.postMessage", ("channel", "C0OPS"), ("text", "a"), ("blocks", Scene.Parse("""[{"type":"divider"}]""")), ("attachments", Scene.Parse("""[{"text":"old"}]""")),
            ("metadata", Scene.Parse("""{"event_type":"e","event_payload":{"id":"1"}}""")));
        var message = scene.Ops.Messages.Single();

        await scene.CallAsync("chat.update", ("channel", "C0OPS"), ("ts", message.Ts), ("text", "b"));
        var tooLong = await scene.CallAsync("chat.update", ("channel", "C0OPS"), ("ts", message.Ts), ("text", new string('x', 4001)));

        (message.Text, message.Blocks, message.Attachments?.Count, (string?)message.Metadata?["event_type"]).ShouldBe(("b", null, 1, "e"));
        ((string)tooLong["error"]!).ShouldBe("msg_too_long");
    }

    [Fact]
    public async Task Nobody_is_notified_by_what_is_ephemeral_rewritten_or_plain()
    {
        await using var scene = await Scene.StartAsync();

        var message = await scene.PostAsync("quiet", Scene.Parse("""{"type":"header","text":{"type":"plain_text","text":"<!channel> <@U0DANA>"}}"""));
        await scene.CallAsync("chat.postEphemeral", ("channel", "C0OPS"), ("user", "U0DANA"), ("text", "<!here>"));
        await scene.CallAsync("chat.update", ("channel", "C0OPS"), ("ts", message.Ts), ("text", "<@U0DANA>"));
        scene.Slack.Pings.ShouldBeEmpty();

        await scene.PostAsync("loud", Scene.Parse("""{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U0TERRY"},{"type":"broadcast","range":"here"}]}]}"""));
        await scene.PostAsync("<!everyone> <!subteam^S1|@ops> <@U0DANA|dana>");
        scene.Slack.Pings.Select(each => each.Who).ShouldBe(["<@U0TERRY>", "<!here>", "<!everyone>", "<!subteam^S1>", "<@U0DANA>"]);
    }

    static IEnumerable<JsonNode> Copies(JsonNode blocks) => blocks.AsArray().Select(each => each!.DeepClone());
}
