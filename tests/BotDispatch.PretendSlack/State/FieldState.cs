using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>What is filled in at an element, as it stands in <c>state.values</c>.</summary>
/// <remarks>https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload</remarks>
internal static class FieldState
{
    /// <summary>Whether it has a state at all; a button has none.</summary>
    public static bool IsField(JsonObject element) => Checks.Shapes.MayBeInput(element.Word("type") ?? "");

    public static bool IsMulti(JsonObject element) => element.Word("type") is { } type && (type.StartsWith("multi_", StringComparison.Ordinal) || type == "checkboxes");

    /// <summary>The name under which a choice stands, as <c>selected_options</c>.</summary>
    public static string Key(JsonObject element)
    {
        var what = element.Word("type") switch
        {
            "users_select" or "multi_users_select" => "user",
            "conversations_select" or "multi_conversations_select" => "conversation",
            "channels_select" or "multi_channels_select" => "channel",
            "datepicker" => "date",
            "timepicker" => "time",
            "datetimepicker" => "date_time",
            { } type when type.EndsWith("_input", StringComparison.Ordinal) => "",
            _ => "option",
        };
        return what.Length == 0 ? "value" : $"selected_{what}{(IsMulti(element) ? "s" : "")}";
    }

    public static JsonObject Initial(JsonObject element)
    {
        var key = Key(element);
        var given = element[key.Replace("selected_", "initial_", StringComparison.Ordinal)] ?? (key == "value" ? element["initial_value"] : null);
        return With(element, given?.DeepClone() ?? (IsMulti(element) ? new JsonArray() : null));
    }

    public static JsonObject With(JsonObject element, JsonNode? value) => new() { ["type"] = element.Word("type"), [Key(element)] = value };

    /// <summary>Everything chosen, one or many.</summary>
    public static IEnumerable<JsonNode> Chosen(JsonObject? value) =>
        value?.FirstOrDefault(each => each.Key != "type").Value switch
        {
            JsonArray many => many.OfType<JsonNode>(),
            { } one => [one],
            null => [],
        };
}
