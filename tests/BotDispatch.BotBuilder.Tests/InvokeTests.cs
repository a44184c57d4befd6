using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Teams.Drawing;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Schema;
using Microsoft.Bot.Schema.Teams;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Surface = BotDispatch.Teams.Drawing.Surface;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>What our endpoint answers is read by the Bot Framework SDK's own types with nothing left over, and its adapter answers the same with them.</summary>
public sealed class InvokeTests
{
    static readonly JsonSerializer Strict = JsonSerializer.Create(new() { MissingMemberHandling = MissingMemberHandling.Error, NullValueHandling = NullValueHandling.Ignore, DateParseHandling = DateParseHandling.None });

    static readonly WriteJson Card = CardView.Draw(TeamsDrawings.Cards["hostile"], TeamsDrawings.Now);

    static readonly TeamsReply.Dialog Dialog = new("Dispatch INC-1042", NoticeDialog.Of(Surface.Dialog, "Nobody is in the directory."), Height: "large");

    [Fact]
    public async Task A_press_is_answered_as_the_package_answers_it()
    {
        await using var bots = await BothBots.StartAsync();
        foreach (var reply in (TeamsReply[])[new TeamsReply.CardAnswer(Card), new TeamsReply.CardMessage("Cancelled."), new TeamsReply.CardError("NotAllowed", "You may not."), new TeamsReply.Nothing()])
            await SameAsync(bots, "adaptiveCard/action", reply, body => Read<AdaptiveCardInvokeResponse>(body));
        (await ReadAsync<AdaptiveCardInvokeResponse>(bots, "adaptiveCard/action", new TeamsReply.CardAnswer(Card))).Type.ShouldBe(TheirCard);
        var refused = await ReadAsync<AdaptiveCardInvokeResponse>(bots, "adaptiveCard/action", new TeamsReply.CardError("NotAllowed", "You may not."));
        var error = Read<Error>(refused.Value.ShouldBeOfType<JObject>());
        (refused.StatusCode, error.Code, error.Message).ShouldBe((400, "NotAllowed", "You may not."));
    }

    [Theory]
    [InlineData("task/fetch"), InlineData("task/submit")]
    public async Task A_dialog_is_answered_as_the_package_answers_it(string name)
    {
        await using var bots = await BothBots.StartAsync();
        await SameAsync(bots, name, Dialog, body => new TaskModuleResponse(Shown(body)));
        await SameAsync(bots, name, new TeamsReply.DialogMessage("Done."), body => new TaskModuleResponse(Said(body)));
        await SameAsync(bots, name, new TeamsReply.DialogClose("It has begun."), _ => null);
        await SameAsync(bots, name, new TeamsReply.Nothing(), _ => null);
    }

    [Theory]
    [InlineData("composeExtension/fetchTask"), InlineData("composeExtension/submitAction")]
    public async Task A_message_extension_is_answered_as_the_package_answers_it(string name)
    {
        await using var bots = await BothBots.StartAsync();
        await SameAsync(bots, name, Dialog, body => new MessagingExtensionActionResponse(Shown(body)));
        await SameAsync(bots, name, new TeamsReply.DialogMessage("Done."), body => new MessagingExtensionActionResponse(Said(body)));
        await SameAsync(bots, name, new TeamsReply.DialogClose("It has begun."), Read<MessagingExtensionActionResponse>);
    }

    [Fact]
    public async Task A_search_is_answered_as_the_package_answers_it()
    {
        await using var bots = await BothBots.StartAsync();
        await SameAsync(bots, "application/search", new TeamsReply.SearchResults([("Megan Bowen", "e-1"), ("Ann \"Lift\" Lee", "e-2")]), Read<SearchInvokeResponse>);
        await SameAsync(bots, "application/search", new TeamsReply.Nothing(), Read<SearchInvokeResponse>);
    }

    [Fact]
    public async Task What_nobody_knows_and_what_asks_for_no_answer_is_answered_as_the_package_answers_it()
    {
        await using var bots = await BothBots.StartAsync();
        foreach (var name in (string[])["composeExtension/query", "signin/verifyState", "anything"])
        {
            var (ours, theirs) = (await bots.OursAsync(Invoke(bots, name)), await bots.TheirsAsync(Invoke(bots, name)));
            ours.ShouldBe(theirs, name);
            ours.Status.ShouldBe(501, name);
        }
        foreach (var name in Captured.Names.Where(name => !name.StartsWith("invoke", StringComparison.Ordinal)))
        {
            var (ours, theirs) = (await bots.OursAsync(bots.Activity(name)), await bots.TheirsAsync(bots.Activity(name)));
            ours.ShouldBe(theirs, name);
            ours.ShouldBe(new(200, null, ""), name);
        }
    }

    const string TheirCard = "application/vnd.microsoft.card.adaptive";

    static JsonObject Invoke(BothBots bots, string name) => bots.Activity("invoke-adaptiveCard-action", body => body["name"] = name);

    // The package's base type knows no value: which it is stands in its type.
    static TaskModuleContinueResponse Shown(JObject body)
    {
        var shown = Read<TaskModuleContinueResponse>(Task(body));
        (shown.Type, shown.Value.Title, shown.Value.Height, shown.Value.Width, shown.Value.Card.ContentType).ShouldBe(("continue", "Dispatch INC-1042", "large", "medium", TheirCard));
        return shown;
    }

    static TaskModuleMessageResponse Said(JObject body)
    {
        var said = Read<TaskModuleMessageResponse>(Task(body));
        (said.Type, said.Value).ShouldBe(("message", "Done."));
        return said;
    }

    static JObject Task(JObject body)
    {
        body.Properties().ShouldHaveSingleItem().Name.ShouldBe("task");
        return body["task"].ShouldBeOfType<JObject>();
    }

    static async Task<T> ReadAsync<T>(BothBots bots, string name, TeamsReply reply)
    {
        bots.OurReply = reply;
        return Read<T>(Parsed((await bots.OursAsync(Invoke(bots, name))).Body));
    }

    static async Task SameAsync(BothBots bots, string name, TeamsReply reply, Func<JObject, object?> read)
    {
        bots.OurReply = reply;
        var ours = await bots.OursAsync(Invoke(bots, name));
        bots.TheirReply = new InvokeResponse { Status = ours.Status, Body = ours.Body.Length == 0 ? null : read(Parsed(ours.Body)) };
        var theirs = await bots.TheirsAsync(Invoke(bots, name));
        bots.TheirReply = null;
        var which = $"{name}, {reply.GetType().Name}\n{ours.Body}\n{theirs.Body}";
        (ours.Status, ours.ContentType).ShouldBe((200, theirs.ContentType), which);
        theirs.Status.ShouldBe(200, which);
        (ours.Body.Length == 0 ? theirs.Body.Length == 0 : JsonNode.DeepEquals(JsonNode.Parse(ours.Body), JsonNode.Parse(theirs.Body))).ShouldBeTrue(which);
    }

    static T Read<T>(JObject body) => body.ToObject<T>(Strict)!;

    static JObject Parsed(string body)
    {
        using var reader = new JsonTextReader(new StringReader(body)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(reader);
    }
}
