using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using static BotDispatch.Tests.Browser.AgentsPlaygroundProcess;
using static BotDispatch.Tests.Browser.PlaygroundPage;

namespace BotDispatch.Tests.Browser;

[Collection(nameof(AgentsPlayground))]
public class AgentsPlaygroundTroubleTests(AgentsBrowser browser)
{
    // All that the Agents Playground has a sample of.
    static readonly string[] Templates =
        ["", "install", "botAdded", "userAdded", "userRemoved", "channelCreated", "channelRenamed", "channelDeleted", "teamRenamed", "teamDeleted", "sendEmail", "mentionInWord", "botRemoved", "uninstall"];

    // And what it has none of, as Teams sends it.
    static readonly string[] Others =
    [
        """{"type":"messageReaction","reactionsAdded":[{"type":"like"}],"replyToId":"1"}""",
        """{"type":"messageReaction","reactionsRemoved":[{"type":"like"}],"replyToId":"1"}""",
        """{"type":"messageUpdate","channelData":{"eventType":"editMessage"},"text":"<at>BotDispatch</at> dispatch FS-2210","entities":[{"type":"mention","text":"<at>BotDispatch</at>","mentioned":{"id":"28:11111111-2222-4333-8444-555555555555","name":"BotDispatch"}}]}""",
        """{"type":"messageUpdate","channelData":{"eventType":"undeleteMessage"},"text":"<at>BotDispatch</at> dispatch FS-2210"}""",
        """{"type":"messageDelete","channelData":{"eventType":"softDeleteMessage"}}""",
        """{"type":"event","name":"application/vnd.microsoft.readReceipt","value":{"lastReadMessageId":"1"}}""",
        """{"type":"event","name":"application/vnd.microsoft.meetingStart","value":null}""",
        """{"type":"typing"}""",
        """{"type":"endOfConversation"}""",
        """{"type":"invoke","name":"config/fetch","value":[1,"two",null]}""",
        """{"type":"invoke","name":"adaptiveCard/action","value":null}""",
        """{"type":"invoke","name":"task/submit","value":{"data":"words"}}""",
        """{"type":"message","value":{"dispatchWish":"send","dispatchKept":"forged"}}""",
        """{"type":"message","text":null,"entities":[null,1,{"type":"future"}],"channelData":7}""",
        """{"type":"somethingNew","value":{"a":{"b":[{}]}}}""",
    ];

    [AgentsPlaygroundFact]
    public async Task Whatever_the_Agents_Playground_can_send_is_taken_and_the_bot_goes_on()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        var sent = 0;
        foreach (var conversation in (string[])[Operations, GroupChat, Personal])
        {
            foreach (var template in Templates)
            {
                using var answer = await world.Http.GetAsync($"_internal/v1/customActivities/template?conversationId={Uri.EscapeDataString(conversation)}{(template.Length == 0 ? "" : $"&type={template}")}");
                // A chat is in no team, so there is no team to report.
                if (!answer.IsSuccessStatusCode && conversation != Operations && template.StartsWith("channel", StringComparison.Ordinal) | template.StartsWith("team", StringComparison.Ordinal))
                    continue;
                answer.IsSuccessStatusCode.ShouldBeTrue($"{template} in {conversation}");
                await SendAsync((await answer.Content.ReadFromJsonAsync<JsonObject>())!);
            }
            foreach (var other in Others)
            {
                var activity = await world.Http.GetFromJsonAsync<JsonObject>($"_internal/v1/customActivities/template?conversationId={Uri.EscapeDataString(conversation)}");
                foreach (var (name, value) in JsonNode.Parse(other)!.AsObject())
                    activity![name] = value?.DeepClone();
                await SendAsync(activity!);
            }
        }
        wire.Passed.Where(each => each.IsToBot && each.Method == "POST").ShouldAllBe(each => each.Status == 200 || (each.Status == 501 && (string?)each.Body!["name"] == "config/fetch"));
        wire.Passed.ShouldNotContain(each => !each.IsToBot && each.Body != null && each.Body.ToJsonString().Contains("FS-2210", StringComparison.Ordinal), "an edited command is no new one");

        await page.PostAsync("dispatch FS-2210 @ann");
        // One of the samples says "<your comment here>": words like any other, so it was offered to be dispatched too.
        await page.Button("Choose here", within: page.Posts.First).ClickAsync();
        await page.Button("Dispatch").ClickAsync();
        await world.AnswerAsync("ann.lee", "1");
        await SeesAsync(page.Status("Accepted"));
        world.Complaints.ShouldBeEmpty();

        async Task SendAsync(JsonObject activity)
        {
            activity["id"] = $"custom-{++sent}";
            (await world.Http.PostAsJsonAsync("_internal/v1/customActivities", activity)).IsSuccessStatusCode.ShouldBeTrue();
            await wire.UntilAsync(each => each.IsToBot && (string?)each.Body?["id"] == $"custom-{sent}");
        }
    }

    [AgentsPlaygroundFact]
    public async Task A_connector_that_is_busy_throttles_breaks_and_loses_answers_leaves_nothing_out()
    {
        await using var world = await AgentsPlayground.OpenAsync(browser, "Operations");
        var (page, wire) = (world.Page, world.Wire);
        await wire.SaidAsync("Hello.");
        // Every trouble once, and never many together: the pauses grow with them.
        wire.Trouble = Once(("answer", new(429, RetryAfter: 1)), ("card", new(412)), ("asked", new(0, IsDone: true)));
        await page.PostAsync("dispatch INC-1063");
        await page.Button("Choose here").ClickAsync();
        await page.PickAsync("Camille Durand");
        await page.Button("Dispatch").ClickAsync();
        await world.RingsAsync("camille.durand");
        await wire.SaidAsync("Asked for by Priya Nair.");
        wire.Passed.Count(each => each.Words.StartsWith("Asked for by Priya Nair.", StringComparison.Ordinal)).ShouldBe(2, "what may stand there is repeated once");

        await wire.DrawnAsync("Ringing Camille Durand");
        wire.Trouble = Once(("answered", new(503)), ("redraw", new(502)));
        await world.Host.OrderAsync("phones/camille.durand/answer", new { });
        await wire.SaidAsync("Camille Durand answered.");

        wire.Trouble = Once(("accepted", new(504)), ("redraw", new(429, RetryAfter: 1)));
        await world.Host.OrderAsync("phones/camille.durand/press", new { keys = "1" });
        await wire.SaidAsync("Accepted: Camille Durand pressed 1");
        await wire.DrawnAsync("Camille Durand accepted by phone.");
        await SeesAsync(page.Status("Accepted"));
        wire.Passed.Select(each => each.Status).Where(status => status is 0 or 412 or 429 or 503 or 504).Distinct().Count().ShouldBe(5, "every trouble was met");
        wire.Passed.Count(each => each is { PostsCard: true, Status: 201 } && each.Body!["activity"] is not null).ShouldBe(1, "a card that was refused is not there twice");
        wire.Said.Count(said => said.Contains("Accepted: Camille Durand", StringComparison.Ordinal)).ShouldBe(1);
        world.Complaints.ShouldBeEmpty();
    }

    static Func<Exchange, Trouble?> Once(params (string Kind, Trouble Trouble)[] each)
    {
        var ahead = new ConcurrentDictionary<string, Trouble>(each.Select(one => KeyValuePair.Create(one.Kind, one.Trouble)));
        return asked => ahead.TryRemove(KindOf(asked), out var trouble) ? trouble : null;
    }

    static string KindOf(Exchange asked) => asked switch
    {
        { Redraws: true } => "redraw",
        { PostsCard: true } when asked.Body!["activity"] is not null => "card",
        { PostsCard: true } => "answer",
        { Words: var words } when words.Contains("Accepted:", StringComparison.Ordinal) => "accepted",
        { Words: var words } when words.Contains("answered.", StringComparison.Ordinal) => "answered",
        { Words: var words } when words.StartsWith("Asked for", StringComparison.Ordinal) => "asked",
        _ => asked.Method,
    };
}
