using System.Text;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Teams.Inbound;

/// <summary>Reads an activity for which Teams awaits an answer.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/create-task-module</remarks>
internal static class InvokeReader
{
    /// <summary>The command of the message extension that is started from a message.</summary>
    public const string MessageCommand = "dispatchMessage";

    const int MostFound = 15;
    const int MostListed = 200;

    /// <summary>Reads the activity.</summary>
    public static TeamsDelivery Read(Activity about, ActionReader actions)
    {
        var value = about.Json.Field("value") ?? default;
        var name = about.Json.Text("name");
        var kind = name switch
        {
            "adaptiveCard/action" => InvokeKind.CardExecute,
            "task/fetch" => InvokeKind.DialogFetch,
            "task/submit" => InvokeKind.DialogSubmit,
            "composeExtension/fetchTask" => InvokeKind.ExtensionFetch,
            "composeExtension/submitAction" => InvokeKind.ExtensionSubmit,
            "application/search" => InvokeKind.Search,
            _ => InvokeKind.Unknown,
        };
        var card = about.Message("replyToId");
        return kind switch
        {
            InvokeKind.CardExecute => actions.Button(
                about.Id, about.From, about.Where, kind, (value.Field("action", "data") ?? default).Values(), card,
                value.Text("action", "verb") ?? "", value.Text("trigger") == "automatic"),
            InvokeKind.DialogFetch or InvokeKind.DialogSubmit or InvokeKind.ExtensionSubmit =>
                actions.Button(about.Id, about.From, about.Where, kind, (value.Field("data") ?? default).Values(), card) with
                {
                    Chosen = Chosen(about.Where, value),
                },
            InvokeKind.ExtensionFetch => Extension(
                about.Id, about.From, about.Where, value.Text("commandId") ?? "", Chosen(about.Where, value)),
            InvokeKind.Search => Search(about, value),
            _ => about.Delivered(new ChatAction.Unknown(about.Id, name ?? "")) with { Kind = kind },
        };
    }

    /// <summary>A message extension asks for its dialog; <paramref name="chosen"/> is null unless it was started from a message.</summary>
    public static TeamsDelivery Extension(
        string id, TeamsOrigin from, ConversationReference where, string command, ChosenMessage? chosen) => new(
            command == MessageCommand && chosen is not null
                ? new ChatAction.MessageChosen(id, chosen.Text, [], chosen.Link?.AbsoluteUri)
                : new ChatAction.Ask(id),
            from, where, InvokeKind.ExtensionFetch)
        {
            Chosen = chosen,
        };

    /// <summary>Somebody types into a field whose choices come from us.</summary>
    public static TeamsDelivery Search(
        string id, TeamsOrigin from, ConversationReference where, string typed, string dataset, int skip, int top)
    {
        skip = Math.Min(skip, MostListed);
        var most = dataset == DispatchDialog.Dataset ? skip + MostFound : 0;
        return new(new ChatAction.Search(id, typed, most), from, where, InvokeKind.Search)
        {
            Skip = skip,
            Top = Math.Clamp(top, 1, MostFound),
        };
    }

    static TeamsDelivery Search(Activity about, JsonElement value)
    {
        var range = value.Field("queryOptions") ?? default;
        return Search(
            about.Id, about.From, about.Where, value.Text("queryText") ?? "", value.Text("dataset") ?? "",
            range.Number("skip", 0), range.Number("top", MostFound));
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
            Uri.TryCreate(payload.Text("linkToMessage"), UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps
                ? link
                : null);
    }

    // Only a message inside a thread has the thread in the conversation's id; chats have no threads.
    static string Root(ConversationReference where, JsonElement payload, string id) => where switch
    {
        { Root.Length: > 0 } => where.Root,
        { Kind: ConversationKind.Channel } => payload.Text("replyToId") is { Length: > 0 } root ? root : id,
        _ => "",
    };
}
