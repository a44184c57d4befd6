using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>A message as it is posted: what screen readers and notifications take, what is shown, and the mark that it is found again by.</summary>
/// <param name="Text">All that matters, in words.</param>
/// <param name="Blocks">What is shown.</param>
/// <param name="Key">The same for the same post.</param>
/// <param name="AlsoInChannel">A reply that the whole channel is to see.</param>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage and https://docs.slack.dev/messaging/message-metadata</remarks>
internal sealed record SlackMessage(string Text, JsonArray Blocks, string Key, bool AlsoInChannel = false)
{
    /// <summary>The type of our marks.</summary>
    public const string EventType = "botdispatch_post";

    /// <summary>Posts take more, but <c>chat.update</c> refuses it.</summary>
    public const int MostText = 4000;

    /// <summary>Blocks in one message.</summary>
    public const int MostBlocks = 50;

    /// <summary>The mark. Everybody in the channel can read it.</summary>
    public JsonObject Metadata => new() { ["event_type"] = EventType, ["event_payload"] = new JsonObject { ["key"] = Key } };

    /// <summary>The arguments that posting and redrawing share; without blocks if Slack would not have them.</summary>
    public JsonObject Arguments(string channel, bool isPlain) => Drawing.Blocks.Of(
        ("channel", channel), ("text", Text), ("blocks", isPlain ? null : Own(Blocks)), ("metadata", Metadata));

    // A node has one parent, so blocks that are sent once more are copied.
    static JsonArray Own(JsonArray blocks) => blocks.Parent is null ? blocks : blocks.DeepClone().AsArray();
}
