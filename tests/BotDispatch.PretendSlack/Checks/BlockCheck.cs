using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>Refuses blocks that Slack would refuse.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/blocks</remarks>
internal sealed class BlockCheck(Findings findings, string surface)
{
    readonly ElementCheck elements = new(findings);

    /// <summary>Checks the blocks of a message.</summary>
    public static IReadOnlyList<string> OfMessage(JsonArray blocks)
    {
        var findings = new Findings();
        new BlockCheck(findings, "message").Check(blocks, Limits.Of("message.blocks"), "/blocks");
        return findings.All;
    }

    public void Check(JsonArray blocks, int most, string at)
    {
        findings.Count(blocks, most, at, least: 0);
        findings.NoNulls(blocks, at);
        var ids = new HashSet<string>();
        var markdown = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is not JsonObject block)
            {
                if (blocks[i] is not null) findings.Add("must be an object", $"{at}/{i}");
                continue;
            }
            One(block, $"{at}/{i}");
            if (block.Word("block_id") is { Length: > 0 } id && !ids.Add(id)) findings.Add("block_id already exists", $"{at}/{i}/block_id");
            if (block.Word("type") == "markdown") markdown += block.Word("text")?.Length ?? 0;
        }
        if (markdown > Limits.Of("markdown.text")) findings.Add($"must be less than {Limits.Of("markdown.text") + 1} characters", at);
    }

    void One(JsonObject block, string at)
    {
        var type = block.Word("type") ?? "";
        findings.Length(block["block_id"], Limits.Of("block_id"), at + "/block_id");
        if (Shapes.OtherBlocks.Contains(type)) return;
        if (!Shapes.Blocks.TryGetValue(type, out var known))
        {
            findings.Add($"unsupported type: {type}", at + "/type");
            return;
        }
        findings.Only(block, known, at);
        switch (type)
        {
            case "section": Section(block, at); break;
            case "header": elements.Text(block["text"], Limits.Of("header.text"), at + "/text", isRequired: true, isPlain: true); break;
            case "context": Context(block, at); break;
            case "actions": Actions(block, at); break;
            case "input": Input(block, at); break;
            case "image": elements.Image(block, at); break;
            case "rich_text": elements.List(block, "elements", at); break;
            case "markdown": findings.Length(block["text"], Limits.Of("markdown.text"), at + "/text", isRequired: true); break;
            case "table": Table(block, at); break;
        }
    }

    void Section(JsonObject block, string at)
    {
        if (block["text"] is null && block["fields"] is null) findings.Add("missing required field: text", at);
        elements.Text(block["text"], Limits.Of("section.text"), at + "/text");
        if (block["fields"] is JsonArray fields)
        {
            findings.Count(fields, Limits.Of("section.fields"), at + "/fields");
            for (var i = 0; i < fields.Count; i++) elements.Text(fields[i], Limits.Of("section.fields[].text"), $"{at}/fields/{i}");
        }
        if (block["accessory"] is { } accessory) elements.One(accessory, at + "/accessory", Shapes.MayAccompany);
    }

    void Context(JsonObject block, string at)
    {
        if (elements.List(block, "elements", at) is not { } list) return;
        findings.Count(list, Limits.Of("context.elements"), at + "/elements");
        for (var i = 0; i < list.Count; i++)
            if (list[i].Word("type") is "mrkdwn" or "plain_text") elements.Text(list[i], Limits.Of("section.text"), $"{at}/elements/{i}");
            else elements.One(list[i], $"{at}/elements/{i}", type => type == "image");
    }

    void Actions(JsonObject block, string at)
    {
        if (elements.List(block, "elements", at) is not { } list) return;
        findings.Count(list, Limits.Of("actions.elements"), at + "/elements");
        var ids = new HashSet<string>();
        for (var i = 0; i < list.Count; i++)
        {
            elements.One(list[i], $"{at}/elements/{i}", Shapes.MayAct);
            if (list[i].Word("action_id") is { Length: > 0 } id && !ids.Add(id)) findings.Add("action_id already exists", $"{at}/elements/{i}/action_id");
        }
    }

    void Input(JsonObject block, string at)
    {
        elements.Text(block["label"], Limits.Of("input.label"), at + "/label", isRequired: true, isPlain: true);
        elements.Text(block["hint"], Limits.Of("input.hint"), at + "/hint", isPlain: true);
        if (block["element"] is { } element) elements.One(element, at + "/element", Shapes.MayBeInput);
        else findings.Add("missing required field: element", at);
        if (surface == "home" && block["element"].Word("type") == "file_input") findings.Add("unsupported type: file_input", at + "/element/type");
    }

    void Table(JsonObject block, string at)
    {
        if (surface != "message") findings.Add("unsupported type: table", at + "/type");
        if (elements.List(block, "rows", at) is not { } rows) return;
        findings.Count(rows, Limits.Of("table.rows"), at + "/rows");
        for (var i = 0; i < rows.Count; i++)
            if (rows[i] is JsonArray cells) findings.Count(cells, Limits.Of("table.row.cells"), $"{at}/rows/{i}");
    }
}
