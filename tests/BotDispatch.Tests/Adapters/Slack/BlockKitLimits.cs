using System.Text.Json.Nodes;
using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests.Adapters.Slack;

/// <summary>Holds messages, views and option lists against the published counts and lengths of Block Kit.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/blocks; the numbers are in Fixtures/schema/limits.json.</remarks>
internal static class BlockKitLimits
{
    static readonly Dictionary<string, int> Most = Read();

    /// <summary>Fails with everything that Slack would refuse, each with the place where it is.</summary>
    public static void Check(JsonNode sent) => Broken(sent).ShouldBeEmpty(sent.ToJsonString());

    /// <summary>Everything that Slack would refuse of a message (<c>{text, blocks}</c>), a view or an options answer.</summary>
    public static IReadOnlyList<string> Broken(JsonNode sent)
    {
        List<string> broken = [];
        var isView = sent["type"]?.GetValue<string>() is "modal" or "home";
        if (sent["blocks"] is JsonArray blocks)
        {
            Count(broken, "blocks", blocks, isView ? "view.blocks" : "message.blocks");
            Unique(broken, "blocks", blocks, "block_id");
        }
        if (isView)
        {
            foreach (var part in (ReadOnlySpan<string>)["title", "submit", "close"])
                Length(broken, part, sent[part]?["text"], "view." + part);
            Length(broken, "callback_id", sent["callback_id"], "view.callback_id");
            Length(broken, "private_metadata", sent["private_metadata"], "view.private_metadata");
            if (System.Text.Encoding.UTF8.GetByteCount(sent.ToJsonString()) > Most["view.bytes"])
                broken.Add("the view is too large");
            if (sent["submit"] is null && sent["blocks"]!.AsArray().Any(block => Type(block) == "input"))
                broken.Add("a view with an input block needs submit");
        }
        else
        {
            Length(broken, "text", sent["text"], "chat.update text");
        }
        Walk(broken, "", sent);
        return broken;
    }

    static void Walk(List<string> broken, string at, JsonNode? node)
    {
        if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
                Walk(broken, $"{at}/{i}", list[i]);
        if (node is not JsonObject part)
            return;
        foreach (var (name, value) in part)
        {
            if (value is null)
                broken.Add($"{at}/{name}: null is refused");
            Walk(broken, $"{at}/{name}", value);
        }
        Length(broken, at + "/block_id", part["block_id"], "block_id");
        Length(broken, at + "/action_id", part["action_id"], "action_id");
        if (part["text"] is JsonValue words && Type(part) is "plain_text" or "mrkdwn" && words.GetValue<string>().Length == 0)
            broken.Add($"{at}: empty text");
        Part(broken, at, part);
        if (part["confirm"] is JsonObject confirm)
        {
            Length(broken, at + "/confirm/title", confirm["title"]?["text"], "confirm.title");
            Length(broken, at + "/confirm/text", confirm["text"]?["text"], "confirm.text");
            Length(broken, at + "/confirm/confirm", confirm["confirm"]?["text"], "confirm.confirm");
            Length(broken, at + "/confirm/deny", confirm["deny"]?["text"], "confirm.deny");
        }
        if (part["placeholder"] is JsonObject placeholder)
            Length(broken, at + "/placeholder", placeholder["text"], "placeholder");
        if (part["options"] is JsonArray options)
            Options(broken, at, part, options);
        if (part["option_groups"] is JsonArray groups)
        {
            Count(broken, at, groups, "select.option_groups");
            foreach (var group in groups)
                Length(broken, at + "/option_groups", group!["label"]?["text"], "option_group.label");
        }
    }

    static void Part(List<string> broken, string at, JsonObject part)
    {
        switch (Type(part))
        {
            case "header":
                Length(broken, at, part["text"]!["text"], "header.text");
                Is(broken, at, part["text"], "plain_text");
                break;
            case "section":
                Length(broken, at, part["text"]?["text"], "section.text");
                if (part["fields"] is JsonArray fields)
                {
                    Count(broken, at, fields, "section.fields");
                    foreach (var field in fields)
                        Length(broken, at, field!["text"], "section.fields[].text");
                }
                break;
            case "context":
                Count(broken, at, part["elements"]!.AsArray(), "context.elements");
                foreach (var element in part["elements"]!.AsArray())
                    Length(broken, at, element!["text"], "section.text");
                break;
            case "actions":
                Count(broken, at, part["elements"]!.AsArray(), "actions.elements");
                Unique(broken, at, part["elements"]!.AsArray(), "action_id");
                break;
            case "button":
                Is(broken, at, part["text"], "plain_text");
                Length(broken, at, part["text"]!["text"], "button.text");
                Length(broken, at, part["value"], "button.value");
                Length(broken, at, part["url"], "button.url");
                break;
            case "input":
                Length(broken, at, part["label"]!["text"], "input.label");
                Length(broken, at, part["hint"]?["text"], "input.hint");
                break;
            case "plain_text_input":
                if (part["max_length"] is { } most && most.GetValue<int>() > Most["plain_text_input.max_length"])
                    broken.Add($"{at}/max_length: over the limit");
                if (part["initial_value"] is { } initial && initial.GetValue<string>().Length > (part["max_length"]?.GetValue<int>() ?? Most["plain_text_input.max_length"]))
                    broken.Add($"{at}/initial_value: longer than may be typed");
                break;
        }
    }

    static void Options(List<string> broken, string at, JsonObject part, JsonArray options)
    {
        Count(broken, at, options, Type(part) switch
        {
            "checkboxes" => "checkboxes.options",
            "radio_buttons" => "radio_buttons.options",
            "overflow" => "overflow.options",
            _ => "select.options",
        });
        foreach (var option in options)
        {
            Length(broken, at + "/options", option!["text"]?["text"], "option.text");
            Length(broken, at + "/options", option["description"]?["text"], "option.description");
            // The sources differ: the lower of the two is always taken.
            if (option["value"]?.GetValue<string>() is { Length: > 75 })
                broken.Add($"{at}/options: a value over 75");
        }
        Unique(broken, at + "/options", options, "value");
    }

    static void Is(List<string> broken, string at, JsonNode? text, string type)
    {
        if (Type(text) != type)
            broken.Add($"{at}: must be {type}");
    }

    static void Length(List<string> broken, string at, JsonNode? text, string limit)
    {
        if (text is JsonValue value && value.GetValue<string>().Length > Most[limit])
            broken.Add($"{at}: {value.GetValue<string>().Length} is over {limit} ({Most[limit]})");
    }

    static void Count(List<string> broken, string at, JsonArray items, string limit)
    {
        if (items.Count > Most[limit])
            broken.Add($"{at}: {items.Count} items are over {limit} ({Most[limit]})");
    }

    static void Unique(List<string> broken, string at, JsonArray items, string id)
    {
        foreach (var twice in items.Select(item => item?[id]?.GetValue<string>()).OfType<string>().GroupBy(value => value).Where(group => group.Count() > 1))
            broken.Add($"{at}: the {id} {twice.Key} is there twice");
    }

    static string? Type(JsonNode? node) => (node as JsonObject)?["type"] is JsonValue type && type.TryGetValue<string>(out var name) ? name : null;

    static Dictionary<string, int> Read()
    {
        var file = Path.Combine(Repository.Root, "tests", "BotDispatch.Tests", "Adapters", "Slack", "Fixtures", "schema", "limits.json");
        return JsonNode.Parse(File.ReadAllText(file))!["limits"]!.AsArray().ToDictionary(row => row!["what"]!.GetValue<string>(), row => row!["max"]!.GetValue<int>());
    }
}
