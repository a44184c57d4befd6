using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>A dialog or a Home tab as one person sees it, with what is filled in.</summary>
public sealed class OpenView
{
    readonly Dictionary<(string Block, string Action), JsonObject> values = [];

    internal OpenView(Workspace team, string user, string id, JsonObject content, OpenView? below)
    {
        (Team, User, Id, Below) = (team, user, id, below);
        Show(content);
    }

    public string Id { get; }

    public Workspace Team { get; }

    public string User { get; }

    /// <summary>The one it was pushed upon.</summary>
    public OpenView? Below { get; }

    public OpenView Root => Below?.Root ?? this;

    public string Hash { get; private set; } = "";

    /// <summary>What the app sent.</summary>
    public JsonObject Content { get; private set; } = [];

    public bool IsOpen { get; internal set; } = true;

    /// <summary>How often the app rewrote it.</summary>
    public int Updates { get; private set; }

    /// <summary>What stands at its fields as wrong, by block id.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; internal set; } = new Dictionary<string, string>();

    public string Title => Content["title"].Word("text") ?? "";

    public string CallbackId => Content.Word("callback_id") ?? "";

    public JsonArray Blocks => Content["blocks"]!.AsArray();

    public string Words => string.Join('\n', Elements.Words(Blocks));

    public IReadOnlyList<string> Buttons => [.. Elements.Find(Blocks, "button").Select(each => Elements.Label(each.Element))];

    internal bool IsHome => Content.Word("type") == "home";

    internal bool TellsClosing => Content.Flag("notify_on_close");

    /// <summary>What is filled in there, as text: typed words, or the values chosen, with commas between.</summary>
    public string Filled(string blockId)
    {
        var (_, element) = Element(blockId);
        var value = values.GetValueOrDefault((blockId, element.Word("action_id")!));
        return value.Word("value") ?? string.Join(',', FieldState.Chosen(value).Select(each => each.Word("value") ?? (string?)each ?? ""));
    }

    public override string ToString() => $"{Title}: {Words}";

    /// <summary>The one element that can be filled in at that block.</summary>
    internal (string Block, JsonObject Element) Element(string blockId) =>
        Elements.All(Blocks).FirstOrDefault(each => each.Block == blockId && FieldState.IsField(each.Element)) is { Element: not null } found
            ? found
            : throw new InvalidOperationException($"there is no field {blockId} in '{Title}', but {string.Join(", ", Elements.All(Blocks).Select(each => each.Block).Distinct())}");

    internal JsonObject? this[string block, string action]
    {
        get => values.GetValueOrDefault((block, action));
        set => values[(block, action)] = value!;
    }

    /// <summary>
    /// Becomes that. What was filled in stays where block id and action id stay, and then new initial values change nothing; elsewhere initial values are taken.
    /// </summary>
    /// <remarks>https://docs.slack.dev/surfaces/modals and https://github.com/slackapi/bolt-python/issues/572</remarks>
    internal void Show(JsonObject content)
    {
        if (Hash.Length > 0) Updates++;
        Content = (JsonObject)content.DeepClone();
        Elements.NameAll(Blocks, Team.Ids);
        var before = values.ToDictionary();
        values.Clear();
        foreach (var (block, element) in Elements.All(Blocks).Where(each => FieldState.IsField(each.Element)))
        {
            var key = (block, element.Word("action_id")!);
            values[key] = before.TryGetValue(key, out var kept) && kept.Word("type") == element.Word("type") ? kept : FieldState.Initial(element);
        }
        Hash = $"{Team.Ids.Ts()}.{Team.Ids.Next("h")}";
        Errors = new Dictionary<string, string>();
    }

    /// <summary>As Slack sends and answers it.</summary>
    internal JsonObject ToJson(bool withState = true)
    {
        var made = new JsonObject
        {
            ["id"] = Id,
            ["team_id"] = Team.Id,
            ["type"] = Content.Word("type"),
            ["blocks"] = Blocks.DeepClone(),
            ["private_metadata"] = Content.Word("private_metadata") ?? "",
            ["callback_id"] = CallbackId,
            ["hash"] = Hash,
            ["title"] = Content["title"]?.DeepClone(),
            ["clear_on_close"] = Content.Flag("clear_on_close"),
            ["notify_on_close"] = TellsClosing,
            ["close"] = Content["close"]?.DeepClone(),
            ["submit"] = Content["submit"]?.DeepClone(),
            ["previous_view_id"] = Below?.Id,
            ["root_view_id"] = Root.Id,
            ["app_id"] = Team.AppId,
            ["external_id"] = Content.Word("external_id") ?? "",
            ["app_installed_team_id"] = Team.Id,
            ["bot_id"] = Team.BotId,
        };
        if (withState) made["state"] = new JsonObject { ["values"] = State() };
        return made;
    }

    JsonObject State()
    {
        var made = new JsonObject();
        foreach (var ((block, action), value) in values)
        {
            if (made[block] is not JsonObject inBlock) made[block] = inBlock = [];
            inBlock[action] = value.DeepClone();
        }
        return made;
    }
}
