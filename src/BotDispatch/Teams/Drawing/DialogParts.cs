using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Drawing;

/// <summary>The place where a dialog is drawn, which decides how its buttons answer.</summary>
internal enum Surface
{
    /// <summary>A dialog, which the answer replaces.</summary>
    Dialog,
    /// <summary>A card in the conversation, which the answer replaces for the person who pressed only.</summary>
    Card,
    /// <summary>A new message.</summary>
    Message,
}

/// <summary>Writes the parts of dialogs. Foreign text stands in rich text blocks, which read no Markdown and no links.</summary>
/// <remarks>
/// https://adaptivecards.io/explorer/RichTextBlock.html; Teams supports version 1.5:
/// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
/// </remarks>
internal static class DialogParts
{
    /// <summary>The verb of every button that changes a dialog. The button's data holds its intent.</summary>
    public const string Verb = "dispatchDialog";

    const int MostMessage = 1000;

    extension(Utf8JsonWriter json)
    {
        /// <summary>Starts a dialog; its parts follow, and then <see cref="EndDialog"/>.</summary>
        /// <param name="fallbackText">Markdown for clients that cannot show it, with inert foreign text; null for none.</param>
        public void StartDialog(string? fallbackText = null)
        {
            json.WriteStartObject();
            json.WriteString("$schema"u8, "http://adaptivecards.io/schemas/adaptive-card.json"u8);
            json.WriteString("type"u8, "AdaptiveCard"u8);
            json.WriteString("version"u8, "1.5"u8);
            json.WriteIfAny("fallbackText"u8, fallbackText);
            json.WriteStartArray("body"u8);
        }

        /// <summary>Ends what <see cref="StartDialog"/> started.</summary>
        public void EndDialog() => json.EndParts();

        /// <summary>
        /// Starts the buttons at the end of a dialog, in a set, because older clients support Action.Execute only there. They follow, and
        /// then <see cref="CardParts.EndParts"/>.
        /// </summary>
        public void StartLastButtons() => json.StartButtons("Medium");

        /// <summary>Writes each line of a text, which may be foreign. The lines of a list stand close together.</summary>
        public void WriteLines(
            string text, int most, string? colour = null, bool isBold = false, bool isSmall = false, bool isList = false)
        {
            var rest = most;
            foreach (var written in text.Split('\n'))
            {
                if (TeamsText.Inert(written, rest) is not { Length: > 0 } line)
                    continue;
                json.StartLine(rest == most ? isList ? "Small" : "Default" : isList ? "None" : "Small");
                json.WriteRun(line, colour, isBold, isSmall);
                json.EndParts();
                rest -= line.Length;
            }
        }

        /// <summary>A button that sends its data and the values of the fields.</summary>
        public void WriteButton(Surface surface, string title, WriteJson data, bool isMain = false, string? hint = null)
        {
            // Only clients without Action.Execute see a new message; others see the answer in the place of the card.
            if (surface is Surface.Card)
            {
                json.StartPart("Action.Execute"u8);
                json.WriteString("verb"u8, Verb);
            }
            else
                json.StartPart("Action.Submit"u8);
            json.WriteString("title"u8, title);
            json.Write("data"u8, data);
            if (isMain)
                json.WriteString("style"u8, "positive"u8);
            json.WriteIfAny("tooltip"u8, hint);
            json.WriteEndObject();
        }

        /// <summary>A line with a button at its end.</summary>
        public void WriteBeside(WriteJson line, WriteJson button)
        {
            json.StartPart("ColumnSet"u8);
            json.WriteString("spacing"u8, "Small"u8);
            json.WriteStartArray("columns"u8);

            json.StartPart("Column"u8);
            json.WriteString("width"u8, "stretch"u8);
            json.WriteString("verticalContentAlignment"u8, "Center"u8);
            json.WriteStartArray("items"u8);
            line(json);
            json.EndParts();

            json.StartPart("Column"u8);
            json.WriteString("width"u8, "auto"u8);
            json.WriteStartArray("items"u8);
            json.StartButtons();
            button(json);
            json.EndParts();
            json.EndParts();

            json.EndParts();
        }

        /// <summary>A button that opens the dialog of this request, which must be protected.</summary>
        /// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
        public void WriteOpener(string title, string request)
        {
            json.StartAction("Action.Submit"u8, title);
            json.WriteString("style"u8, "positive"u8);
            json.WriteStartObject("data"u8);
            DialogData.WriteFields(json, DialogIntent.Open, request);
            json.WriteStartObject("msteams"u8);
            json.WriteString("type"u8, "task/fetch"u8);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        /// <summary>Starts a field of this type. The caller writes the rest of it and ends it.</summary>
        public void StartField(ReadOnlySpan<byte> type, string id, string label)
        {
            json.StartPart(type);
            json.WriteString("id"u8, id);
            json.WriteString("label"u8, label);
        }

        /// <summary>One choice of a field.</summary>
        public void WriteChoice(string title, string value)
        {
            json.WriteStartObject();
            json.WriteString("title"u8, title);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }
    }

    /// <summary>Foreign text that some clients read as Markdown and others do not. Links and mentions in it do nothing.</summary>
    public static string Message(string text) => string.Join('\n', text.Split('\n').Select(line => TeamsText.Inert(line, MostMessage)))
        .Replace("](", "]\u200B(", StringComparison.Ordinal).Replace("://", ":\u200B//", StringComparison.Ordinal);
}
