using System.Text;
using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>Refuses views that Slack would refuse.</summary>
/// <remarks>https://docs.slack.dev/reference/views</remarks>
internal static class ViewCheck
{
    static readonly string[] Modal = ["title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close", "notify_on_close", "external_id", "submit_disabled"];
    static readonly string[] Home = ["blocks", "private_metadata", "callback_id", "external_id"];

    public static IReadOnlyList<string> Of(JsonObject view, string type)
    {
        var findings = new Findings();
        if (view.Word("type") != type) findings.Add($"must be a {type} view", "/view/type");
        findings.NoNulls(view, "/view");
        findings.Only(view, type == "home" ? Home : Modal, "/view");
        findings.Length(view["callback_id"], Limits.Of("view.callback_id"), "/view/callback_id");
        findings.Length(view["private_metadata"], Limits.Of("view.private_metadata"), "/view/private_metadata");
        if (type == "modal")
        {
            var texts = new ElementCheck(findings);
            texts.Text(view["title"], Limits.Of("view.title"), "/view/title", isRequired: true, isPlain: true);
            texts.Text(view["submit"], Limits.Of("view.submit"), "/view/submit", isPlain: true);
            texts.Text(view["close"], Limits.Of("view.close"), "/view/close", isPlain: true);
        }
        if (view["blocks"] is not JsonArray blocks)
        {
            findings.Add("missing required field: blocks", "/view");
            return findings.All;
        }
        new BlockCheck(findings, type).Check(blocks, Limits.Of("view.blocks"), "/view/blocks");
        if (type == "modal" && view["submit"] is null && blocks.Any(block => block.Word("type") == "input"))
            findings.Add("missing required field: submit", "/view");
        return findings.All;
    }

    public static bool IsTooLarge(JsonObject view) => Encoding.UTF8.GetByteCount(view.ToJsonString()) > Limits.Of("view.bytes");
}
