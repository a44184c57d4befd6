using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>Blocks and their parts. Every limit is kept here, so that no text can make Slack refuse a message.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/blocks</remarks>
internal static class Blocks
{
    const int MostSection = 3000;
    const int MostHeader = 150;
    const int MostButton = 75;
    const int MostOption = 75;

    /// <summary>The most choices one list takes.</summary>
    public const int MostOptions = 100;

    /// <summary>What we built of mrkdwn; foreign parts of it are inert already.</summary>
    public static JsonObject Section(string mrkdwn, string? blockId = null) => Of(("type", "section"), ("block_id", blockId), ("text", Mrkdwn(Cut(mrkdwn, MostSection))));

    /// <summary>Small grey words.</summary>
    public static JsonObject Context(string mrkdwn, string? blockId = null) => Of(("type", "context"), ("block_id", blockId), ("elements", new JsonArray(Mrkdwn(Cut(mrkdwn, MostSection)))));

    /// <summary>Big words, which nothing is read from.</summary>
    public static JsonObject Header(string words) => Of(("type", "header"), ("text", Plain(words, MostHeader)));

    public static JsonObject Divider() => Of(("type", "divider"));

    public static JsonObject Actions(string blockId, IEnumerable<JsonObject> elements) => Of(("type", "actions"), ("block_id", blockId), ("elements", new JsonArray([.. elements])));

    /// <summary>A button; <paramref name="style"/> is <c>primary</c>, <c>danger</c> or null.</summary>
    public static JsonObject Button(string actionId, string label, string value, string? style = null, JsonObject? confirm = null) => Of(("type", "button"), ("action_id", actionId), ("text", Plain(label, MostButton)), ("value", value), ("style", style), ("confirm", confirm));

    /// <summary>Asks before a button does anything.</summary>
    public static JsonObject Confirm(string title, string question, string yes, string no) => Of(("title", Plain(title, 100)), ("text", Plain(question, 300)), ("confirm", Plain(yes, 30)), ("deny", Plain(no, 30)), ("style", "danger"));

    /// <summary>One choice. The value is ours and must be short; what is too long to be one is no choice.</summary>
    public static JsonObject Option(string words, string value, string? description = null) => Of(("text", Plain(words, MostOption)), ("value", value), ("description", string.IsNullOrEmpty(description) ? null : Plain(description, MostOption)));

    /// <summary>A field of a dialog. Errors are shown at its block id; what was typed survives an update as long as both ids stay.</summary>
    public static JsonObject Input(string blockId, string label, JsonObject element, string? hint = null, bool isOptional = false, bool tellsChanges = false) => Of(("type", "input"), ("block_id", blockId), ("label", Plain(label, 2000)), ("element", element), ("hint", hint is null ? null : Plain(hint, 2000)), ("optional", isOptional ? true : null), ("dispatch_action", tellsChanges ? true : null));

    /// <summary>Literal words; only emoji codes would be read, and those are broken.</summary>
    public static JsonObject Plain(string words, int most) => Of(("type", "plain_text"), ("text", SlackText.Plain(words.Length == 0 ? " " : words, most)), ("emoji", true));

    /// <summary>Words with marks. Verbatim: no bare address and no channel name becomes a link.</summary>
    public static JsonObject Mrkdwn(string mrkdwn) => Of(("type", "mrkdwn"), ("text", mrkdwn.Length == 0 ? " " : mrkdwn), ("verbatim", true));

    /// <summary>An object of what is there; what is null is left out, since Slack refuses it.</summary>
    public static JsonObject Of(params ReadOnlySpan<(string Name, JsonNode? Value)> properties)
    {
        var made = new JsonObject();
        foreach (var (name, value) in properties)
            if (value is not null)
                made.Add(name, value);
        return made;
    }

    // Cut where no entity or mention is torn: foreign words are cut before they are made inert, so this is the last resort.
    static string Cut(string mrkdwn, int most)
    {
        if (mrkdwn.Length <= most)
            return mrkdwn;
        var end = mrkdwn.LastIndexOfAny(['\n', ' '], most - 2);
        return mrkdwn[..(end > 0 ? end : most - 1)] + "…";
    }
}
