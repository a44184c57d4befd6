using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>What is entered at Slack is what the product has: addresses, scopes, shortcuts and events.</summary>
public sealed class ManifestTests
{
    /// <summary>Lengths and counts, by path; a star is each item.</summary>
    /// <remarks>https://docs.slack.dev/reference/app-manifest</remarks>
    static readonly (string Path, int Most)[] Limits =
    [
        ("display_information/name", 35), ("display_information/description", 140), ("display_information/long_description", 4000), ("features/bot_user/display_name", 80),
        ("features/slash_commands", 50), ("features/slash_commands/*/command", 32), ("features/slash_commands/*/description", 2000), ("features/slash_commands/*/usage_hint", 1000),
        ("features/shortcuts", 10), ("features/shortcuts/*/name", 24), ("features/shortcuts/*/description", 150), ("features/shortcuts/*/callback_id", 255),
        ("oauth_config/scopes/bot", 255), ("oauth_config/scopes/bot_optional", 255), ("settings/event_subscriptions/bot_events", 100),
    ];

    public static TheoryData<string> Names => [.. Manifest.Names];

    [Fact]
    public async Task Every_address_is_one_that_we_map()
    {
        var addresses = Values(Manifest.Read(Manifest.Http)).Where(words => words.Contains("://", StringComparison.Ordinal)).ToList();
        addresses.ShouldAllBe(address => address.StartsWith("https://YOUR-ADDRESS/", StringComparison.Ordinal));
        var mapped = await MappedAsync();
        mapped.ShouldContain("POST /slack/events");
        foreach (var address in addresses)
        {
            var path = address["https://YOUR-ADDRESS".Length..];
            mapped.ShouldContain($"{(path == InstallFlow.ReturnPath ? "GET" : "POST")} {path}");
        }
        // Each way in once; the page that begins an installation is not Slack's to know.
        addresses.Select(address => address["https://YOUR-ADDRESS".Length..]).Order().ShouldBe(mapped.Select(each => each.Split(' ')[1]).Where(path => path != "/slack/install").Order());
    }

    [Fact]
    public void With_sockets_there_are_no_addresses()
    {
        var manifest = Manifest.Read(Manifest.Sockets);
        Values(manifest).ShouldNotContain(words => words.Contains("://", StringComparison.Ordinal));
        ((bool)manifest["settings"]!["socket_mode_enabled"]!).ShouldBeTrue();
        ((bool)Manifest.Read(Manifest.Http)["settings"]!["socket_mode_enabled"]!).ShouldBeFalse();
    }

    [Fact]
    public void Both_ask_and_offer_the_same()
    {
        var (http, sockets) = (Manifest.Read(Manifest.Http), Manifest.Read(Manifest.Sockets));
        foreach (var part in (string[])["command", "description", "usage_hint", "should_escape"])
            http["features"]!["slash_commands"]![0]![part]!.ToJsonString().ShouldBe(sockets["features"]!["slash_commands"]![0]![part]!.ToJsonString());
        foreach (var part in (string[])["display_information", "features/shortcuts", "features/app_home", "features/bot_user", "oauth_config/scopes", "settings/event_subscriptions/bot_events"])
            At(http, part).Single()!.ToJsonString().ShouldBe(At(sockets, part).Single()!.ToJsonString(), part);
    }

    [Theory, MemberData(nameof(Names))]
    public void The_scopes_are_the_ones_that_an_installation_asks_for(string name)
    {
        var scopes = Manifest.Read(name)["oauth_config"]!["scopes"]!;
        scopes["bot"]!.AsArray().Select(scope => (string)scope!).Order().ShouldBe(SlackScopes.Required.Order());
        scopes["bot_optional"]!.AsArray().Select(scope => (string)scope!).Order().ShouldBe(SlackScopes.Optional.Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void The_shortcuts_are_the_ones_that_the_reader_knows(string name) =>
        Manifest.Read(name)["features"]!["shortcuts"]!.AsArray().Select(shortcut => ((string)shortcut!["type"]!, (string)shortcut["callback_id"]!))
            .ShouldBe([("message", InteractionReader.MessageShortcut), ("global", InteractionReader.AnywhereShortcut)], ignoreOrder: true);

    // Without them the reader would find names where it looks for ids.
    [Theory, MemberData(nameof(Names))]
    public void Mentions_in_the_command_come_as_ids(string name) =>
        ((bool)Manifest.Read(name)["features"]!["slash_commands"]![0]!["should_escape"]!).ShouldBeTrue();

    [Theory, MemberData(nameof(Names))]
    public void No_words_are_longer_than_Slack_takes(string name)
    {
        var manifest = Manifest.Read(name);
        foreach (var (path, most) in Limits)
        {
            var parts = At(manifest, path).ToList();
            parts.ShouldNotBeEmpty(path);
            foreach (var part in parts)
                (part is JsonArray list ? list.Count : ((string)part!).Length).ShouldBeInRange(1, most, path);
        }
    }

    static async Task<List<string>> MappedAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection([new("PublicBaseAddress", "https://bot.example"), new("Slack:SigningSecret", "x"), new("Slack:ClientId", "1.2"), new("Slack:ClientSecret", "y")]);
        builder.Services.AddSlack().AddSingleton(TimeProvider.System).AddSingleton(FakeSurfaces<SlackDelivery, SlackReply>.Inbox(TimeProvider.System))
            .AddSingleton<ISurfaces<SlackDelivery, SlackReply>>(new FakeSurfaces<SlackDelivery, SlackReply>(_ => throw new InvalidOperationException("nothing is sent here")));
        await using var app = builder.Build();
        app.MapSlack();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}"))];
    }

    static IEnumerable<JsonNode?> At(JsonNode? node, string path) => path.Split('/').Aggregate(
        (IEnumerable<JsonNode?>)[node], (nodes, step) => step == "*" ? nodes.SelectMany(each => each!.AsArray()) : nodes.Select(each => each![step]));

    static IEnumerable<string> Values(JsonNode? node) => node switch
    {
        JsonObject it => it.SelectMany(property => Values(property.Value)),
        JsonArray list => list.SelectMany(Values),
        JsonValue value when value.TryGetValue<string>(out var words) => [words],
        _ => [],
    };
}
