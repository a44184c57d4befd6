using System.Text.Json.Nodes;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>What we draw and ship, held against the shapes of Slack's own types by a validator that is not ours.</summary>
/// <remarks>The schemas of blocks and views are made of @slack/types 3.2.0; that of manifests is https://github.com/slackapi/manifest-schema.</remarks>
public sealed class SchemaTests
{
    [NodeFact("ajv")]
    public async Task Every_drawing_has_the_shape_of_Slacks_types()
    {
        Drawn.All.Count.ShouldBeGreaterThan(50);
        (await BrokenAsync(Drawn.All)).ShouldBeEmpty();
    }

    [NodeFact("ajv")]
    public async Task Both_manifests_have_the_shape_that_Slack_takes() =>
        (await BrokenAsync([.. Manifest.Names.Select(name => new Drawn(name, "app-manifest.2.0.0", Manifest.Read(name)))])).ShouldBeEmpty();

    // Otherwise the two above would say nothing.
    [NodeFact("ajv")]
    public async Task The_schema_refuses_what_Slack_would_refuse()
    {
        Drawn[] spoiled = [.. Drawn.All.SelectMany(Spoiled), .. Manifest.Names.SelectMany(name => Spoiled(new(name, "app-manifest.2.0.0", Manifest.Read(name))))];
        var broken = await BrokenAsync(spoiled);
        spoiled.Select(each => each.Name).Except(broken.Select(each => each.Name)).ShouldBeEmpty();
        spoiled.Length.ShouldBeGreaterThan(100);
    }

    /// <summary>The same with one fault each.</summary>
    static IEnumerable<Drawn> Spoiled(Drawn sound)
    {
        if (sound.Value is JsonArray)
        {
            yield return With("a type that is none", copy => copy[0]!["type"] = "sections");
            yield return With("a property that is none", copy => copy[0]!["colour"] = "red");
            yield return With("a block without its words", copy => copy.AsArray().Add(new JsonObject { ["type"] = "header" }));
        }
        else if (sound.Schema.EndsWith("-view", StringComparison.Ordinal))
        {
            yield return With("no blocks", copy => copy.AsObject().Remove("blocks"));
            yield return With("null", copy => copy["callback_id"] = null);
            yield return With("a block of messages' words", copy => copy["blocks"]!.AsArray().Insert(0, new JsonObject { ["type"] = "section", ["text"] = "words" }));
        }
        else
        {
            yield return With("an unknown setting", copy => copy["settings"]!["webhooks"] = true);
            yield return With("no name", copy => copy["display_information"]!.AsObject().Remove("name"));
            yield return With("a long name", copy => copy["display_information"]!["name"] = new string('x', 36));
        }

        Drawn With(string fault, Action<JsonNode> spoil)
        {
            var copy = sound.Value.DeepClone();
            spoil(copy);
            return new($"{sound.Name}: {fault}", sound.Schema, copy);
        }
    }

    static async Task<IReadOnlyList<(string Name, string Errors)>> BrokenAsync(IReadOnlyList<Drawn> drawn)
    {
        var lines = drawn.Select(each => new JsonObject { ["schema"] = each.Schema, ["value"] = each.Value.DeepClone() }.ToJsonString());
        var verdicts = (await NodePackages.AskAsync("check-blocks.mjs", [.. lines])).Select(line => JsonNode.Parse(line)!);
        return [.. drawn.Zip(verdicts).Where(each => !(bool)each.Second["valid"]!).Select(each => (each.First.Name, each.Second["errors"]!.ToJsonString()))];
    }
}
