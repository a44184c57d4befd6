using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>Finds what is live in a message: who it calls, and where it links to.</summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text</remarks>
public static partial class Mentions
{
    /// <summary>Everybody that these words call, as <c>&lt;!channel&gt;</c> or <c>&lt;@U0DANA&gt;</c>, once each.</summary>
    public static IReadOnlyList<string> In(string text, JsonNode? blocks, JsonNode? attachments = null) =>
        [.. Live(text, blocks, attachments).SelectMany(words => Called().Matches(words)).Select(call => $"<{call.Groups[1].Value}>").Concat(Elements(blocks)).Concat(Elements(attachments)).Distinct()];

    /// <summary>Every address that these words link to.</summary>
    public static IReadOnlyList<string> LinksIn(string text, JsonNode? blocks, JsonNode? attachments = null) =>
        [.. Live(text, blocks, attachments).SelectMany(words => Linked().Matches(words)).Select(link => link.Groups[1].Value).Distinct()];

    static IEnumerable<string> Live(string text, JsonNode? blocks, JsonNode? attachments) => [text, .. Marked(blocks), .. Marked(attachments), .. Old(attachments)];

    static IEnumerable<string> Marked(JsonNode? node) => node switch
    {
        JsonObject made when made.Word("type") is "mrkdwn" or "markdown" && made.Word("text") is { } words => [words],
        JsonObject made => made.SelectMany(each => Marked(each.Value)),
        JsonArray list => list.SelectMany(Marked),
        _ => [],
    };

    static IEnumerable<string> Old(JsonNode? attachments) =>
        (attachments as JsonArray ?? []).SelectMany(each => (string[])["text", "pretext"], (each, name) => each.Word(name)).OfType<string>();

    static IEnumerable<string> Elements(JsonNode? node) => node switch
    {
        JsonObject made when made.Word("type") == "user" && made.Word("user_id") is { } user => [$"<@{user}>"],
        JsonObject made when made.Word("type") == "usergroup" && made.Word("usergroup_id") is { } group => [$"<!subteam^{group}>"],
        JsonObject made when made.Word("type") == "broadcast" && made.Word("range") is { } range => [$"<!{range}>"],
        JsonObject made => made.SelectMany(each => Elements(each.Value)),
        JsonArray list => list.SelectMany(Elements),
        _ => [],
    };

    [GeneratedRegex(@"<((?:!(?:channel|here|everyone|subteam\^\w+))|(?:@[UW]\w+))(?:\|[^>]*)?>")]
    private static partial Regex Called();

    [GeneratedRegex(@"<((?:https?|mailto|slack|tel):[^>|]*)(?:\|[^>]*)?>")]
    private static partial Regex Linked();
}
