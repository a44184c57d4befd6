using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Pretend;

/// <summary>An independent emulator was asked the same in the same order: what it says, this one says.</summary>
public sealed class EmulatorTests
{
    // Where the emulator is known to differ from Slack's own pages.
    static readonly Dictionary<string, string> BetterKnown = new()
    {
        ["chat.update.text_only_drops_blocks"] = "it tells who replied",
        ["chat.postMessage.thread_unknown_parent"] = "what Slack does is unknown: a switch says",
        ["chat.postMessage.51_blocks"] = "Slack refuses more than fifty",
        ["auth.bad_token"] = "Slack says invalid_auth",
        ["files.uploadV2"] = "not played here",
        ["users.getPresence"] = "not played here",
        ["reactions.add"] = "not played here",
        ["reactions.add.twice"] = "not played here",
    };

    [Fact]
    public async Task Every_exchange_of_the_emulator_is_answered_with_the_same_outcome_and_the_same_fields()
    {
        await using var scene = await Scene.StartAsync();
        scene.Slack.Disorder.PostsPerSecondPerChannel = 0;
        var team = scene.Slack.AddWorkspace("T000000001", "Emulated", "xoxb-emulated");
        team.AddPerson("U000000001", "admin", "Admin User");
        team.AddPerson("UB2645CD63", "dispatcher", "Dana Dispatcher").Email = "dana@example.com";
        team.AddChannel("C000000001", "general").With("U000000001", "UB2645CD63");
        team.DirectWith("U000000001");
        team.Scopes.UnionWith(["channels:history", "groups:history"]);
        var (ours, wrong) = (new Dictionary<string, string>(), new List<string>());

        foreach (var (name, exchanges) in Scene.Fixture("emulator/exchanges.json")["exchanges"]!.AsObject())
        {
            if (name.StartsWith("unimplemented.", StringComparison.Ordinal) || BetterKnown.GetValueOrDefault(name) == "not played here") continue;
            var exchange = exchanges![0]!;
            var form = exchange["form"]!.AsObject().Select(each => (each.Key, (object?)ours.Aggregate((string)each.Value!, (text, known) => text.Replace(known.Key, known.Value, StringComparison.Ordinal)))).ToList();
            if (name.StartsWith("views.open", StringComparison.Ordinal)) await TriggerAsync(scene, name, form, ours);
            var (_, answer) = await scene.SendAsync(((string)exchange["path"]!)["/api/".Length..], name == "auth.bad_token" ? "" : "xoxb-emulated", [.. form]);
            var expected = exchange["response"]!["body"]!.AsObject();
            Learn(expected, answer, ours);
            if (!BetterKnown.ContainsKey(name)) wrong.AddRange(Missing(expected, answer).Select(each => $"{name}: {each}"));
        }

        wrong.ShouldBeEmpty();
    }

    // A trigger is ours to give, and to let grow old.
    static async Task TriggerAsync(Scene scene, string name, List<(string Key, object? Value)> form, Dictionary<string, string> ours)
    {
        if (name is "views.open.bad_trigger" or "views.open.same_trigger") return;
        await scene.Slack.User("U000000001").TypeAsync("/dispatch", scene.Slack.Workspaces[1].Channel("C000000001"));
        var place = form.FindIndex(each => each.Key == "trigger_id");
        var trigger = (string)scene.Arrivals[^1].Payload["trigger_id"]!;
        ours.TryAdd((string)form[place].Value!, trigger);
        form[place] = ("trigger_id", trigger);
        if (name == "views.open.expired_trigger") scene.Clock.Advance(TimeSpan.FromSeconds(4));
    }

    // Names that each of the two makes up for itself.
    static void Learn(JsonObject expected, JsonObject answer, Dictionary<string, string> ours)
    {
        foreach (var (theirs, own) in (ReadOnlySpan<(JsonNode?, JsonNode?)>)[(expected["ts"], answer["ts"]), (expected["view"]?["id"], answer["view"]?["id"]), (expected["view"]?["hash"], answer["view"]?["hash"])])
            if (theirs is not null && own is not null) ours.TryAdd((string)theirs!, (string)own!);
    }

    static IEnumerable<string> Missing(JsonObject expected, JsonObject answer)
    {
        if (expected["ok"]!.ToString() != answer["ok"]?.ToString() || expected["error"]?.ToString() != answer["error"]?.ToString())
            yield return $"expected {expected.ToJsonString()[..40]}, was {answer.ToJsonString()}";
        foreach (var (name, value) in expected)
            if (!answer.ContainsKey(name)) yield return $"no {name}";
            else if (name is "message" or "view")
                foreach (var (inner, _) in value!.AsObject())
                    if (!answer[name]!.AsObject().ContainsKey(inner) && inner != "reply_broadcast") yield return $"no {name}.{inner}";
    }
}
