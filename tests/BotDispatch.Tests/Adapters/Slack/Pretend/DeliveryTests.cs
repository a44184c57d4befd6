using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

public sealed class DeliveryTests
{
    const string ButtonInActions =
        """{"type":"actions","block_id":"acts","elements":[{"type":"button","action_id":"dispatch_cancel","text":{"type":"plain_text","text":"Cancel","emoji":true},"value":"d_1","style":"danger"}]}""";

    const string Dialog =
        """
        {"type":"modal","callback_id":"dispatch_modal","title":{"type":"plain_text","text":"Dispatch"},"submit":{"type":"plain_text","text":"Call"},"notify_on_close":true,
         "blocks":[{"type":"input","block_id":"people","optional":true,"label":{"type":"plain_text","text":"Who"},"element":{"type":"multi_external_select","action_id":"pick","min_query_length":2}},
                   {"type":"input","block_id":"note","label":{"type":"plain_text","text":"Note"},"element":{"type":"plain_text_input","action_id":"text"}}]}
        """;

    [Theory]
    [InlineData("slash.ack_empty")]
    [InlineData("interactive.block_actions")]
    [InlineData("interactive.view_submission_ok")]
    [InlineData("interactive.view_closed")]
    [InlineData("interactive.block_suggestion_options")]
    [InlineData("interactive.global_shortcut")]
    [InlineData("interactive.message_action")]
    [InlineData("events.app_mention")]
    [InlineData("events.app_home_opened")]
    [InlineData("events.app_uninstalled")]
    [InlineData("events.tokens_revoked")]
    [InlineData("events.url_verification")]
    public async Task What_is_delivered_has_every_field_of_the_captured_payload(string name)
    {
        await using var scene = await Scene.StartAsync();
        var message = await scene.PostAsync("INC-42", Scene.Parse(ButtonInActions));
        var view = name.Contains("view", StringComparison.Ordinal) || name.Contains("suggestion", StringComparison.Ordinal) ? await scene.OpenAsync(Scene.Parse(Dialog).AsObject()) : null;
        if (name.Contains("submission", StringComparison.Ordinal)) await scene.Dana.FillAsync(view!, "note", "x");
        scene.Answers("""{"options":[]}""");
        if (!name.Contains("suggestion", StringComparison.Ordinal)) scene.AnswersNothing();

        await (name switch
        {
            "slash.ack_empty" => scene.Dana.TypeAsync("/dispatch INC-42", scene.Ops),
            "interactive.block_actions" => scene.Dana.PressAsync(message, "Cancel"),
            "interactive.view_submission_ok" => scene.Dana.SubmitAsync(view!),
            "interactive.view_closed" => scene.Dana.CloseAsync(view!),
            "interactive.block_suggestion_options" => scene.Dana.SearchAsync(view!, "people", "dan"),
            "interactive.global_shortcut" => scene.Dana.GlobalShortcutAsync("dispatch_this"),
            "interactive.message_action" => scene.Dana.MessageShortcutAsync(message, "dispatch_this"),
            "events.app_mention" => scene.Dana.MentionAsync(scene.Ops, "status"),
            "events.app_home_opened" => (Task)scene.Dana.OpenHomeAsync(),
            "events.app_uninstalled" => scene.Slack.Events.UninstallAsync(scene.Team),
            "events.tokens_revoked" => scene.Slack.Events.RevokeTokensAsync(scene.Team),
            _ => scene.Slack.Events.VerifyAddressAsync("3eZbrw1aBm2rZg"),
        });

        Missing(Scene.Fixture($"inbound/{name}.json")["payload"]!, scene.Arrivals[^1].Payload, "").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_delivery_is_signed_over_its_bytes_at_the_moment_of_sending()
    {
        await using var scene = await Scene.StartAsync();

        await scene.Dana.TypeAsync("/dispatch INC-42 ä & <b>", scene.Ops);

        var arrived = scene.Arrivals.Single();
        arrived.Path.ShouldBe("/slack/commands");
        arrived.Headers["content-type"].ShouldBe("application/x-www-form-urlencoded");
        var timestamp = arrived.Headers["x-slack-request-timestamp"];
        timestamp.ShouldBe(scene.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(scene.Options.SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{arrived.Body}"));
        arrived.Headers["x-slack-signature"].ShouldBe("v0=" + Convert.ToHexStringLower(mac));
    }

    [Fact]
    public async Task What_was_typed_is_escaped_and_a_private_channel_keeps_its_name()
    {
        await using var scene = await Scene.StartAsync();
        scene.Team.AddChannel("C0SECRET", "secret", isPrivate: true);

        await scene.Dana.TypeAsync("/dispatch INC-42 @terry #ops #secret https://a.example/?x=1&y=2 <@U0TERRY> @nobody", scene.Ops);

        ((string)scene.Arrivals[^1].Payload["text"]!).ShouldBe("INC-42 <@U0TERRY> <#C0OPS|ops> <#C0SECRET|> <https://a.example/?x=1&amp;y=2> &lt;@U0TERRY&gt; @nobody");
    }

    [Fact]
    public async Task An_answer_to_a_command_is_seen_by_its_author_alone_unless_it_says_otherwise()
    {
        await using var scene = await Scene.StartAsync();

        scene.App = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("Working on it") });
        await scene.Dana.TypeAsync("/dispatch a", scene.Ops);
        scene.Answers("""{"response_type":"in_channel","text":"Dispatch started"}""");
        await scene.Dana.TypeAsync("/dispatch b", scene.Ops);

        scene.Dana.Ephemerals.Select(each => each.Words).ShouldBe(["Working on it"]);
        scene.Slack.User("U0TERRY").Ephemerals.ShouldBeEmpty();
        scene.Ops.Messages.Select(each => each.Words).ShouldBe(["/dispatch b", "Dispatch started"]);
    }

    [Fact]
    public async Task A_person_sees_that_the_app_is_late_or_broken()
    {
        await using var scene = await Scene.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        scene.App = async _ =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite);
            return new();
        };

        var typing = scene.Dana.TypeAsync("/dispatch", scene.Ops);
        await arrived.Task;
        scene.Clock.Advance(TimeSpan.FromSeconds(3));
        (await typing).Trouble.ShouldBe("operation_timeout");
        scene.App = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        await scene.Dana.GlobalShortcutAsync("dispatch");

        scene.Dana.Complaints.Select(each => each.What).ShouldBe(["operation_timeout", "dispatch_failed"]);
    }

    // Every name must be there, with the same kind of value; what is empty in the one may be full in the other.
    static IEnumerable<string> Missing(JsonNode expected, JsonNode ours, string at)
    {
        if (expected is not JsonObject made || at.EndsWith(".values", StringComparison.Ordinal)) yield break;
        foreach (var (name, value) in made)
        {
            var place = $"{at}.{name}";
            // Slack's own samples of a closing leave these out.
            if (place is ".user.username" or ".user.team_id" && ((string?)ours.Root["type"]) == "view_closed") continue;
            if (place is ".view.state" && ((string?)ours.Root["type"]) is "view_closed" or "block_suggestion") continue;
            if (!ours.AsObject().TryGetPropertyValue(name, out var own)) yield return $"{place} is missing";
            else if (Kind(value) is var kind && kind != Kind(own) && kind != JsonValueKind.Null && own is not null) yield return $"{place} is {Kind(own)} instead of {kind}";
            else if (value is JsonArray { Count: > 0 } list && own is JsonArray { Count: > 0 } theirs)
                foreach (var each in Missing(list[0]!, theirs[0]!, place)) yield return each;
            else if (value is not null && own is not null)
                foreach (var each in Missing(value, own, place)) yield return each;
        }
    }

    static JsonValueKind Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null => JsonValueKind.Null,
        JsonValueKind.False => JsonValueKind.True,
        { } kind => kind,
    };
}
