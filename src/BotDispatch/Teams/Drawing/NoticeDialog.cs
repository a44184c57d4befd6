using System.Text.Json.Nodes;

namespace BotDispatch.Teams.Drawing;

/// <summary>Words in the place of a dialog, and what can be pressed then.</summary>
internal static class NoticeDialog
{
    const int Most = 8000;

    /// <summary>The words, and a button for each way on.</summary>
    public static JsonObject Of(Surface surface, string text, params IEnumerable<(string Title, JsonObject Data)> ways) =>
        DialogParts.Card(DialogParts.Lines(text, Most), ways.Select(way => DialogParts.Button(surface, way.Title, way.Data)));
}
