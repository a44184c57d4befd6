using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Posting;
using BotDispatch.Tests.Architecture;
using static BotDispatch.Tests.Adapters.Teams.Connector.ConnectorBench;

namespace BotDispatch.Tests.Adapters.Teams.Connector;

/// <summary>Every answer that was captured of the Agents Playground's connector, given to the request that it was captured for.</summary>
public class CapturedAnswersTests
{
    const string InChannel = "channel-announcements-id";
    const string InThread = $"{InChannel};messageid=1795329800519";
    const string InPersonal = "personal-chat-id";
    const string Card = "1795329801001";
    const string PretendTenant = "00000000-0000-0000-0000-0000000000001";
    const string PretendBot = "00000000-0000-0000-0000-00000000000011";

    static string Folder => Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Teams", "Fixtures", "connector");

    /// <summary>The call that makes the captured request (of those that we make), and what its answer comes to.</summary>
    static readonly Dictionary<string, (Func<string, JsonObject, ConnectorCall>? Call, ConnectorAnswer Answer)> Expected = new()
    {
        ["create-conversation-new-thread-201"] = ((url, body) => new ConnectorCall.NewThread(url, PretendTenant, InChannel, PretendBot, Nodes.Drawing(body["activity"]!)),
            new ConnectorAnswer.Done("1795329801878", $"{InChannel};messageid=1795329801878")),
        ["create-conversation-personal-201"] = ((url, _) => new ConnectorCall.PersonalChat(url, PretendTenant, PretendBot, "user-id-0"), new ConnectorAnswer.Done(null, InPersonal)),
        ["delete-activity-501"] = ((url, _) => new ConnectorCall.Delete(url, InThread, Card), new ConnectorAnswer.Refused("DeleteActivityAPINotImplemented", Refusal.Other)),
        ["get-member-200"] = ((url, _) => new ConnectorCall.Member(url, InPersonal, "user-id-0"), new ConnectorAnswer.Done(null)),
        ["get-member-404"] = ((url, _) => new ConnectorCall.Member(url, InPersonal, "nobody"), new ConnectorAnswer.Refused("MemberNotFoundInConversation", Refusal.Gone)),
        ["get-members-channel-200"] = (null, new ConnectorAnswer.Done(null)),
        ["get-paged-members-bad-token-403"] = (null, new ConnectorAnswer.Refused("BadArgument", Refusal.Forbidden)),
        ["get-paged-members-channel-200"] = (null, new ConnectorAnswer.Done(null)),
        ["get-paged-members-personal-200"] = ((url, _) => new ConnectorCall.Members(url, InPersonal, 50), new ConnectorAnswer.Done(null)),
        ["get-team-200"] = (null, new ConnectorAnswer.Done(null)),
        ["get-team-404"] = (null, new ConnectorAnswer.Refused("BadArgument", Refusal.Gone)),
        ["get-team-conversations-200"] = (null, new ConnectorAnswer.Done(null)),
        ["reply-to-activity-in-thread-201"] = (null, new ConnectorAnswer.Done("1795329801001")),
        ["send-bad-mention-400"] = ((url, body) => new ConnectorCall.Send(url, InThread, Nodes.Drawing(body)), new ConnectorAnswer.Refused("BadArgument", Refusal.Content)),
        ["send-empty-400"] = ((url, body) => new ConnectorCall.Send(url, InThread, Nodes.Drawing(body)), new ConnectorAnswer.Refused("BadSyntax", Refusal.Content)),
        ["send-in-thread-201"] = ((url, body) => new ConnectorCall.Send(url, InThread, Nodes.Drawing(body)), new ConnectorAnswer.Done("1795329801405")),
        ["send-text-and-card-202"] = ((url, body) => new ConnectorCall.Send(url, InThread, Nodes.Drawing(body)), new ConnectorAnswer.Done(null)),
        ["send-to-conversation-201"] = ((url, body) => new ConnectorCall.Send(url, InPersonal, Nodes.Drawing(body)), new ConnectorAnswer.Done("1795329797070")),
        ["send-typing-202"] = ((url, body) => new ConnectorCall.Send(url, InPersonal, Nodes.Drawing(body)), new ConnectorAnswer.Done(null)),
        ["send-unknown-conversation-404"] = ((url, body) => new ConnectorCall.Send(url, "nowhere", Nodes.Drawing(body)), new ConnectorAnswer.Refused("ConversationNotFound", Refusal.Gone)),
        ["send-wrong-type-400"] = ((url, body) => new ConnectorCall.Send(url, InThread, Nodes.Drawing(body)), new ConnectorAnswer.Refused("BadArgument", Refusal.Content)),
        ["update-activity-200"] = ((url, body) => new ConnectorCall.Update(url, InThread, Card, Nodes.Drawing(body)), new ConnectorAnswer.Done(Card)),
        ["update-activity-text-and-card-400"] = ((url, body) => new ConnectorCall.Update(url, InThread, Card, Nodes.Drawing(body)), new ConnectorAnswer.Refused("BadSyntax", Refusal.Content)),
        ["update-activity-unknown-404"] = ((url, body) => new ConnectorCall.Update(url, InThread, "0", Nodes.Drawing(body)), new ConnectorAnswer.Refused("ActivityNotFoundInConversation", Refusal.Gone)),
    };

    public static TheoryData<string> Names => [.. Expected.Keys];

    [Fact]
    public void None_is_left_out() => Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).ShouldBe(Expected.Keys, ignoreOrder: true);

    [Theory, MemberData(nameof(Names))]
    public async Task The_captured_request_is_ours_and_its_answer_is_understood(string name)
    {
        var captured = Read(name);
        var (request, response) = (captured["request"]!.AsObject(), captured["response"]!.AsObject());
        await using var bench = await WithoutAppAsync();
        bench.Teams.Answers((int)response["status"]!, response["body"]?.ToJsonString());
        var body = request["body"] as JsonObject ?? [];
        // What we never ask is answered to the question that is nearest.
        var call = Expected[name].Call?.Invoke(bench.LocalUrl, body)
            ?? (body.Count > 0 ? new ConnectorCall.Send(bench.LocalUrl, InThread, Nodes.Drawing(body)) : new ConnectorCall.Member(bench.LocalUrl, InPersonal, "user-id-0"));
        var answer = await bench.CallAsync(call);
        (answer is ConnectorAnswer.Done done ? done with { Body = default } : answer).ShouldBe(Expected[name].Answer);
        if (Expected[name].Call is null)
            return;
        var asked = bench.Teams.Requests.ShouldHaveSingleItem();
        (asked.Method, asked.Target).ShouldBe(((string)request["method"]!, (string)request["path"]!));
        asked.Authorization.ShouldBeNull();
        // The captured request has the bot's name; the connector does not need it.
        (body["bot"] as JsonObject)?.Remove("name");
        if (body.Count > 0)
            JsonNode.DeepEquals(JsonNode.Parse(asked.Body), body).ShouldBeTrue(asked.Body);
        else
            asked.Body.ShouldBeEmpty();
    }

    [Fact]
    public void Members_are_read_from_pages_single_answers_and_the_old_roster()
    {
        var megan = Read("get-paged-members-channel-200")["response"]!["body"]!;
        var page = Members.Page(SafeJson.Parse(Utf8(megan))!.Value).ToList();
        page.Count.ShouldBe(megan["members"]!.AsArray().Count);
        page.ShouldContain(new TeamsMember("user-id-2", "00000000-0000-0000-0000-0000000000022", "Adele Vance", "adelev@example.com"));
        Members.One(SafeJson.Parse(Utf8(Read("get-member-200")["response"]!["body"]!))!.Value)
            .ShouldBe(new TeamsMember("user-id-0", "00000000-0000-0000-0000-0000000000020", "Alex Wilber", "alexw@example.com"));
        var old = Read("get-members-channel-200")["response"]!["body"]!.AsArray()[0]!;
        Members.One(SafeJson.Parse(Utf8(old))!.Value)!.ObjectId.ShouldBe((string)old["objectId"]!);
    }

    static byte[] Utf8(JsonNode node) => System.Text.Encoding.UTF8.GetBytes(node.ToJsonString());

    static JsonObject Read(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")))!.AsObject();
}
