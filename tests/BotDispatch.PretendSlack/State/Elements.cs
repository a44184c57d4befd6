using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>Looks into blocks as a person does.</summary>
internal static class Elements
{
    /// <summary>Every element, with the id of the block that holds it.</summary>
    public static IEnumerable<(string Block, JsonObject Element)> All(JsonArray? blocks) => (blocks ?? []).OfType<JsonObject>().SelectMany(Of);

    public static IEnumerable<(string Block, JsonObject Element)> Find(JsonArray? blocks, string type) => All(blocks).Where(each => each.Element.Word("type") == type);

    /// <summary>What is written on it.</summary>
    public static string Label(JsonObject element) => element["text"].Word("text") ?? "";

    /// <summary>Every text that is shown, from the top to the bottom.</summary>
    public static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject made when made.Word("text") is { } words => [words, .. made.Where(each => each.Key != "text").SelectMany(each => Words(each.Value))],
        JsonObject made => made.Where(each => each.Key != "confirm").SelectMany(each => Words(each.Value)),
        JsonArray list => list.SelectMany(Words),
        _ => [],
    };

    /// <summary>Gives the ids that Slack makes up where an author left them out.</summary>
    public static void NameAll(JsonArray? blocks, Ids ids)
    {
        foreach (var block in (blocks ?? []).OfType<JsonObject>())
        {
            if (block["block_id"] is null) block["block_id"] = ids.Next("b");
            foreach (var (_, element) in Of(block))
                if (element["action_id"] is null && element.Word("type") != "image") element["action_id"] = ids.Next("a");
        }
    }

    static IEnumerable<(string Block, JsonObject Element)> Of(JsonObject block)
    {
        var id = block.Word("block_id") ?? "";
        foreach (var element in (block["elements"] as JsonArray ?? []).Append(block["accessory"]).Append(block["element"]).OfType<JsonObject>())
            if (Checks.Shapes.Elements.ContainsKey(element.Word("type") ?? "")) yield return (id, element);
        foreach (var inner in (block["child_blocks"] as JsonArray ?? []).OfType<JsonObject>())
            foreach (var each in Of(inner)) yield return each;
    }
}
