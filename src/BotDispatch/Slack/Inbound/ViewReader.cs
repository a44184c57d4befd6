using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Slack.Drawing;

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

    /// <summary>What is filled in at the fields of the dialog.</summary>
    public static DialogFields Fields(SlackView view) => new(
        [.. Chosen(view, FormView.PeopleBlock, FormView.PeopleAction).Select(id => new EmployeeId(id))],
        Text(view, FormView.NoteBlock, FormView.NoteAction),
        Chosen(view, FormView.AlsoInBlock, FormView.AlsoInAction));

    /// <summary>What was typed or chosen at this field; null if it is empty.</summary>
    public static string? Text(SlackView view, string block, string action) =>
        view.State.TryGetValue((block, action), out var field) ? field.Text : null;

    static ImmutableArray<string> Chosen(SlackView view, string block, string action) =>
        view.State.TryGetValue((block, action), out var field) ? [.. field.Chosen.Where(each => each.Length > 0)] : [];

    static ImmutableDictionary<(string Block, string Action), FieldValue> State(JsonElement view)
    {
        var state = ImmutableDictionary.CreateBuilder<(string Block, string Action), FieldValue>();
        foreach (var block in FieldsOf(view.Field("state")?.Field("values")))
            foreach (var action in FieldsOf(block.Value))
                if ((SafeJson.NameOf(block), SafeJson.NameOf(action)) is ({ } blockId, { } actionId))
                    state[(blockId, actionId)] = Value(action.Value);
        return state.ToImmutable();
    }

    // Typed text is called "value". Everything chosen is called "selected_" and its kind, of one or of several: options, users, dates.
    static FieldValue Value(JsonElement field)
    {
        string? text = null;
        ImmutableArray<string> chosen = [];
        foreach (var part in FieldsOf(field))
        {
            if (SafeJson.NameOf(part) is not { } name
                || (name != "value" && !name.StartsWith("selected_", StringComparison.Ordinal)))
                continue;
            if (part.Value.ValueKind is JsonValueKind.Array)
                chosen = [.. part.Value.EnumerateArray().Select(Single).OfType<string>()];
            else
                text = Single(part.Value) is { Length: > 0 } single ? single : text;
        }
        return new(text, chosen);
    }

    static string? Single(JsonElement value) => value.AsText() ?? value.Text("value");

    static JsonElement.ObjectEnumerator FieldsOf(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject() : default;
}
