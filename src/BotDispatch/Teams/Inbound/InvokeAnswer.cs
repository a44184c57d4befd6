using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Teams.Inbound;

/// <summary>The HTTP answer to a delivery, in Teams' own JSON. With a null body, the answer has no body.</summary>
/// <remarks>
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots and
/// https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model
/// </remarks>
internal sealed record InvokeAnswer(int Status, WriteJson? Body)
{
    const string Message = "application/vnd.microsoft.activity.message";
    const string Error = "application/vnd.microsoft.error";
    const string Found = "application/vnd.microsoft.search.searchResponse";

    static readonly InvokeAnswer Empty = new(StatusCodes.Status200OK, null);
    static readonly InvokeAnswer Unknown = new(StatusCodes.Status501NotImplemented, null);

    /// <summary>Writes the reply in the form that an invoke of that kind awaits.</summary>
    public static InvokeAnswer Of(InvokeKind kind, TeamsReply reply) => kind switch
    {
        InvokeKind.None => Empty,
        InvokeKind.Unknown => Unknown,
        _ => reply switch
        {
            TeamsReply.NotImplemented => Unknown,
            TeamsReply.Dialog dialog => Task("continue", json =>
            {
                json.WriteStartObject();
                json.WriteString("title"u8, dialog.Title);
                json.WriteString("height"u8, dialog.Height);
                json.WriteString("width"u8, dialog.Width);
                json.Write("card"u8, TeamsActivity.Attachment(dialog.Card));
                json.WriteEndObject();
            }),
            TeamsReply.DialogMessage message => Task("message", Text(message.Text)),
            // The documentation has another spelling, which shows nothing. The SDKs and the Agents Playground use this one.
            TeamsReply.CardAnswer answer => Invoked(StatusCodes.Status200OK, TeamsActivity.CardType, answer.Card),
            TeamsReply.CardMessage message => Invoked(StatusCodes.Status200OK, Message, Text(message.Text)),
            TeamsReply.CardError error => Invoked(
                StatusCodes.Status400BadRequest, Error, SafeJson.Texts(("code", error.Code), ("message", error.Text))),
            TeamsReply.SearchResults results => Choices(results),
            _ => Closing(kind),
        },
    };

    /// <summary>A text for the person who waits, in the form that an invoke of that kind can show.</summary>
    public static TeamsReply Saying(InvokeKind kind, string text, bool isError) => kind switch
    {
        InvokeKind.CardExecute => isError ? new TeamsReply.CardError("Unavailable", text) : new TeamsReply.CardMessage(text),
        InvokeKind.DialogFetch or InvokeKind.DialogSubmit or InvokeKind.ExtensionFetch or InvokeKind.ExtensionSubmit =>
            new TeamsReply.DialogMessage(text),
        InvokeKind.Search => new TeamsReply.SearchResults([]),
        _ => new TeamsReply.Nothing(),
    };

    // Each kind closes in its own way, because a card without an answer and a message extension without a body show an error.
    static InvokeAnswer Closing(InvokeKind kind) => kind switch
    {
        InvokeKind.CardExecute => Invoked(StatusCodes.Status200OK, Message, Text("")),
        InvokeKind.ExtensionFetch or InvokeKind.ExtensionSubmit => new(StatusCodes.Status200OK, SafeJson.Texts()),
        InvokeKind.Search => Choices(new([])),
        _ => Empty,
    };

    static InvokeAnswer Task(string type, WriteJson value) => new(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("task"u8);
        json.WriteString("type"u8, type);
        json.Write("value"u8, value);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    // The HTTP status only says that the request was handled. The body holds the result.
    static InvokeAnswer Invoked(int status, string type, WriteJson value) => new(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("statusCode"u8, status);
        json.WriteString("type"u8, type);
        json.Write("value"u8, value);
        json.WriteEndObject();
    });

    static InvokeAnswer Choices(TeamsReply.SearchResults found) => Invoked(StatusCodes.Status200OK, Found, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        foreach (var (title, value) in found.Choices)
            json.WriteChoice(title, value);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    static WriteJson Text(string text) => json => json.WriteStringValue(text);
}

/// <summary>The reply to a delivery. A message or an event has no answer, whatever the reply is.</summary>
internal abstract record TeamsReply : IWireReply
{
    private TeamsReply() { }

    /// <summary>The delivery was accepted.</summary>
    public sealed record Nothing : TeamsReply;

    /// <summary>A dialog opens, or replaces the open one. This serves dialogs of cards and of message extensions.</summary>
    /// <param name="Title">The title of the dialog.</param>
    /// <param name="Card">The bare Adaptive Card.</param>
    /// <param name="Height"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    /// <param name="Width"><c>small</c>, <c>medium</c> or <c>large</c>.</param>
    public sealed record Dialog(string Title, WriteJson Card, string Height = "medium", string Width = "medium") : TeamsReply
    {
        public WriteJson Card { get; } = SafeJson.Written(Card);
    }

    /// <summary>The dialog closes and a text is shown.</summary>
    public sealed record DialogMessage(string Text) : TeamsReply;

    /// <summary>The dialog closes; the text is for dialogs that do not close without one.</summary>
    public sealed record DialogClose(string Text) : TeamsReply;

    /// <summary>This card replaces the pressed one, for the person who pressed only.</summary>
    public sealed record CardAnswer(WriteJson Card) : TeamsReply
    {
        public WriteJson Card { get; } = SafeJson.Written(Card);
    }

    /// <summary>A text is shown under the card, to the person who pressed.</summary>
    public sealed record CardMessage(string Text) : TeamsReply;

    /// <summary>A text is shown under the card as an error, to the person who pressed.</summary>
    public sealed record CardError(string Code, string Text) : TeamsReply;

    /// <summary>The choices of a field, each with its value.</summary>
    public sealed record SearchResults(ImmutableArray<(string Title, string Value)> Choices) : TeamsReply;

    /// <summary>The kind of the request is unknown.</summary>
    public sealed record NotImplemented : TeamsReply;
}
