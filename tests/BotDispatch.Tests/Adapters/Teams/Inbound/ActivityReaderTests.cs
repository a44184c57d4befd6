using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams;
using BotDispatch.Teams.Inbound;
using static BotDispatch.Chat.ChatAction;

namespace BotDispatch.Tests.Adapters.Teams.Inbound;

public sealed class ActivityReaderTests
{
    const string Tenant = "00000000-0000-0000-0000-0000000000001";
    const string Bot = "00000000-0000-0000-0000-00000000000011";
    const string Root = "1795329800519";

    static readonly Dictionary<string, (Type Action, InvokeKind Kind)> Kinds = new()
    {
        ["conversationUpdate-botAdded-channel"] = (typeof(Installed), InvokeKind.None),
        ["conversationUpdate-membersAdded-groupChat"] = (typeof(Installed), InvokeKind.None),
        ["conversationUpdate-membersAdded-personal"] = (typeof(Installed), InvokeKind.None),
        ["installationUpdate-add-channel"] = (typeof(Installed), InvokeKind.None),
        ["installationUpdate-add-groupChat"] = (typeof(Installed), InvokeKind.None),
        ["installationUpdate-add-personal"] = (typeof(Installed), InvokeKind.None),
        ["conversationUpdate-botRemoved"] = (typeof(Removed), InvokeKind.None),
        ["installationUpdate-remove"] = (typeof(Removed), InvokeKind.None),
        ["invoke-adaptiveCard-action"] = (typeof(Unknown), InvokeKind.CardExecute),
        ["invoke-composeExtension-fetchTask-compose"] = (typeof(Ask), InvokeKind.ExtensionFetch),
        ["invoke-composeExtension-fetchTask-message"] = (typeof(MessageChosen), InvokeKind.ExtensionFetch),
        ["invoke-composeExtension-submitAction-compose"] = (typeof(Unknown), InvokeKind.ExtensionSubmit),
        ["invoke-composeExtension-submitAction-message"] = (typeof(Unknown), InvokeKind.ExtensionSubmit),
        ["message-action-submit"] = (typeof(Unknown), InvokeKind.None),
        ["message-channel-new-post-mention"] = (typeof(Mentioned), InvokeKind.None),
        ["message-channel-thread-reply-mention"] = (typeof(Mentioned), InvokeKind.None),
        ["message-groupChat-mention"] = (typeof(Mentioned), InvokeKind.None),
        ["message-personal"] = (typeof(Mentioned), InvokeKind.None),
    };

    public static TheoryData<string> Names() => [.. Captured.Names];

    [Fact]
    public void There_is_something_to_read() => Captured.Names.Count().ShouldBe(25);

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_Playground_sends_is_understood(string name)
    {
        var body = Captured.Body(name);
        var delivery = Captured.Read(body);
        (delivery.Action.GetType(), delivery.Kind).ShouldBe(Kinds.GetValueOrDefault(name, (typeof(Unknown), InvokeKind.None)));
        delivery.Id.ShouldBe($"msteams/{body["conversation"]!["id"]}/{body["id"]}");
        delivery.From.ShouldBe(new TeamsOrigin(Tenant, "user-id-0", "00000000-0000-0000-0000-0000000000020", (string?)body["from"]!["name"] ?? ""));
        delivery.Where.Tenant.ShouldBe(Tenant);
        delivery.Where.ServiceUrl.ShouldBe("http://localhost:56150/_connector");
        delivery.Where.BotId.ShouldBe(Bot);
        delivery.Where.Kind.ToString().ShouldBe((string?)body["conversation"]!["conversationType"], StringCompareShould.IgnoreCase);
        delivery.Where.Team.ShouldBe(delivery.Where.Kind is ConversationKind.Channel ? "team-id" : null);
        delivery.Where.ThreadId.ShouldBe((string?)body["conversation"]!["id"]);
        delivery.Where.Channel.ShouldBe(new ChatChannel("teams", $"{Tenant}/{((string)body["conversation"]!["id"]!).Split(';')[0]}"));
    }

    [Fact]
    public void A_command_in_a_new_post_of_real_Teams_is_read_whole()
    {
        var command = Captured.ReadText("""
            {
              "type": "message", "id": "1795329800519", "timestamp": "2026-11-22T06:43:20.519Z",
              "channelId": "msteams", "serviceUrl": "https://smba.trafficmanager.net/amer/",
              "from": { "id": "29:1abc", "name": "Alex Wilber", "aadObjectId": "11111111-0000-4000-8000-000000000001" },
              "recipient": { "id": "28:11111111-2222-4333-8444-555555555555", "name": "BotDispatch" },
              "conversation": { "id": "19:aa@thread.tacv2;messageid=1795329800519", "conversationType": "channel", "isGroup": true, "tenantId": "22222222-0000-4000-8000-000000000002" },
              "text": "<at>BotDispatch</at>\u00a0/dispatch INC-1042\n", "textFormat": "plain", "locale": "en-US",
              "entities": [
                { "type": "mention", "text": "<at>BotDispatch</at>", "mentioned": { "id": "28:11111111-2222-4333-8444-555555555555", "name": "BotDispatch" } },
                { "type": "clientInfo", "locale": "en-US", "country": "US", "platform": "Windows", "timezone": "Europe/Rome" } ],
              "attachments": [ { "contentType": "text/html", "content": "<p><at>BotDispatch</at> /dispatch INC-1042</p>" } ],
              "channelData": { "tenant": { "id": "22222222-0000-4000-8000-000000000002" }, "team": { "id": "19:bb@thread.tacv2" }, "channel": { "id": "19:aa@thread.tacv2" } }
            }
            """);
        command.Action.ShouldBeOfType<Mentioned>().Text.ShouldBe("/dispatch INC-1042");
        (((Mentioned)command.Action).Mentions.Length, command.IsTargeted).ShouldBe((0, false));
        command.From.Person.ShouldBe(new Person("teams", "22222222-0000-4000-8000-000000000002/11111111-0000-4000-8000-000000000001", "Alex Wilber"));
        command.Where.ShouldBe(new ConversationReference(
            "22222222-0000-4000-8000-000000000002", "https://smba.trafficmanager.net/amer/", "19:aa@thread.tacv2", Root, ConversationKind.Channel, "19:bb@thread.tacv2", null, "28:11111111-2222-4333-8444-555555555555"));
        command.Message.ShouldBe(new TeamsMessageId("19:aa@thread.tacv2", Root, Root));
    }

    [Fact]
    public void Presses_bring_their_fields_and_their_card()
    {
        var submit = Captured.Read("message-action-submit");
        submit.Data.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}").ShouldBe(["dispatchId=d-1", "note=by the lift", "urgent=false", "verb=redispatch", "who=e-1,e-2"]);
        submit.Message.ShouldBe(new TeamsMessageId("channel-announcements-id", Root, "1795329801001"));
        var execute = Captured.Read("invoke-adaptiveCard-action");
        (execute.Action.ShouldBeOfType<Unknown>().Type, execute.Data["dispatchId"], execute.Data["who"]).ShouldBe(("cancel", "d-1", "e-1,e-2"));
        execute.Message.ShouldBe(submit.Message);
        Ours("automatic").ShouldBeOfType<Refresh>().Dispatch.ShouldBe(new DispatchId("d1"));
        Ours("manual").ShouldBeOfType<Press>().Button.ShouldBe(new CardPress(new("d1"), CardAction.Cancel, null, 0));

        static ChatAction Ours(string trigger) => Captured.Read("invoke-adaptiveCard-action", body =>
        {
            var value = body["value"]!;
            (value["trigger"], value["action"]!["verb"], value["action"]!["data"]!["dispatch"]) = (trigger, "dispatch_cancel", "d1");
        }).Action;
    }

    [Fact]
    public void A_chosen_message_brings_its_words_and_its_thread()
    {
        var fetch = Captured.Read("invoke-composeExtension-fetchTask-message");
        fetch.Action.ShouldBeOfType<MessageChosen>().Text.ShouldBe("Dispatch Bot /dispatch INC-1042");
        fetch.Chosen.ShouldBe(new ChosenMessage(new("channel-announcements-id", Root, Root), "Alex Wilber", "Dispatch Bot /dispatch INC-1042", null));
        var submit = Captured.Read("invoke-composeExtension-submitAction-message");
        submit.Chosen.ShouldBe(fetch.Chosen);
        (submit.Data["ticket"], submit.Data["who"]).ShouldBe(("INC-1042", "e-2"));
        Captured.Read("invoke-composeExtension-fetchTask-compose").Chosen.ShouldBeNull();
        Captured.Read("invoke-composeExtension-submitAction-compose").Chosen.ShouldBeNull();
    }

    [Theory]
    [InlineData("19:a@thread.tacv2;messageid=5", "channel", "1", null, "5"), InlineData("19:a@thread.tacv2", "channel", "1", "2", "2"), InlineData("19:a@thread.tacv2", "channel", "1", null, "1"), InlineData("19:a@thread.v2", "groupChat", "1", null, "")]
    public void The_thread_of_a_chosen_message_is_known(string conversation, string type, string id, string? replyTo, string root) =>
        Captured.Read("invoke-composeExtension-fetchTask-message", body =>
        {
            (body["conversation"]!["id"], body["conversation"]!["conversationType"]) = (conversation, type);
            (body["value"]!["messagePayload"]!["id"], body["value"]!["messagePayload"]!["replyToId"]) = (id, replyTo);
        }).Chosen!.Id.ShouldBe(new TeamsMessageId(conversation.Split(';')[0], root, id));

    [Theory]
    [InlineData("19:a@thread.tacv2;messageid=5", "Channel"), InlineData("19:a@thread.skype", "Channel"), InlineData("19:meeting_a@thread.v2", "GroupChat"), InlineData("a:1", "Personal")]
    public void The_kind_of_a_place_is_recognised_where_nobody_says_it(string conversation, string kind) =>
        Captured.Read("message-personal", body => (body["type"], body["conversation"]) = ("somethingNew", new JsonObject { ["id"] = conversation })).Where.Kind.ToString().ShouldBe(kind);

    [Theory]
    [InlineData("https://teams.microsoft.com/l/message/19%3Aa/1?x=2", true), InlineData("javascript:alert(1)", false), InlineData("http://evil.example/", false), InlineData("", false)]
    public void Only_a_safe_link_is_a_link(string link, bool isOne) =>
        (Captured.Read("invoke-composeExtension-fetchTask-message", body => body["value"]!["messagePayload"]!["linkToMessage"] = link).Chosen!.Link is not null).ShouldBe(isOne);

    [Theory]
    [InlineData("task/fetch", "DialogFetch"), InlineData("task/submit", "DialogSubmit"), InlineData("application/search", "Search")]
    [InlineData("composeExtension/query", "Unknown"), InlineData("task/Fetch", "Unknown"), InlineData("signin/verifyState", "Unknown"), InlineData("", "Unknown")]
    public void An_invoke_is_recognised_by_its_name(string name, string kind) =>
        Captured.Read("invoke-adaptiveCard-action", body => body["name"] = name).Kind.ToString().ShouldBe(kind);

    [Fact]
    public void Dialogs_and_searches_bring_what_was_filled_in()
    {
        var value = JsonNode.Parse("""{"data":{"msteams":{"type":"task/fetch"},"dispatchId":"d-1","round":2,"urgent":true,"nothing":null},"context":{"theme":"dark"}}""");
        var fetch = Captured.Read("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = ("task/fetch", value!.DeepClone()));
        fetch.Data.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}").ShouldBe(["dispatchId=d-1", "round=2", "urgent=true"]);
        Captured.Read("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = ("task/submit", value!.DeepClone())).Data.ShouldBe(fetch.Data, ignoreOrder: true);
        var search = Captured.Read("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = ("application/search", JsonNode.Parse("""{"queryText":"me","queryOptions":{"skip":15,"top":7},"dataset":"employees"}""")));
        (search.Action, search.Skip, search.Top).ShouldBe((new Search(search.Id, "me", 30), 15, 7));
        search = Captured.Read("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = ("application/search", JsonNode.Parse("""{"queryOptions":{"skip":-1,"top":"x"}}""")));
        (search.Action, search.Skip, search.Top).ShouldBe((new Search(search.Id, "", 0), 0, 15));
    }

    [Theory]
    [InlineData("messageUpdate"), InlineData("messageDelete"), InlineData("messageReaction"), InlineData("event"), InlineData("typing"), InlineData("Message"), InlineData("somethingNew"), InlineData("")]
    public void An_edited_command_and_what_nobody_knows_is_unknown_and_not_a_command(string type) =>
        Captured.Read("message-channel-new-post-mention", body => body["type"] = type).Action.ShouldBeOfType<Unknown>().Type.ShouldBe(type);

    [Theory]
    [InlineData("add-upgrade", typeof(Installed)), InlineData("remove-upgrade", typeof(Unknown)), InlineData("new", typeof(Unknown))]
    public void An_upgrade_removes_nothing(string action, Type kind) => Captured.Read("installationUpdate-add-personal", body => body["action"] = action).Action.GetType().ShouldBe(kind);

    [Fact]
    public void A_delivery_without_an_id_is_known_by_its_bytes()
    {
        TeamsDelivery With(string text) => Captured.Read("message-personal", body =>
        {
            body.Remove("id");
            body["text"] = text;
        });
        With("a").Id.ShouldBe(With("a").Id);
        With("a").Id.ShouldNotBe(With("b").Id);
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"type":5}"""), InlineData("""{"type":"message"}"""), InlineData("""{"type":"invoke"}"""), InlineData("""{"type":"invoke","name":"adaptiveCard/action","value":"x"}""")]
    [InlineData("""{"type":"message","from":[],"conversation":"x","channelData":5,"entities":{},"value":[1],"recipient":null,"text":{}}""")]
    [InlineData("""{"type":"invoke","name":"composeExtension/fetchTask","value":{"messagePayload":{"id":"1","body":5,"from":"x"}}}""")]
    [InlineData("""{"type":"invoke","name":"application/search","value":null}"""), InlineData("""{"type":"conversationUpdate","membersAdded":[1,null,"x",{}]}""")]
    [InlineData("""{"type":"message","entities":[1,null,{"type":"mention"},{"type":"mention","text":"","mentioned":{}},{"type":"mention","text":"x","mentioned":5}],"text":"x"}""")]
    public void However_odd_it_is_it_is_read(string json) => Captured.ReadText(json).ShouldNotBeNull();

    [Fact]
    public void Any_field_may_be_of_any_kind_or_missing()
    {
        foreach (var name in Captured.Names)
            foreach (var path in Paths(Captured.Body(name), []).ToList())
                foreach (var other in (JsonNode?[])[null, "x", 5, true, new JsonArray(1, "x"), new JsonObject { ["id"] = 7 }])
                    Captured.Read(name, body => Replace(body, path, other?.DeepClone())).ShouldNotBeNull();
    }

    static IEnumerable<object[]> Paths(JsonNode? node, object[] path) => (node switch
    {
        JsonObject parent => parent.SelectMany(each => Paths(each.Value, [.. path, each.Key])),
        JsonArray list => list.SelectMany((each, index) => Paths(each, [.. path, index])),
        _ => [],
    }).Concat(path.Length == 0 ? [] : [path]);

    static void Replace(JsonNode root, object[] path, JsonNode? value)
    {
        var parent = path.SkipLast(1).Aggregate(root, (node, step) => step is string name ? node[name]! : node[(int)step]!);
        if (path[^1] is string last)
            parent[last] = value;
        else
            parent[(int)path[^1]] = value;
    }
}
