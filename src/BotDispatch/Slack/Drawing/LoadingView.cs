using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Drawing;

/// <summary>What stands where the dialog will, while ticket and people are looked up: the dialog itself may come later than Slack lets one be opened.</summary>
internal static class LoadingView
{
    public const string CallbackId = "dispatch_loading";

    /// <param name="externalId">Finds the view again where the answer to its opening was lost; null where it is known already.</param>
    public static JsonObject Of(string? externalId = null) => Blocks.Of(
        ("type", "modal"), ("callback_id", CallbackId), ("title", Blocks.Plain("Dispatch", 24)), ("close", Blocks.Plain("Close", 24)), ("external_id", externalId),
        ("blocks", new JsonArray(Blocks.Section("Looking up the ticket and who can be phoned …"))));
}
