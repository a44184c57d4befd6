using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>Draws text in the place of a dialog, with buttons to go on.</summary>
internal static class NoticeDialog
{
    const int Most = 8000;

    /// <summary>Draws the text and one button for each way to go on.</summary>
    public static JsonObject Of(Surface surface, string text, params IEnumerable<(string Title, JsonObject Data)> ways) =>
        DialogParts.Card(DialogParts.Lines(text, Most), ways.Select(way => DialogParts.Button(surface, way.Title, way.Data)));
}
