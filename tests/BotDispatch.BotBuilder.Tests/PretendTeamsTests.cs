using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.State;
using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Connector;
using Microsoft.Bot.Schema;
using Microsoft.Bot.Schema.Teams;
using Microsoft.Rest;
using Newtonsoft.Json.Linq;
using Place = BotDispatch.PretendTeams.State.Place;
using TheirActivity = Microsoft.Bot.Schema.Activity;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>The Bot Framework SDK's own client takes the pretend Teams for Teams, in every call that we make of it.</summary>
public sealed class PretendTeamsTests : IAsyncLifetime
{
    const string TenantId = "22222222-0000-4000-8000-000000000002";

    StandInServer server = null!;
    Tenant acme = null!;
    List<Person> people = [];
    Place ops = null!;
    ConnectorClient client = null!;

    TeamsStandIn Teams => server.Teams;

    ChannelAccount Bot => new("28:" + Teams.Options.AppId);

    public async Task InitializeAsync()
    {
        server = await StandInServer.StartAsync(TimeProvider.System);
        acme = Teams.AddTenant(TenantId, "Acme");
        people = [.. Enumerable.Range(1, 60).Select(n => acme.AddPerson($"Person {n}", $"p{n}@example.com"))];
        ops = acme.AddChannel("Operations", "ops", people);
        client = Client(Token());
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task It_begins_a_thread_replies_rewrites_and_deletes()
    {
        var thread = await client.Conversations.CreateConversationAsync(new ConversationParameters(isGroup: true, bot: Bot, tenantId: TenantId, activity: Text("the root"),
            channelData: new TeamsChannelData { Channel = new(ops.Id), Tenant = new(TenantId) }));
        var root = ops.Roots.ShouldHaveSingleItem();
        (thread.Id, thread.ActivityId).ShouldBe((root.ThreadId, root.Id));
        var reply = await client.Conversations.SendToConversationAsync(thread.Id, Text("a reply"));
        (await client.Conversations.UpdateActivityAsync(thread.Id, reply.Id, Text("rewritten"))).Id.ShouldBe(reply.Id);
        ops.RepliesTo(root).ShouldHaveSingleItem().Words.ShouldBe("rewritten");
        await client.Conversations.DeleteActivityAsync(thread.Id, reply.Id);
        ops.RepliesTo(root).ShouldBeEmpty();
        Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_reads_a_member_and_all_of_them_page_by_page()
    {
        var one = await ((Conversations)client.Conversations).GetConversationMemberAsync(people[3].ObjectId, ops.Id);
        (one.Id, one.Name, one.AadObjectId).ShouldBe((people[3].Mri, people[3].Name, people[3].ObjectId));
        var account = JObject.FromObject(one).ToObject<TeamsChannelAccount>()!;
        (account.Email, account.TenantId, account.UserPrincipalName).ShouldBe((people[3].Email, TenantId, people[3].Email));
        var page = await client.Conversations.GetConversationPagedMembersAsync(ops.Id, 50);
        var rest = await client.Conversations.GetConversationPagedMembersAsync(ops.Id, 50, page.ContinuationToken);
        page.Members.Concat(rest.Members).Select(each => each.Id).ShouldBe(people.Select(each => each.Mri));
        (page.Members.Count, rest.ContinuationToken).ShouldBe((50, null));
        Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_opens_somebody_s_own_chat_and_writes_a_card_into_it()
    {
        var chat = await client.Conversations.CreateConversationAsync(new ConversationParameters(isGroup: false, bot: Bot, members: [new(people[0].Mri)], tenantId: TenantId));
        chat.Id.ShouldBe(acme.PersonalChat(people[0]).Id);
        var card = new Attachment("application/vnd.microsoft.card.adaptive", content: JObject.Parse("""{"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"Lift 2 is stuck"}]}"""));
        var sent = await client.Conversations.SendToConversationAsync(chat.Id, new TheirActivity(ActivityTypes.Message, attachments: [card]));
        var post = acme.PersonalChat(people[0]).Posts.ShouldHaveSingleItem();
        (post.Id, post.Words).ShouldBe((sent.Id, "Lift 2 is stuck"));
        Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_refused_as_by_Teams()
    {
        ops.HasBot = false;
        var refused = await Should.ThrowAsync<ErrorResponseException>(() => client.Conversations.SendToConversationAsync(ops.Id, Text("x")));
        ((int)refused.Response.StatusCode, refused.Body.Error.Code).ShouldBe((403, "BotNotInConversationRoster"));
        refused = await Should.ThrowAsync<ErrorResponseException>(() => client.Conversations.SendToConversationAsync("19:nowhere@thread.tacv2", Text("x")));
        ((int)refused.Response.StatusCode, refused.Body.Error.Code).ShouldBe((404, "ConversationNotFound"));
        Teams.Complaints.ShouldBeEmpty();
        using var stranger = Client("not-a-token");
        refused = await Should.ThrowAsync<ErrorResponseException>(() => stranger.Conversations.SendToConversationAsync(ops.Id, Text("x")));
        refused.Response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        Teams.Complaints.ShouldHaveSingleItem().What.ShouldBe("a call without the bot's token");
    }

    ConnectorClient Client(string token) => new(Teams.Options.ServiceUrl, new TokenCredentials(token), new HttpClient(new SocketsHttpHandler { UseProxy = false }), disposeHttpClient: true);

    static TheirActivity Text(string text) => new(ActivityTypes.Message, text: text);

    string Token() => Teams.Tokens.Issue(TenantId, new FormCollection(new()
    {
        ["client_id"] = Teams.Options.AppId,
        ["client_secret"] = Teams.Options.AppPassword,
        ["grant_type"] = "client_credentials",
        ["scope"] = "https://api.botframework.com/.default",
    })).Body["access_token"]!.ToString();
}
