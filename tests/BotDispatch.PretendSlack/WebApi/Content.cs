using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.Checks;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.WebApi;

/// <summary>What a message says, checked.</summary>
internal sealed record Content(string Text, JsonArray? Blocks, JsonArray? Attachments, JsonObject? Metadata)
{
    public bool IsEmpty => Text.Length == 0 && Blocks is not { Count: > 0 } && Attachments is not { Count: > 0 };

    /// <summary>Reads it out of a call; answers with what is wrong, or null.</summary>
    public static ApiAnswer? Read(ApiCall call, out Content content)
    {
        content = new(call.Text("text") ?? call.Text("markdown_text") ?? "", call.Node("blocks") as JsonArray, call.Node("attachments") as JsonArray, call.Node("metadata") as JsonObject);
        if (call.Has("markdown_text") && (call.Has("text") || call.Has("blocks"))) return ApiAnswer.Error("markdown_text_conflict");
        if (call.Has("blocks") && content.Blocks is null) return ApiAnswer.Error("invalid_blocks_format");
        if (call.Has("attachments") && content.Attachments is null) return ApiAnswer.Invalid("invalid_arguments", ["must be an array [json-pointer:/attachments]"]);
        if (content.Attachments?.Count > Limits.Of("message.attachments")) return ApiAnswer.Error("too_many_attachments");
        if (content.Metadata is { Count: > 0 } metadata && (metadata.Word("event_type") is null || metadata["event_payload"] is not JsonObject)) return ApiAnswer.Error("invalid_metadata_format");
        foreach (var blocks in content.AllBlocks())
            if (BlockCheck.OfMessage(blocks) is { Count: > 0 } findings) return ApiAnswer.Invalid("invalid_blocks", findings);
        return null;
    }

    public Message Message(Channel channel, string ts, string user, string? thread = null, bool isBroadcast = false, string? onlyFor = null) => new()
    {
        Channel = channel,
        Ts = ts,
        User = user,
        ThreadTs = thread,
        IsBroadcast = isBroadcast,
        OnlyFor = onlyFor,
        IsFromBot = true,
        Text = Text,
        Blocks = Blocks,
        Attachments = Attachments,
        Metadata = Metadata,
    };

    /// <summary>Blocks vanish where only text is given; attachments and metadata stay where they are not named.</summary>
    /// <remarks>https://docs.slack.dev/reference/methods/chat.update</remarks>
    public void Rewrite(Message message, bool hasText, bool hasAttachments, bool hasMetadata)
    {
        if (hasText) message.Text = Text;
        message.Blocks = Blocks is { Count: > 0 } ? Blocks : null;
        if (hasAttachments) message.Attachments = Attachments is { Count: > 0 } ? Attachments : null;
        if (hasMetadata) message.Metadata = Metadata is { Count: > 0 } ? Metadata : null;
        message.Updates++;
    }

    IEnumerable<JsonArray> AllBlocks() => ((JsonNode?[])[Blocks, .. Attachments?.Select(each => each?["blocks"]) ?? []]).OfType<JsonArray>();
}
