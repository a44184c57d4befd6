using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.Checks;

/// <summary>What is wrong with something that was sent, in Slack's words and with the place as a JSON pointer.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/views.open</remarks>
internal sealed class Findings
{
    readonly List<string> all = [];

    public IReadOnlyList<string> All => all;

    public bool Any => all.Count > 0;

    public void Add(string what, string at) => all.Add($"{what} [json-pointer:{at}]");

    /// <summary>A text that must be there, and not be longer than that.</summary>
    public void Length(JsonNode? text, int most, string at, bool isRequired = false)
    {
        if (text is null)
        {
            if (isRequired) Add("missing required field: " + at[(at.LastIndexOf('/') + 1)..], at[..at.LastIndexOf('/')]);
            return;
        }
        if (text.GetValueKind() != System.Text.Json.JsonValueKind.String) Add("must be a string", at);
        else if ((string)text! is { Length: 0 } && isRequired) Add("must be more than 0 characters", at);
        else if (((string)text!).Length > most) Add($"must be less than {most + 1} characters", at);
    }

    public void Count(JsonArray items, int most, string at, int least = 1)
    {
        if (items.Count > most) Add($"no more than {most} items allowed", at);
        if (items.Count < least) Add($"must provide at least {least} items", at);
    }

    /// <summary>Slack takes no property that is null, anywhere.</summary>
    public void NoNulls(JsonNode? node, string at)
    {
        if (node is null) Add("must not be null", at);
        else if (node is JsonObject made) foreach (var (name, value) in made) NoNulls(value, $"{at}/{name}");
        else if (node is JsonArray list) for (var i = 0; i < list.Count; i++) NoNulls(list[i], $"{at}/{i}");
    }

    /// <summary>No property but these.</summary>
    public void Only(JsonObject made, IReadOnlyCollection<string> known, string at)
    {
        foreach (var (name, _) in made)
            if (name != "type" && !known.Contains(name)) Add($"invalid additional property: {name}", at);
    }
}
