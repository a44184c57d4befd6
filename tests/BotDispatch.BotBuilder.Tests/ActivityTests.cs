using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using Microsoft.Bot.Schema;
using Microsoft.Bot.Schema.Teams;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using static BotDispatch.Chat.ChatAction;
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
        var seen = new HashSet<(string, InvokeKind)>();
        foreach (var (name, activity) in Activities(bots))
        {
            var (ours, theirs) = await bots.ReadAsync(activity);
            What(ours).ShouldBe(KindOf(theirs), name);
            seen.Add(What(ours));
            Compare(name, ours, theirs);
        }
        seen.Count.ShouldBe(11);
    }

    static IEnumerable<(string Name, JsonObject Activity)> Activities(BothBots bots) =>
    [
        .. Captured.Names.Select(name => (name, bots.Activity(name))),
        .. MoreInvokes.Select(invoke => (invoke.Name, bots.Activity("invoke-adaptiveCard-action", body => (body["name"], body["value"]) = (invoke.Name, JsonNode.Parse(invoke.Value))))),
    ];

    // Of a button that is not ours, only what Teams waits for is known.
    static (string Action, InvokeKind Kind) What(TeamsDelivery ours) =>
        (ours.Kind is InvokeKind.None ? ours.Data.IsEmpty ? ours.Action.GetType().Name : "button" : "", ours.Kind);

    static (string Action, InvokeKind Kind) KindOf(TheirActivity theirs) => theirs.Type switch
    {
        ActivityTypes.Message => (theirs.Value is null ? nameof(Mentioned) : "button", InvokeKind.None),
        ActivityTypes.Invoke => ("", theirs.Name switch
        {
            "adaptiveCard/action" => InvokeKind.CardExecute,
            "task/fetch" => InvokeKind.DialogFetch,
            "task/submit" => InvokeKind.DialogSubmit,
            "composeExtension/fetchTask" => InvokeKind.ExtensionFetch,
            "composeExtension/submitAction" => InvokeKind.ExtensionSubmit,
            "application/search" => InvokeKind.Search,
            _ => InvokeKind.Unknown,
        }),
        ActivityTypes.InstallationUpdate => (theirs.Action is "remove" ? nameof(Removed) : nameof(Installed), InvokeKind.None),
        ActivityTypes.ConversationUpdate when HasBot(theirs, theirs.MembersAdded) => (nameof(Installed), InvokeKind.None),
        ActivityTypes.ConversationUpdate when HasBot(theirs, theirs.MembersRemoved) => (nameof(Removed), InvokeKind.None),
        _ => (nameof(Unknown), InvokeKind.None),
    };

    static bool HasBot(TheirActivity theirs, IList<ChannelAccount>? members) => members?.Any(member => member.Id == theirs.Recipient.Id) == true;

    static void Compare(string name, TeamsDelivery ours, TheirActivity theirs)
    {
        switch (ours)
        {
            case { Action: Mentioned command }:
                command.Mentions.Length.ShouldBe(theirs.GetMentions().Count(mention => mention.Mentioned.Id != theirs.Recipient.Id), name);
                (ours.Message?.Activity).ShouldBe(theirs.Id, name);
                command.Text.ShouldBe(theirs.RemoveRecipientMention().Trim(), name);
                command.Text.ShouldNotBeEmpty(name);
                break;
            case { Kind: InvokeKind.CardExecute }:
                var pressed = Value<AdaptiveCardInvokeValue>(theirs);
                (((Unknown)ours.Action).Type, ours.Message?.Activity).ShouldBe((pressed.Action.Verb, theirs.ReplyToId), name);
                Same(ours.Data, pressed.Action.Data, name);
                break;
            case { Kind: InvokeKind.DialogFetch or InvokeKind.DialogSubmit }:
                Same(ours.Data, Value<TaskModuleRequest>(theirs).Data, name);
                break;
            case { Kind: InvokeKind.ExtensionFetch }:
                Chosen(ours.Chosen, theirs, name);
                (ours.Action is MessageChosen).ShouldBe(Value<MessagingExtensionAction>(theirs).CommandId == InvokeReader.MessageCommand, name);
                break;
            case { Kind: InvokeKind.ExtensionSubmit }:
                Chosen(ours.Chosen, theirs, name);
                Same(ours.Data, Value<MessagingExtensionAction>(theirs).Data, name);
                break;
            case { Action: Search search }:
                var asked = Value<SearchInvokeValue>(theirs);
                (search.Typed, ours.Skip, ours.Top).ShouldBe((asked.QueryText, asked.QueryOptions.Skip, asked.QueryOptions.Top), name);
                break;
            case { Kind: InvokeKind.None, Data.IsEmpty: false }:
                (ours.Message?.Activity).ShouldBe(theirs.ReplyToId, name);
                Same(ours.Data, theirs.Value, name);
                break;
            case { Action: Unknown unknown }:
                unknown.Type.ShouldBe(theirs.Type, name);
                break;
        }
    }

    static void Chosen(ChosenMessage? chosen, TheirActivity theirs, string name)
    {
        var action = Value<MessagingExtensionAction>(theirs);
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
