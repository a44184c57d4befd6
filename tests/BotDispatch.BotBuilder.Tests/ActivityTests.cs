using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.Bot.Schema;
using Microsoft.Bot.Schema.Teams;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static BotDispatch.Teams.Inbound.TeamsDelivery;
using TheirActivity = Microsoft.Bot.Schema.Activity;

namespace BotDispatch.BotBuilder.Tests;

/// <summary>What we read in an activity beside what the Bot Framework SDK's adapter hands to its bot.</summary>
public sealed class ActivityTests
{
    // The captures hold none of these.
    static readonly (string Name, string Value)[] MoreInvokes =
    [
        ("task/fetch", """{"data":{"msteams":{"type":"task/fetch"},"dispatchId":"d-1","round":2,"urgent":true},"context":{"theme":"dark"}}"""),
        ("task/submit", """{"data":{"people":"e-1,e-2","note":"by the lift"},"context":{"theme":"dark"}}"""),
        ("application/search", """{"kind":"search","queryText":"me","queryOptions":{"skip":15,"top":7},"dataset":"employees"}"""),
    ];

    [Fact]
    public async Task Who_speaks_and_where_is_the_same_for_us_and_for_the_package()
    {
        await using var bots = await BothBots.StartAsync();
        foreach (var (name, activity) in Activities(bots))
        {
            var (ours, theirs) = await bots.ReadAsync(activity);
            var data = theirs.GetChannelData<TeamsChannelData>();
            ours.Id.ShouldBe($"{theirs.ChannelId}/{theirs.Conversation.Id}/{theirs.Id}", name);
            ours.From.ShouldBe(new TeamsOrigin(theirs.Conversation.TenantId, theirs.From.Id, theirs.From.AadObjectId, theirs.From.Name ?? ""), name);
            (ours.Where.ThreadId, ours.Where.ServiceUrl, ours.Where.BotId).ShouldBe((theirs.Conversation.Id, theirs.ServiceUrl, theirs.Recipient.Id), name);
            (ours.Where.Tenant, ours.Where.Team, ours.Where.Name).ShouldBe((data.Tenant.Id, data.Team?.Id, data.Channel?.Name ?? theirs.Conversation.Name), name);
            ours.Where.Kind.ToString().ShouldBe(theirs.Conversation.ConversationType, name, StringCompareShould.IgnoreCase);
        }
    }

    [Fact]
    public async Task What_happened_is_the_same_for_us_and_for_the_package()
    {
        await using var bots = await BothBots.StartAsync();
        var seen = new HashSet<Type>();
        foreach (var (name, activity) in Activities(bots))
        {
            var (ours, theirs) = await bots.ReadAsync(activity);
            ours.GetType().ShouldBe(KindOf(theirs), name);
            seen.Add(ours.GetType());
            Compare(name, ours, theirs);
        }
        seen.Count.ShouldBe(11);
    }

    static IEnumerable<(string Name, JsonObject Activity)> Activities(BothBots bots) =>
    [
        .. Captured.Names.Select(name => (name, bots.Activity(name))),
        .. MoreInvokes.Select(invoke => (invoke.Name, bots.Activity("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = (invoke.Name, JsonNode.Parse(invoke.Value))))),
    ];

    static Type KindOf(TheirActivity theirs) => theirs.Type switch
    {
        ActivityTypes.Message => theirs.Value is null ? typeof(Command) : typeof(CardSubmit),
        ActivityTypes.Invoke => theirs.Name switch
        {
            "adaptiveCard/action" => typeof(CardExecute),
            "task/fetch" => typeof(DialogFetch),
            "task/submit" => typeof(DialogSubmit),
            "composeExtension/fetchTask" => typeof(ExtensionFetch),
            "composeExtension/submitAction" => typeof(ExtensionSubmit),
            "application/search" => typeof(Search),
            _ => typeof(UnknownInvoke),
        },
        ActivityTypes.InstallationUpdate => theirs.Action is "remove" ? typeof(BotRemoved) : typeof(BotAdded),
        ActivityTypes.ConversationUpdate when HasBot(theirs, theirs.MembersAdded) => typeof(BotAdded),
        ActivityTypes.ConversationUpdate when HasBot(theirs, theirs.MembersRemoved) => typeof(BotRemoved),
        _ => typeof(Unknown),
    };

    static bool HasBot(TheirActivity theirs, IList<ChannelAccount>? members) => members?.Any(member => member.Id == theirs.Recipient.Id) == true;

    static void Compare(string name, TeamsDelivery ours, TheirActivity theirs)
    {
        switch (ours)
        {
            case Command command:
                command.Mentions.Length.ShouldBe(theirs.GetMentions().Count(mention => mention.Mentioned.Id != theirs.Recipient.Id), name);
                command.Message.Activity.ShouldBe(theirs.Id, name);
                command.Text.ShouldBe(theirs.RemoveRecipientMention().Trim(), name);
                command.Text.ShouldNotBeEmpty(name);
                break;
            case CardSubmit submit:
                (submit.Message?.Activity).ShouldBe(theirs.ReplyToId, name);
                Same(submit.Data, theirs.Value, name);
                break;
            case CardExecute execute:
                var pressed = Value<AdaptiveCardInvokeValue>(theirs);
                (execute.Verb, execute.Message?.Activity).ShouldBe((pressed.Action.Verb, theirs.ReplyToId), name);
                Same(execute.Data, pressed.Action.Data, name);
                break;
            case DialogFetch fetch:
                Same(fetch.Data, Value<TaskModuleRequest>(theirs).Data, name);
                break;
            case DialogSubmit submit:
                Same(submit.Data, Value<TaskModuleRequest>(theirs).Data, name);
                break;
            case ExtensionFetch fetch:
                Chosen(fetch.CommandId, fetch.Context, fetch.Chosen, theirs, name);
                break;
            case ExtensionSubmit submit:
                Chosen(submit.CommandId, submit.Context, submit.Chosen, theirs, name);
                Same(submit.Data, Value<MessagingExtensionAction>(theirs).Data, name);
                break;
            case Search search:
                var asked = Value<SearchInvokeValue>(theirs);
                (search.Typed, search.Skip, search.Top).ShouldBe((asked.QueryText, asked.QueryOptions.Skip, asked.QueryOptions.Top), name);
                break;
            case Unknown unknown:
                unknown.Type.ShouldBe(theirs.Type, name);
                break;
        }
    }

    static void Chosen(string command, string context, ChosenMessage? chosen, TheirActivity theirs, string name)
    {
        var action = Value<MessagingExtensionAction>(theirs);
        (command, context).ShouldBe((action.CommandId, action.CommandContext), name);
        (chosen?.Id.Activity, chosen?.Author).ShouldBe((action.MessagePayload?.Id, action.MessagePayload?.From.User.DisplayName), name);
    }

    static T Value<T>(TheirActivity theirs) => theirs.Value.ShouldBeOfType<JObject>().ToObject<T>()!;

    // Single values alone: what is nested is the client's own, as msteams.
    static void Same(ImmutableDictionary<string, string> ours, object theirs, string name)
    {
        var fields = theirs.ShouldBeOfType<JObject>().Properties().Where(field => field.Value is JValue)
            .ToDictionary(field => field.Name, field => field.Value.Type is JTokenType.String ? (string)field.Value! : field.Value.ToString(Formatting.None));
        ours.ShouldNotBeEmpty(name);
        ours.OrderBy(each => each.Key, StringComparer.Ordinal).ShouldBe(fields.OrderBy(each => each.Key, StringComparer.Ordinal), name);
    }
}
