using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Who did it, and where.</summary>
/// <param name="Team">The workspace; null for some deliveries of an org-wide installation.</param>
/// <param name="Enterprise">The organisation, where there is one.</param>
/// <param name="UserId">Who; empty where Slack itself speaks.</param>
/// <param name="UserName">Their name, where Slack tells it.</param>
internal sealed record SlackOrigin(string? Team, string? Enterprise, string UserId, string UserName);

/// <summary>What Slack sent, which decides what it can be answered with.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction and https://docs.slack.dev/apis/events-api</remarks>
internal enum PayloadKind
{
    /// <summary>Something that we do not know, or that lacks what it cannot be without. It is acknowledged.</summary>
    Unknown,
    /// <summary>A slash command: a message to the person alone can be the answer.</summary>
    Command,
    /// <summary>A button or another element was used, in a message, a dialog or the Home tab.</summary>
    Press,
    /// <summary>A dialog was sent. An empty answer closes it.</summary>
    Submission,
    /// <summary>A dialog was closed unsent; only if it asked for that.</summary>
    Closed,
    /// <summary>Somebody types into a select that asks us for its options.</summary>
    Suggestion,
    /// <summary>A global shortcut, which belongs to no channel.</summary>
    Shortcut,
    /// <summary>A shortcut on a message.</summary>
    MessageShortcut,
    /// <summary>An event of the Events API, which Slack sends again if it was not accepted.</summary>
    Event,
}

/// <summary>
/// Something that Slack sent, over HTTP or a socket, read: what was done, and what only Slack knows of it.
/// </summary>
/// <param name="Action">What was done.</param>
/// <param name="From">Who did it, and where.</param>
/// <param name="Kind">What Slack sent.</param>
internal sealed record SlackDelivery(ChatAction Action, SlackOrigin From, PayloadKind Kind)
{
    /// <summary>The same for the same delivery, also when it is sent again.</summary>
    public string Id => Action.Id;

    /// <summary>Which command, element or shortcut of ours it was; empty for others.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The workspace of the person, which differs from the app's for people of other organisations in a shared channel; null where Slack
    /// does not say it.
    /// </summary>
    public string? HomeTeam { get; init; }

    /// <summary>The text as Slack escaped it; empty where there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>The channel where it was done; null where Slack names none.</summary>
    public string? Channel { get; init; }

    /// <summary>The thread there, if it was done in one.</summary>
    public string? ThreadTs { get; init; }

    /// <summary>Opens one dialog within three seconds; empty where nothing opens one.</summary>
    public string TriggerId { get; init; } = "";

    /// <summary>Answers the person in private, where the delivery came with it.</summary>
    public Uri? ResponseUrl { get; init; }

    /// <summary>The message it was done on; null in a view.</summary>
    public SlackMessageId? Message { get; init; }

    /// <summary>The view it was done in; null in a message.</summary>
    public SlackView? View { get; init; }

    /// <summary>The bot users whose tokens were revoked; null unless tokens were.</summary>
    public ImmutableArray<string>? RevokedBots { get; init; }
}

/// <summary>A view as it came back.</summary>
/// <param name="Id">For updating it.</param>
/// <param name="Hash">An update with an old one is refused.</param>
/// <param name="CallbackId">Which of our views.</param>
/// <param name="PrivateMetadata">What we gave it.</param>
/// <param name="State">What is filled in, by block id and action id. Not in suggestions.</param>
internal sealed record SlackView(
    string Id, string Hash, string CallbackId, string PrivateMetadata,
    ImmutableDictionary<(string Block, string Action), FieldValue> State);

/// <summary>What is filled in at one field.</summary>
/// <param name="Text">Typed text, or a single chosen value; null if it is empty.</param>
/// <param name="Chosen">The values of a select for several, in their order.</param>
internal sealed record FieldValue(string? Text, ImmutableArray<string> Chosen);

/// <summary>What a delivery is answered with: the body of the HTTP answer, or the payload of a socket's acknowledgement.</summary>
internal abstract record SlackReply : IWireReply
{
    private SlackReply() { }

    /// <summary>It was accepted.</summary>
    public sealed record Nothing : SlackReply;

    /// <summary>A message to the person alone; only for commands.</summary>
    public sealed record Message(WriteJson Body) : SlackReply
    {
        public WriteJson Body { get; } = SafeJson.Written(Body);
    }

    /// <summary>The dialog stays open and shows these texts; the keys are ids of input blocks.</summary>
    public sealed record Errors(ImmutableDictionary<string, string> ByBlock) : SlackReply;

    /// <summary>The dialog becomes this one.</summary>
    public sealed record Update(WriteJson View) : SlackReply
    {
        public WriteJson View { get; } = SafeJson.Written(View);
    }

    /// <summary>All dialogs close.</summary>
    public sealed record Clear : SlackReply;

    /// <summary>What can be chosen.</summary>
    public sealed record Options(WriteJson List) : SlackReply;

    /// <summary>
    /// It could not be accepted now: Slack should send it again, which it does for events alone; a dialog stays open.
    /// </summary>
    public sealed record Failed : SlackReply;

    /// <summary>
    /// What failed is done when it is sent again. So is a dialog that stays open over its errors: sent again it is a new request with
    /// the same name.
    /// </summary>
    /// <remarks>The last regular retry of an event comes after about six minutes: https://docs.slack.dev/apis/events-api</remarks>
    public bool IsForgotten => this is Failed or Errors;

    /// <summary>What is sent; null for nothing. The same reply may be sent several times.</summary>
    public WriteJson? ToJson() => this switch
    {
        Message message => message.Body,
        Errors errors => Response("errors", json =>
            json.Write("errors"u8, SafeJson.Texts(errors.ByBlock.Select(each => (each.Key, each.Value))))),
        Update update => Response("update", json => json.Write("view"u8, update.View)),
        Clear => Response("clear", static _ => { }),
        Options options => Suggestions(options.List),
        _ => null,
    };

    static WriteJson Suggestions(WriteJson list) => json =>
    {
        json.WriteStartObject();
        json.Write("options"u8, list);
        json.WriteEndObject();
    };

    /// <summary>What becomes of the dialog that was sent.</summary>
    static WriteJson Response(string action, WriteJson more) => json =>
    {
        json.WriteStartObject();
        json.WriteString("response_action"u8, action);
        more(json);
        json.WriteEndObject();
    };
}
