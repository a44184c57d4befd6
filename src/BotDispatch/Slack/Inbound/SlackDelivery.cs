using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Inbound;

/// <summary>Who did it, and where.</summary>
/// <param name="Team">The workspace; null for some deliveries of an org-wide installation.</param>
/// <param name="Enterprise">The organisation, where there is one.</param>
/// <param name="UserId">Who; empty where Slack itself speaks.</param>
/// <param name="UserName">Their name, where Slack tells it.</param>
internal sealed record SlackOrigin(string? Team, string? Enterprise, string UserId, string UserName);

/// <summary>
/// Everything that Slack sends, in the same words whether it came over HTTP or a socket.
/// </summary>
/// <param name="Id">The same for the same delivery, also when it is sent again.</param>
/// <param name="From">Who did it, and where.</param>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction and https://docs.slack.dev/apis/events-api</remarks>
internal abstract record SlackDelivery(string Id, SlackOrigin From)
{
    /// <summary>What may be done once: the delivery itself, or the message that it tells of.</summary>
    public virtual string OnceId => Id;

    /// <summary>A slash command. The text is as Slack escaped it.</summary>
    public sealed record Command(string Id, SlackOrigin From, string Name, string Text, string Channel, string TriggerId, Uri? ResponseUrl) : SlackDelivery(Id, From);

    /// <summary>A button or another element was used, in a message, a dialog or the Home tab.</summary>
    /// <param name="Id">The delivery.</param>
    /// <param name="From">Who.</param>
    /// <param name="ActionId">Which element.</param>
    /// <param name="Value">The button's value; null for other elements.</param>
    /// <param name="TriggerId">Opens one dialog within three seconds.</param>
    /// <param name="ResponseUrl">Only for messages.</param>
    /// <param name="Message">The message it stands in; null in a view.</param>
    /// <param name="View">The view it stands in; null in a message.</param>
    public sealed record Press(string Id, SlackOrigin From, string ActionId, string? Value, string TriggerId, Uri? ResponseUrl, SlackMessageId? Message, SlackView? View) : SlackDelivery(Id, From);

    /// <summary>A dialog was sent.</summary>
    public sealed record Submission(string Id, SlackOrigin From, SlackView View, string TriggerId) : SlackDelivery(Id, From);

    /// <summary>A dialog was closed unsent; only if it asked to be told.</summary>
    public sealed record Closed(string Id, SlackOrigin From, SlackView View) : SlackDelivery(Id, From);

    /// <summary>Somebody types into a select that asks us for its options.</summary>
    public sealed record Suggestion(string Id, SlackOrigin From, string ActionId, string Typed, SlackView? View) : SlackDelivery(Id, From);

    /// <summary>A global shortcut, which belongs to no channel.</summary>
    public sealed record Shortcut(string Id, SlackOrigin From, string CallbackId, string TriggerId) : SlackDelivery(Id, From);

    /// <summary>A shortcut on a message. The text is as Slack escaped it; <paramref name="ThreadTs"/> is set inside threads.</summary>
    public sealed record MessageShortcut(
        string Id, SlackOrigin From, string CallbackId, string TriggerId, SlackMessageId Message, string? ThreadTs, string Text, Uri? ResponseUrl) : SlackDelivery(Id, From);

    /// <summary>Somebody looks at the app's Home.</summary>
    public sealed record HomeOpened(string Id, SlackOrigin From) : SlackDelivery(Id, From);

    /// <summary>Somebody wrote to the bot in a channel. The text is as Slack escaped it, with the mention in it.</summary>
    public sealed record Mentioned(string Id, SlackOrigin From, string Channel, string Ts, string? ThreadTs, string Text) : SlackDelivery(Id, From)
    {
        /// <summary>Every event of one message is the same wish: what is sent again for an edit or a preview has an id of its own.</summary>
        public override string OnceId => $"mention:{From.Team ?? From.Enterprise}:{Channel}:{Ts}";
    }

    /// <summary>The app was removed from the workspace.</summary>
    public sealed record Uninstalled(string Id, SlackOrigin From) : SlackDelivery(Id, From);

    /// <summary>Tokens were revoked: the ids are of users, not of tokens.</summary>
    public sealed record TokensRevoked(string Id, SlackOrigin From, ImmutableArray<string> BotUsers) : SlackDelivery(Id, From);

    /// <summary>Something that we do not know, or that asks for nothing. It is acknowledged.</summary>
    public sealed record Unknown(string Id, SlackOrigin From, string Type) : SlackDelivery(Id, From);
}

/// <summary>A view as it came back.</summary>
/// <param name="Id">For updating it.</param>
/// <param name="Hash">An update with an old one is refused.</param>
/// <param name="CallbackId">Which of our views.</param>
/// <param name="PrivateMetadata">What we gave it.</param>
/// <param name="State">What is filled in, by block id and action id. Not in suggestions.</param>
internal sealed record SlackView(string Id, string Hash, string CallbackId, string PrivateMetadata, ImmutableDictionary<(string Block, string Action), FieldValue> State);

/// <summary>What is filled in at one field.</summary>
/// <param name="Text">Typed text, or a single chosen value; null if it is empty.</param>
/// <param name="Chosen">The values of a select for several, in their order.</param>
internal sealed record FieldValue(string? Text, ImmutableArray<string> Chosen);

/// <summary>What a delivery is answered with: the body of the HTTP answer, or the payload of a socket's acknowledgement.</summary>
internal abstract record SlackReply
{
    private SlackReply() { }

    /// <summary>It was taken.</summary>
    public sealed record Nothing : SlackReply;

    /// <summary>A message to the person alone; only for commands.</summary>
    public sealed record Message(JsonObject Body) : SlackReply;

    /// <summary>The dialog stays open and shows these texts; the keys are ids of input blocks.</summary>
    public sealed record Errors(ImmutableDictionary<string, string> ByBlock) : SlackReply;

    /// <summary>The dialog becomes this one.</summary>
    public sealed record Update(JsonObject View) : SlackReply;

    /// <summary>All dialogs close.</summary>
    public sealed record Clear : SlackReply;

    /// <summary>What can be chosen.</summary>
    public sealed record Options(JsonArray List) : SlackReply;

    /// <summary>It could not be taken now: Slack should send it again, which it does for events alone; a dialog stays open.</summary>
    public sealed record Failed : SlackReply;

    /// <summary>What is sent; null for nothing. The same reply may be sent several times, and a node of JSON has but one parent.</summary>
    public JsonObject? ToJson() => this switch
    {
        Message message => message.Body,
        Errors errors => new() { ["response_action"] = "errors", ["errors"] = new JsonObject(errors.ByBlock.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)each.Value))) },
        Update update => new() { ["response_action"] = "update", ["view"] = update.View.DeepClone() },
        Clear => new() { ["response_action"] = "clear" },
        Options options => new() { ["options"] = options.List.DeepClone() },
        _ => null,
    };
}

/// <summary>Takes a delivery, verified and read. What is answered is decided within three seconds; what takes longer goes on after it.</summary>
internal delegate Task<SlackReply> HandleDelivery(SlackDelivery delivery, CancellationToken ct);
