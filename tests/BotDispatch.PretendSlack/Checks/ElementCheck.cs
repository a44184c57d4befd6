using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>Refuses the parts of blocks that Slack would refuse: texts, buttons, selects and fields.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/block-elements</remarks>
internal sealed class ElementCheck(Findings findings)
{
    static readonly string[] ConfirmProperties = ["title", "text", "confirm", "deny", "style"];
    static readonly string[] OptionProperties = ["text", "value", "description", "url"];

    /// <summary>The list of that name, which must be there.</summary>
    public JsonArray? List(JsonObject owner, string name, string at)
    {
        if (owner[name] is JsonArray list) return list;
        findings.Add($"missing required field: {name}", at);
        return null;
    }

    public void Text(JsonNode? text, int most, string at, bool isRequired = false, bool isPlain = false)
    {
        if (text is null)
        {
            if (isRequired) findings.Add("missing required field: " + at[(at.LastIndexOf('/') + 1)..], at[..at.LastIndexOf('/')]);
            return;
        }
        var type = text.Word("type");
        if (text is not JsonObject made || type is not ("plain_text" or "mrkdwn"))
        {
            findings.Add("must be a valid text object", at);
            return;
        }
        if (isPlain && type != "plain_text") findings.Add("must be a plain_text object", at + "/type");
        findings.Only(made, type == "plain_text" ? ["text", "emoji"] : ["text", "verbatim"], at);
        findings.Length(made["text"], most, at + "/text", isRequired: true);
    }

    public void Image(JsonObject image, string at)
    {
        if (image["image_url"] is null == image["slack_file"] is null) findings.Add("must provide exactly one of image_url and slack_file", at);
        findings.Length(image["image_url"], Limits.Of("image.image_url"), at + "/image_url");
        findings.Length(image["alt_text"], Limits.Of("image.alt_text"), at + "/alt_text", isRequired: true);
        Text(image["title"], Limits.Of("image.title"), at + "/title", isPlain: true);
    }

    public void One(JsonNode? node, string at, Func<string, bool> mayStandHere)
    {
        var type = node.Word("type") ?? "";
        if (node is not JsonObject element || !mayStandHere(type))
        {
            findings.Add($"unsupported type: {type}", at + "/type");
            return;
        }
        findings.Only(element, Shapes.Elements[type], at);
        findings.Length(element["action_id"], Limits.Of("action_id"), at + "/action_id");
        Text(element["placeholder"], Limits.Of("placeholder"), at + "/placeholder", isPlain: true);
        Confirm(element["confirm"], at + "/confirm");
        if (type == "button") Button(element, at);
        else if (type == "image") Image(element, at);
        else if (type is "plain_text_input") Typing(element, at);
        else if (element.ContainsKey("options") || element.ContainsKey("option_groups") || type is "overflow" or "checkboxes" or "radio_buttons" or "static_select" or "multi_static_select")
            Choices(element, type, at);
        foreach (var (option, i) in Initial(element)) Option(option, $"{at}/initial_options/{i}", type);
    }

    void Button(JsonObject button, string at)
    {
        Text(button["text"], Limits.Of("button.text"), at + "/text", isRequired: true, isPlain: true);
        findings.Length(button["value"], Limits.Of("button.value"), at + "/value");
        findings.Length(button["url"], Limits.Of("button.url"), at + "/url");
        findings.Length(button["accessibility_label"], Limits.Of("button.accessibility_label"), at + "/accessibility_label");
        if (button.Word("style") is { } style and not ("primary" or "danger")) findings.Add($"invalid style: {style}", at + "/style");
    }

    void Typing(JsonObject input, string at)
    {
        var most = Limits.Of("plain_text_input.max_length");
        foreach (var name in (ReadOnlySpan<string>)["min_length", "max_length"])
            if (input[name] is { } length && ((int)length < 0 || (int)length > most)) findings.Add($"must be between 0 and {most}", $"{at}/{name}");
        findings.Length(input["initial_value"], (int?)input["max_length"] ?? most, at + "/initial_value");
    }

    void Confirm(JsonNode? confirm, string at)
    {
        if (confirm is not JsonObject asked) return;
        findings.Only(asked, ConfirmProperties, at);
        foreach (var part in (ReadOnlySpan<string>)["title", "text", "confirm", "deny"])
            Text(asked[part], Limits.Of("confirm." + part), $"{at}/{part}", isRequired: true, isPlain: part != "text");
    }

    void Choices(JsonObject element, string type, string at)
    {
        if (element["option_groups"] is JsonArray groups)
        {
            findings.Count(groups, Limits.Of("select.option_groups"), at + "/option_groups");
            for (var i = 0; i < groups.Count; i++)
            {
                Text(groups[i]?["label"], Limits.Of("option_group.label"), $"{at}/option_groups/{i}/label", isRequired: true, isPlain: true);
                if (groups[i]?["options"] is JsonArray inside) Options(inside, Limits.Of("option_group.options"), $"{at}/option_groups/{i}/options", type);
            }
        }
        else if (List(element, "options", at) is { } options)
            Options(options, Limits.Of(type is "checkboxes" or "radio_buttons" or "overflow" ? type + ".options" : "select.options"), at + "/options", type);
        foreach (var (option, i) in Initial(element))
            if (!AllOptions(element).Any(each => JsonNode.DeepEquals(each, option))) findings.Add("must be one of the provided options", $"{at}/initial_options/{i}");
    }

    /// <summary>Checks what a select was given to choose from.</summary>
    public void Options(JsonArray options, int most, string at, string type)
    {
        findings.Count(options, most, at);
        for (var i = 0; i < options.Count; i++) Option(options[i], $"{at}/{i}", type);
    }

    void Option(JsonNode? node, string at, string type)
    {
        if (node is not JsonObject option)
        {
            findings.Add("must be an object", at);
            return;
        }
        findings.Only(option, OptionProperties, at);
        var isPlain = type is not ("checkboxes" or "radio_buttons");
        Text(option["text"], Limits.Of("option.text"), at + "/text", isRequired: true, isPlain);
        Text(option["description"], Limits.Of("option.description"), at + "/description", isPlain: isPlain);
        // Sources differ between 75 and 150: what is sent must be good for either.
        findings.Length(option["value"], Math.Min(75, Limits.Of("option.value")), at + "/value", isRequired: true);
    }

    /// <summary>Every choice of a select, whether in groups or not.</summary>
    public static IEnumerable<JsonNode> AllOptions(JsonObject element) =>
        (element["options"] as JsonArray ?? []).Concat((element["option_groups"] as JsonArray ?? []).SelectMany(group => group?["options"] as JsonArray ?? [])).OfType<JsonNode>();

    static IEnumerable<(JsonNode? Option, int Index)> Initial(JsonObject element) =>
        (element["initial_options"] as JsonArray ?? (element["initial_option"] is { } one ? [one.DeepClone()] : [])).Select((option, i) => (option, i));
}
