using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Handlers;

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

/// <summary>
/// Reads an action from the data of a pressed button. Teams delivers the buttons of dialogs and cards in several ways, so only the data
/// says which button it is.
/// </summary>
internal sealed class ActionReader(ProtectedPayloads payloads)
{
    /// <summary>Reads a pressed button, or a client's request for the current card.</summary>
    /// <param name="id">The id of the delivery.</param>
    /// <param name="from">Who pressed it.</param>
    /// <param name="where">The conversation in which it was pressed.</param>
    /// <param name="kind">What Teams waits for.</param>
    /// <param name="data">The button's data and the values of the fields.</param>
    /// <param name="message">The card; null if Teams does not say.</param>
    /// <param name="verb">The button's verb; empty for a plain button, whose data holds the verb.</param>
    /// <param name="isRefresh">Whether the client asks by itself, without a press.</param>
    public TeamsDelivery Button(
        string id, TeamsOrigin from, ConversationReference where, InvokeKind kind, ImmutableDictionary<string, string> data,
        TeamsMessageId? message, string verb = "", bool isRefresh = false)
    {
        var (action, requestId) = (isRefresh, DialogData.Read(data)) switch
        {
            (false, { } dialog) => DialogOf(id, from, where, dialog),
            _ => (CardOf(id, verb, data, isRefresh), null),
        };
        return new(action, from, where, kind) { Data = data, Message = message, RequestId = requestId };
    }

    (ChatAction Action, string? RequestId) DialogOf(string id, TeamsOrigin from, ConversationReference where, DialogData dialog)
    {
        switch (dialog.Intent)
        {
            case DialogIntent.Open when payloads.OpenRequest(where.Tenant, dialog.Kept) is { } request:
                return (request.ToAction(id), request.Id);
            case DialogIntent.Next:
                return (new ChatAction.Asked(id, dialog.What), null);
        }
        var fields = new DialogFields(dialog.People, dialog.Note, dialog.AlsoIn) { List = dialog.List };
        return ((dialog.Intent, payloads.OpenDialog(where.Tenant, from.UserId, dialog.Kept)) switch
        {
            (DialogIntent.Look or DialogIntent.Up, { } context) => new ChatAction.Redraw(id, context, fields),
            (DialogIntent.Send, { } context) => new ChatAction.Submit(id, context, fields),
            (DialogIntent.Back, { Replaces: { } replaced }) => new ChatAction.Refresh(id, replaced),
            _ => (ChatAction)new ChatAction.Unreadable(id),
        }, null);
    }

    static ChatAction CardOf(string id, string verb, ImmutableDictionary<string, string> data, bool isRefresh) =>
        (verb.Length > 0 ? CardPressCodec.Read(verb, data) : CardPressCodec.Read(data)) switch
        {
            null => new ChatAction.Unknown(id, verb),
            var drawn when isRefresh => new ChatAction.Refresh(id, drawn.Dispatch),
            var pressed => new ChatAction.Press(id, pressed),
        };
}

/// <summary>The kind of answer that Teams waits for, which decides how it is written.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
internal enum InvokeKind
{
    /// <summary>No answer: a message or an event, to which the bot can only reply with a message.</summary>
    None,
    /// <summary>A card or a text, for a button of a card, or for a client that asks for the current card.</summary>
    CardExecute,
    /// <summary>A dialog, for a button of a card.</summary>
    DialogFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    DialogSubmit,
    /// <summary>The dialog of a message extension.</summary>
    ExtensionFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    ExtensionSubmit,
    /// <summary>The choices for a field into which somebody types.</summary>
    Search,
    /// <summary>An unknown kind. It is answered with 501 and not handled.</summary>
    Unknown,
}
