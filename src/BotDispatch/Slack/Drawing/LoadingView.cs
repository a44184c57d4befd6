using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Draws the loading view, which is opened while the ticket and the people are looked up, because a trigger expires after three seconds.
/// </summary>
internal static class LoadingView
{
    public const string CallbackId = "dispatch_loading";

    /// <param name="externalId">Our id of the view, which finds it again if Slack's answer is lost; null if its own id is known.</param>
    public static JsonObject Of(string? externalId = null) => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)),
        ("close", Blocks.Plain("Close", 24)), ("external_id", externalId),
        ("blocks", new JsonArray(Blocks.Section("Looking up the ticket and who can be phoned …"))));
}
