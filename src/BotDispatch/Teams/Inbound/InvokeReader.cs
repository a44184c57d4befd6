using System.Text;
using System.Text.Json;
using BotDispatch.Http;
using static BotDispatch.Teams.Inbound.TeamsDelivery;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads what waits for an answer.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module</remarks>
internal static class InvokeReader
{
    const int FewestChoices = 15;

    public static TeamsDelivery Read(Activity about)
    {
        var value = about.Json.Field("value") ?? default;
        var card = about.Message("replyToId");
        var data = (value.Field("data") ?? default).Values();
        var command = value.Text("commandId") ?? "";
        var context = value.Text("commandContext") ?? "";
        return about.Json.Text("name") switch
        {
            "adaptiveCard/action" => new CardExecute(
                about.Id, about.From, about.Where, value.Text("action", "verb") ?? "", (value.Field("action", "data") ?? default).Values(), card, value.Text("trigger") == "automatic"),
            "task/fetch" => new DialogFetch(about.Id, about.From, about.Where, data, card),
            "task/submit" => new DialogSubmit(about.Id, about.From, about.Where, data, card),
            "composeExtension/fetchTask" => new ExtensionFetch(about.Id, about.From, about.Where, command, context, Chosen(about.Where, value)),
            "composeExtension/submitAction" => new ExtensionSubmit(about.Id, about.From, about.Where, command, context, Chosen(about.Where, value), data),
            "application/search" => Search(about, value, data),
            var name => new UnknownInvoke(about.Id, about.From, about.Where, name ?? ""),
        };
    }

    static Search Search(Activity about, JsonElement value, System.Collections.Immutable.ImmutableDictionary<string, string> data)
    {
        var range = value.Field("queryOptions") ?? default;
        return new(about.Id, about.From, about.Where, value.Text("queryText") ?? "", value.Text("dataset") ?? "", range.Number("skip", 0), range.Number("top", FewestChoices), data);
    }

    static ChosenMessage? Chosen(ConversationReference where, JsonElement value)
    {
        if (value.Field("messagePayload") is not { } payload || payload.Text("id") is not { Length: > 0 } id)
            return null;
        var isHtml = payload.Text("body", "contentType") != "text";
        var content = payload.Text("body", "content") ?? "";
        var from = payload.Field("from") ?? default;
        return new(
            new(where.Conversation, Root(where, payload, id), id),
            from.Text("user", "displayName") ?? from.Text("application", "displayName") ?? "",
            isHtml ? HtmlText.Plain(content) : content.Normalize(NormalizationForm.FormC).Trim(),
            Uri.TryCreate(payload.Text("linkToMessage"), UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps ? link : null);
    }

    // Only a message inside of a thread says so in the conversation's id; chats have no threads.
    static string Root(ConversationReference where, JsonElement payload, string id) => where switch
    {
        { Root.Length: > 0 } => where.Root,
        { Kind: ConversationKind.Channel } => payload.Text("replyToId") is { Length: > 0 } root ? root : id,
        _ => "",
    };
}
