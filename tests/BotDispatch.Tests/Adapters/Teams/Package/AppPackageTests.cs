using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters.Teams.Handlers;

namespace BotDispatch.Tests.Adapters.Teams.Package;

/// <summary>What is uploaded to Teams is what the product has: commands, ids, titles and pictures.</summary>
public sealed class AppPackageTests
{
    const string Id = "AppId=" + AppPackage.AppId;
    const string Address = "Address=https://bot.example.com";

    public static TheoryData<string> Schemas => [.. AppPackage.Schemas];

    public static TheoryData<string> Commands =>
        [.. AppPackage.Kept["bots"]![0]!["commandLists"]!.AsArray().SelectMany(list => list!["commands"]!.AsArray()).Select(command => (string)command!["title"]!).Distinct()];

    [NodeFact("@microsoft/app-manifest")]
    public async Task Microsofts_own_schema_has_nothing_against_any_of_them()
    {
        foreach (var schema in AppPackage.Schemas)
        {
            using var package = await AppPackage.OfSchemaAsync(schema);
            ((string)package.Manifest["manifestVersion"]!).ShouldBe(schema);
            (await ComplaintsAsync(package.Manifest)).ShouldBeEmpty(schema);
        }
    }

    [NodeFact("@microsoft/app-manifest")]
    public async Task The_schemas_complain_about_what_they_do_not_know()
    {
        using var package = await AppPackage.OfSchemaAsync("1.29");
        foreach (var (older, unknown) in ((string, string)[])[("1.28", "supportsTargetedMessages"), ("1.24", "supportsChannelFeatures")])
        {
            var manifest = package.Manifest;
            manifest["$schema"] = ((string)manifest["$schema"]!).Replace("1.29", older);
            (await ComplaintsAsync(manifest)).ShouldContain(complaint => complaint.Contains(unknown));
        }
    }

    [Theory, MemberData(nameof(Schemas))]
    public async Task At_its_root_are_the_manifest_and_two_pictures_and_nothing_else(string schema)
    {
        using var package = await AppPackage.OfSchemaAsync(schema);
        package.Names.Order().ShouldBe(["color.png", "manifest.json", "outline.png"]);
        package.Manifest["icons"]!.ToJsonString().ShouldBe("""{"color":"color.png","outline":"outline.png"}""");
    }

    [Theory, MemberData(nameof(Schemas))]
    public async Task Nothing_is_left_to_fill_in(string schema)
    {
        var (built, printed) = await AppPackage.BuildAsync(
            "AppId=ABCDEF12-2222-4333-8444-555555555555", "Address=https://bot.example.com:8443/", "Website=https://www.example.com/who?a=b&c=d", "AppVersion=1.2.3", $"Schema={schema}");
        using var package = built.ShouldNotBeNull(printed);
        var manifest = package.Manifest;
        manifest.ToJsonString().ShouldNotContain("YOUR-");
        ((string)manifest["version"]!).ShouldBe("1.2.3");
        ((string[])[(string)manifest["id"]!, (string)manifest["bots"]![0]!["botId"]!, (string)manifest["composeExtensions"]![0]!["botId"]!])
            .ShouldAllBe(id => id == "abcdef12-2222-4333-8444-555555555555");
        manifest["validDomains"]!.ToJsonString().ShouldBe("""["bot.example.com:8443"]""");
        ((string)manifest["developer"]!["privacyUrl"]!).ShouldBe("https://www.example.com/who?a=b&c=d");
        printed.ShouldContain("The app package is ");
        printed.ShouldContain("https://bot.example.com:8443/api/messages");
    }

    [Fact]
    public async Task Older_schemas_are_the_same_without_what_they_do_not_know()
    {
        using var newest = await AppPackage.OfSchemaAsync("1.29");
        foreach (var (schema, unknown) in ((string, string[])[])[("1.25", ["supportsTargetedMessages", "triggers"]), ("1.19", ["supportsTargetedMessages", "triggers", "supportsChannelFeatures"])])
        {
            using var older = await AppPackage.OfSchemaAsync(schema);
            Without(newest.Manifest, [.. unknown, "$schema", "manifestVersion"])!.ToJsonString().ShouldBe(Without(older.Manifest, ["$schema", "manifestVersion"])!.ToJsonString());
            unknown.ShouldAllBe(name => !older.Manifest.ToJsonString().Contains(name));
        }
    }

    [Theory]
    [InlineData("AppId is missing")]
    [InlineData("Address is missing", Id)]
    [InlineData("AppId must be", "AppId=botdispatch", Address)]
    [InlineData("AppId must be", "AppId=00000000-0000-0000-0000-000000000000", Address)]
    [InlineData("Address must be https and a host", Id, "Address=http://bot.example.com")]
    [InlineData("Address must be https and a host", Id, "Address=bot.example.com")]
    [InlineData("Address must be https and a host", Id, "Address=https://bot.example.com/api/messages")]
    [InlineData("Address must be https and a host", Id, "Address=https://a@bot.example.com")]
    [InlineData("Website must be", Id, Address, "Website=http://www.example.com")]
    [InlineData("AppVersion must be", Id, Address, "AppVersion=2")]
    [InlineData("Schema must be 1.29", Id, Address, "Schema=1.28")]
    public async Task What_is_wrong_is_said_and_nothing_is_built(string said, params string[] properties)
    {
        var (package, printed) = await AppPackage.BuildAsync(properties);
        package.ShouldBeNull();
        printed.ShouldContain("error : " + said);
    }

    [Fact]
    public async Task The_colour_picture_is_filled_to_its_edges()
    {
        using var package = await AppPackage.OfSchemaAsync("1.29");
        var picture = Png.Read(package.Bytes("color.png"));
        (picture.Width, picture.Height).ShouldBe((192, 192));
        picture.Pixels.ShouldAllBe(pixel => pixel.Alpha == 255);
        var edge = picture.Pixels[0];
        $"#{edge.Red:x2}{edge.Green:x2}{edge.Blue:x2}".ShouldBe((string)package.Manifest["accentColor"]!);
        picture.Pixels.Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task The_outline_is_white_and_nothing_else()
    {
        using var package = await AppPackage.OfSchemaAsync("1.29");
        var picture = Png.Read(package.Bytes("outline.png"));
        (picture.Width, picture.Height).ShouldBe((32, 32));
        picture.Pixels.Where(pixel => pixel.Alpha > 0).ShouldAllBe(pixel => pixel.Red == 255 && pixel.Green == 255 && pixel.Blue == 255);
        picture.Pixels.ShouldContain(pixel => pixel.Alpha == 255);
        picture.Pixels[0].Alpha.ShouldBe((byte)0);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Every_command_of_the_menus_is_understood_as_it_is_inserted(string title)
    {
        foreach (var inserted in (string[])[title, "/" + title, title + " ", title.ToUpperInvariant()])
            (CommandGrammar.Parse(CommandText.Of(inserted)) is ChatCommand.Open).ShouldBeFalse(inserted);
        // "oncall" may ask for a list that is called INC-1042. Nothing is, so those words are handled like any others.
        (CommandGrammar.Parse(CommandText.Of(title + " INC-1042")) is ChatCommand.Open or ChatCommand.Schedule { Otherwise: ChatCommand.Open })
            .ShouldBe(title is not ("status" or "cancel" or "done" or "skip" or "take" or "also"));
    }

    [Fact]
    public void The_menus_have_the_ten_commands_that_are_wanted_most_and_the_same_everywhere()
    {
        // Teams takes ten commands in a menu; what is least often wanted is typed.
        string[] all = ["dispatch", .. CommandCompletion.Subcommands.Select(each => each.Text).Except(["redispatch", "history", "schedule", "away", "back", "cover"])];
        all.Length.ShouldBe(10);
        foreach (var list in AppPackage.Kept["bots"]![0]!["commandLists"]!.AsArray())
            list!["commands"]!.AsArray().Select(command => (string)command!["title"]!).ShouldBe(all);
    }

    [Fact]
    public async Task The_message_extension_opens_what_it_says()
    {
        var commands = AppPackage.Kept["composeExtensions"]![0]!["commands"]!.AsArray().ToDictionary(command => (string)command!["id"]!, command => command!.AsObject());
        commands.Keys.ShouldBe([InvokeReader.MessageCommand, "dispatchCompose"]);
        await using var organisation = await Organisation.FoundedAsync();

        var asked = (await organisation.Compose("dispatchCompose")).ShouldBeOfType<TeamsReply.Dialog>();
        asked.Title.ShouldBe((string)commands["dispatchCompose"]["title"]!);
        Organisation.All(asked.Card.AsObject()).ShouldContain(part => (string?)part["id"] == DialogData.WhatField);

        var chosen = new ChosenMessage(new("19:aa@thread.tacv2", "1", "1"), "Ann", "Lift 2 is stuck", null);
        var opened = (await organisation.Compose(InvokeReader.MessageCommand, chosen)).ShouldBeOfType<TeamsReply.Dialog>();
        Organisation.Words(opened.Card.AsObject()).ShouldContain("Lift 2 is stuck");
    }

    static async Task<List<string>> ComplaintsAsync(JsonObject manifest) =>
        [.. JsonNode.Parse((await NodePackages.AskAsync("check-manifest.mjs", [manifest.ToJsonString()]))[0])!.AsArray().Select(complaint => (string)complaint!)];

    static JsonNode? Without(JsonNode? node, string[] names) => node switch
    {
        JsonObject it => new JsonObject(it.Where(each => !names.Contains(each.Key)).Select(each => KeyValuePair.Create(each.Key, Without(each.Value, names)))),
        JsonArray list => new JsonArray([.. list.Select(each => Without(each, names))]),
        _ => node?.DeepClone(),
    };
}
