using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads a view as it comes back, with what is filled in.</summary>
/// <remarks>https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload</remarks>
internal static class ViewReader
{
    /// <summary>The view of a payload; null if it has none.</summary>
    public static SlackView? Read(JsonElement payload) =>
        payload.Field("view") is { } view && view.Text("id") is { } id
            ? new(id, view.Text("hash") ?? "", view.Text("callback_id") ?? "", view.Text("private_metadata") ?? "", State(view))
            : null;

    static ImmutableDictionary<(string Block, string Action), FieldValue> State(JsonElement view)
    {
        var state = ImmutableDictionary.CreateBuilder<(string Block, string Action), FieldValue>();
        foreach (var block in Fields(view.Field("state")?.Field("values")))
            foreach (var action in Fields(block.Value))
                if ((SafeJson.NameOf(block), SafeJson.NameOf(action)) is ({ } blockId, { } actionId))
                    state[(blockId, actionId)] = Value(action.Value);
        return state.ToImmutable();
    }

    // Typed text is called "value"; everything chosen is called "selected_" and what it is, of one or of several: options, users, channels, dates.
    static FieldValue Value(JsonElement field)
    {
        string? text = null;
        ImmutableArray<string> chosen = [];
        foreach (var part in Fields(field))
        {
            if (SafeJson.NameOf(part) is not { } name || (name != "value" && !name.StartsWith("selected_", StringComparison.Ordinal)))
                continue;
            if (part.Value.ValueKind is JsonValueKind.Array)
                chosen = [.. part.Value.EnumerateArray().Select(Single).OfType<string>()];
            else
                text = Single(part.Value) is { Length: > 0 } single ? single : text;
        }
        return new(text, chosen);
    }

    static string? Single(JsonElement value) => value.AsText() ?? value.Text("value");

    static JsonElement.ObjectEnumerator Fields(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject() : default;
}
