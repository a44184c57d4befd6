using System.Text.Json.Nodes;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Drawing;
using BotDispatch.Tests.Adapters;
using BotDispatch.Tests.Adapters.Teams.Connector;
using BotDispatch.Tests.Adapters.Teams.Drawing;
using BotDispatch.Tests.Adapters.Teams.Posting;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema;
using Microsoft.Rest;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using TheirActivity = Microsoft.Bot.Schema.Activity;
using TheirClient = Microsoft.Bot.Connector.ConnectorClient;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>Our calls of the connector beside those of the Bot Framework SDK's own client, which is given what it reads in ours.</summary>
public sealed class ConnectorTests : IAsyncLifetime
{
    const string Bot = $"28:{ConnectorBench.AppId}";

    // Every sign that may stand in an id, and some that never should.
    const string Odd = "19:a+b/c=d@e;messageid=1%3B2 ü~*'()!_-.";

    ConnectorBench bench = null!;
    TheirClient client = null!;

    public async Task InitializeAsync()
    {
        bench = await ConnectorBench.WithoutAppAsync();
        client = Client(bench.LocalUrl);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task The_package_makes_the_same_requests_of_what_it_reads_in_ours()
    {
        foreach (var call in Calls(bench.LocalUrl))
        {
            await bench.CallAsync(call);
            var ours = Last();
            await TheirsAsync(call, ours.Body);
            var theirs = Last();
            (ours.Method, ours.Target).ShouldBe((theirs.Method, theirs.Target));
            (ours.Body.Length == 0 ? theirs.Body.Length == 0 : JsonNode.DeepEquals(JsonNode.Parse(ours.Body), JsonNode.Parse(theirs.Body)))
                .ShouldBeTrue($"{ours.Method} {ours.Target}\n{ours.Body}\n{theirs.Body}");
            ours.Headers.GetValueOrDefault("Content-Type").ShouldBe(theirs.Headers.GetValueOrDefault("Content-Type"));
        }
    }

    [Fact]
    public async Task A_line_in_the_thread_is_a_message_with_its_mention_for_the_package()
    {
        await bench.CallAsync(new ConnectorCall.Send(bench.LocalUrl, ConnectorBench.ThreadId, ReplyDrawing.Draw(TeamsSample.Update, TeamsDrawings.Mris)));
        var line = Read<TheirActivity>(Last().Body);
        (line.Type, line.TextFormat).ShouldBe((ActivityTypes.Message, TextFormatTypes.Markdown));
        line.Attachments.ShouldBeNull();
        var mention = line.GetMentions().ShouldHaveSingleItem();
        (mention.Mentioned.Id, mention.Mentioned.Name).ShouldBe(("29:dana", "Dana Fox"));
        line.Text.ShouldContain(mention.Text);
    }

    [Fact]
    public async Task A_card_is_one_attachment_of_its_kind_for_the_package_in_an_update_and_in_a_new_thread()
    {
        foreach (var (name, card) in TeamsDrawings.AllCards)
        {
            var posted = TeamsActivity.OfCard(Nodes.Drawing(card), "Lift 2 is stuck");
            await bench.CallAsync(new ConnectorCall.Update(bench.LocalUrl, ConnectorBench.ThreadId, "1", posted));
            var update = Read<TheirActivity>(Last().Body);
            await bench.CallAsync(new ConnectorCall.NewThread(bench.LocalUrl, ConnectorBench.Tenant, ConnectorBench.Channel, Bot, posted));
            var begun = Read<ConversationParameters>(Last().Body);
            (begun.IsGroup, begun.TenantId, begun.Bot.Id).ShouldBe((true, ConnectorBench.Tenant, Bot), name);
            JObject.FromObject(begun.ChannelData)["channel"]!["id"]!.ToString().ShouldBe(ConnectorBench.Channel, name);
            foreach (var activity in (TheirActivity[])[update, begun.Activity])
            {
                (activity.Type, activity.Summary, activity.Text).ShouldBe((ActivityTypes.Message, "Lift 2 is stuck", null), name);
                activity.Properties.Count.ShouldBe(0, name);
                var attachment = activity.Attachments.ShouldHaveSingleItem(name);
                attachment.ContentType.ShouldBe("application/vnd.microsoft.card.adaptive", name);
                JsonNode.DeepEquals(JsonNode.Parse(JsonConvert.SerializeObject(attachment.Content)), JsonNode.Parse(card.ToJsonString())).ShouldBeTrue(name);
            }
        }
    }

    [Fact]
    public async Task Both_understand_the_same_answers()
    {
        bench.Teams.Answer = AnswerAsync;
        foreach (var conversation in (string[])["ok", "empty", "gone", "busy", "blocked"])
        {
            var ours = await bench.SendAsync(bench.LocalUrl, conversation) switch
            {
                ConnectorAnswer.Done done => (done.Id, 200),
                ConnectorAnswer.Refused refused => (refused.Code, refused.Kind is Refusal.Gone ? 404 : 403),
                ConnectorAnswer.Busy => ("PreconditionFailed", 412),
                var other => (other.ToString(), 0),
            };
            (string?, int) theirs;
            try
            {
                theirs = ((await client.Conversations.SendToConversationAsync(conversation, new TheirActivity(ActivityTypes.Message, text: "hello")))?.Id, 200);
            }
            catch (ErrorResponseException refused)
            {
                theirs = (refused.Body.Error.Code, (int)refused.Response.StatusCode);
            }
            ours.ShouldBe(theirs, conversation);
        }
    }

    static ConnectorCall[] Calls(string url)
    {
        var card = TeamsActivity.OfCard(CardView.Draw(TeamsDrawings.Cards["hostile"], TeamsDrawings.Now), "Lift 2 is stuck");
        var line = ReplyDrawing.Draw(TeamsDrawings.Updates["hostile"], TeamsDrawings.Mris);
        return
        [
            .. ((string[])[ConnectorBench.ThreadId, ConnectorBench.Channel, "a:1", Odd]).Select(id => new ConnectorCall.Send(url, id, line)),
            new ConnectorCall.Send(url, ConnectorBench.Channel, card),
            new ConnectorCall.Update(url, ConnectorBench.ThreadId, "1795329801001", card),
            new ConnectorCall.Delete(url, ConnectorBench.ThreadId, Odd),
            new ConnectorCall.NewThread(url, ConnectorBench.Tenant, ConnectorBench.Channel, Bot, card),
            new ConnectorCall.PersonalChat(url, ConnectorBench.Tenant, Bot, "29:1abc"),
            new ConnectorCall.Member(url, ConnectorBench.ThreadId, "29:1abc"),
            new ConnectorCall.Members(url, ConnectorBench.ThreadId, 50),
            new ConnectorCall.Members(url, ConnectorBench.Channel, 50, "a+b/c=&d"),
        ];
    }

    Task TheirsAsync(ConnectorCall call, string body) => call switch
    {
        ConnectorCall.Send send => client.Conversations.SendToConversationAsync(send.Conversation, Read<TheirActivity>(body)),
        ConnectorCall.Update update => client.Conversations.UpdateActivityAsync(update.Conversation, update.Message, Read<TheirActivity>(body)),
        ConnectorCall.Delete delete => client.Conversations.DeleteActivityAsync(delete.Conversation, delete.Message),
        ConnectorCall.Member member => ((Conversations)client.Conversations).GetConversationMemberAsync(userId: member.Person, conversationId: Roster(member.Conversation)),
        ConnectorCall.Members members => client.Conversations.GetConversationPagedMembersAsync(Roster(members.Conversation), members.PageSize, members.Continuation),
        _ => client.Conversations.CreateConversationAsync(Read<ConversationParameters>(body)),
    };

    static TheirClient Client(string url) => new(new Uri(url), new TokenCredentials("unused"), new HttpClient(new SocketsHttpHandler { UseProxy = false }), disposeHttpClient: true);

    static string Roster(string conversation) => TeamsAddress.SplitThread(conversation).Conversation;

    T Read<T>(string body) => JsonConvert.DeserializeObject<T>(body, client.DeserializationSettings)!;

    Received Last()
    {
        bench.Teams.Requests.TryDequeue(out var last).ShouldBeTrue("nobody called");
        bench.Teams.Requests.ShouldBeEmpty();
        return last!;
    }

    static Task AnswerAsync(HttpContext context, Received asked) => asked.Target.Split('/')[^2] switch
    {
        "ok" => StandIn.JsonAsync(context, 201, """{"id":"17"}"""),
        "empty" => StandIn.JsonAsync(context, 202, null),
        "gone" => StandIn.JsonAsync(context, 404, """{"error":{"code":"ConversationNotFound","message":"x"}}"""),
        "busy" => StandIn.JsonAsync(context, 412, """{"error":{"code":"PreconditionFailed","message":"x"}}"""),
        _ => StandIn.JsonAsync(context, 403, """{"error":{"code":"ConversationBlockedByUser","message":"x"}}"""),
    };
}
