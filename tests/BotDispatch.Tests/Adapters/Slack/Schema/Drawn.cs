using System.Text.Json.Nodes;
using BotDispatch.Slack.Drawing;
using BotDispatch.Tests.Adapters.Slack.Drawing;
using BotDispatch.Tests.Adapters.Slack.Handlers;

namespace BotDispatch.Tests.Adapters.Slack.Schema;

/// <summary>Something drawn for Slack, with the schema that it has to fit.</summary>
internal sealed record Drawn(string Name, string Schema, JsonNode Value)
{
    /// <summary>Every card, reply, dialog, notice and Home of the tests, and those of the pictures.</summary>
    public static IReadOnlyList<Drawn> All { get; } =
    [
        .. Drawings.All.Select(drawing => new Drawn(drawing.Name, "message-blocks", drawing.Message.Blocks.AsNode())),
        .. SlackViews.Messages.Select(message => new Drawn($"private message, {message.Key}", "message-blocks", message.Value["blocks"]!)),
        .. SlackViews.All.Select(view => Of(view.Key, view.Value)),
        .. Pictured.Thread.Select((post, index) => new Drawn($"pictured post {index}", "message-blocks", post.Message.Blocks.AsNode())),
        Of("pictured dialog", Pictured.Dialog),
        Of("pictured home", Pictured.Home),
        .. PicturedSchedule.All.Select(each => Of($"home, {each.Name} schedule",
            HomeView.Of(new([], []) { Schedule = each.Week }, [], new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)).AsObject())),
    ];

    static Drawn Of(string name, JsonObject view) => new(name, $"{(string)view["type"]!}-view", view);
}
