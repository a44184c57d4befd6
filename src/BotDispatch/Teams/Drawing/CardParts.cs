using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Teams.Drawing;

/// <summary>Writes the parts of cards. Foreign text stands in runs only, which read no Markdown; blocks hold our own text.</summary>
/// <remarks>https://adaptivecards.io/explorer/</remarks>
internal static class CardParts
{
    /// <summary>The largest card in bytes. Teams shows 28 KB, with what stands around the card.</summary>
    /// <remarks>https://learn.microsoft.com/answers/questions/2152703</remarks>
    public const int MostBytes = 24_000;

    /// <summary>Returns the card in the first of these sizes that is small enough; in the last one if none is.</summary>
    /// <param name="largestFirst">The sizes.</param>
    /// <param name="draw">Draws the card in one size.</param>
    public static WriteJson Fitting<TSize>(IReadOnlyList<TSize> largestFirst, Action<Utf8JsonWriter, TSize> draw) => json =>
    {
        using var drawn = new PooledBytes();
        foreach (var size in largestFirst)
        {
            drawn.Clear();
            SafeJson.Write(card => draw(card, size), drawn);
            if (drawn.Span.Length <= MostBytes)
                break;
        }
        json.WriteRawValue(drawn.Span, skipInputValidation: true);
    };

    extension(Utf8JsonWriter json)
    {
        /// <summary>
        /// Starts a bare card without an attachment around it, as wide as the chat; its parts follow, and then <see cref="EndCard"/>.
        /// </summary>
        /// <remarks>
        /// Teams supports version 1.5: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference
        /// </remarks>
        public void StartCard(string fallbackText)
        {
            json.StartPart("AdaptiveCard"u8);
            json.WriteString("version"u8, "1.5"u8);
            json.WriteString("fallbackText"u8, fallbackText);
            json.WriteStartArray("body"u8);
        }

        /// <summary>Ends what <see cref="StartCard"/> started.</summary>
        public void EndCard()
        {
            json.WriteEndArray();
            json.WriteStartObject("msteams"u8);
            json.WriteString("width"u8, "Full"u8);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        /// <summary>Our own text, in which Teams reads Markdown and dates.</summary>
        public void WriteOwn(string words, string? color = null, bool isHeading = false, bool isSubtle = false, bool isSmall = false)
        {
            json.StartPart("TextBlock"u8);
            json.WriteString("text"u8, words);
            json.WriteBoolean("wrap"u8, true);
            json.WriteIfAny("color"u8, color);
            if (isHeading)
                json.WriteString("style"u8, "heading"u8);
            else
                json.WriteString("spacing"u8, "Small"u8);
            json.WriteSmall(isSmall);
            if (isSubtle && !isSmall)
                json.WriteBoolean("isSubtle"u8, true);
            json.WriteEndObject();
        }

        /// <summary>A line of one run.</summary>
        public void WriteLine(string spacing, string inert, bool isStrong = false, bool isSmall = false)
        {
            json.StartLine(spacing);
            json.WriteRun(inert, isStrong: isStrong, isSmall: isSmall);
            json.EndParts();
        }

        /// <summary>Starts a line; its runs follow, and then <see cref="EndParts"/>.</summary>
        public void StartLine(string spacing)
        {
            json.StartPart("RichTextBlock"u8);
            json.WriteString("spacing"u8, spacing);
            json.WriteStartArray("inlines"u8);
        }

        /// <summary>A part of a line, shown as it is. Its text must be inert already.</summary>
        public void WriteRun(string inert, string? color = null, bool isStrong = false, bool isSmall = false)
        {
            json.StartPart("TextRun"u8);
            json.WriteString("text"u8, inert.Length == 0 ? " " : inert);
            json.WriteIfAny("color"u8, color);
            if (isStrong)
                json.WriteString("weight"u8, "Bolder"u8);
            json.WriteSmall(isSmall);
            json.WriteEndObject();
        }

        /// <summary>Starts parts that belong together; they follow, and then <see cref="EndParts"/>.</summary>
        public void StartContainer()
        {
            json.StartPart("Container"u8);
            json.WriteStartArray("items"u8);
        }

        /// <summary>Starts parts that are hidden until a person shows them; they follow, and then <see cref="EndParts"/>.</summary>
        public void StartHidden(string id)
        {
            json.StartPart("Container"u8);
            json.WriteString("id"u8, id);
            json.WriteBoolean("isVisible"u8, false);
            json.WriteString("spacing"u8, "None"u8);
            json.WriteStartArray("items"u8);
        }

        /// <summary>Starts a set of buttons; they follow, and then <see cref="EndParts"/>.</summary>
        public void StartButtons(string? spacing = null)
        {
            json.StartPart("ActionSet"u8);
            json.WriteIfAny("spacing"u8, spacing);
            json.WriteStartArray("actions"u8);
        }

        /// <summary>Ends a line, a container or a set of buttons.</summary>
        public void EndParts()
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <summary>A button that shows the hidden parts with these ids, or hides them again.</summary>
        public void WriteToggle(string title, params ReadOnlySpan<string> hidden)
        {
            json.StartAction("Action.ToggleVisibility"u8, title);
            json.WriteStartArray("targetElements"u8);
            foreach (var id in hidden)
                json.WriteStringValue(id);
            json.EndParts();
        }

        /// <summary>
        /// A button that is answered at once. An old client shows a button instead that sends a message with the same data.
        /// </summary>
        /// <remarks>
        /// https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model, "Backward compatibility"
        /// </remarks>
        public void WriteExecute(string title, string verb, WriteJson data, string? style)
        {
            json.StartAction("Action.Execute"u8, title);
            json.WriteString("verb"u8, verb);
            json.Write("data"u8, data);
            json.WriteIfAny("style"u8, style);
            json.WritePropertyName("fallback"u8);
            json.StartAction("Action.Submit"u8, title);
            json.Write("data"u8, data);
            json.WriteIfAny("style"u8, style);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        /// <summary>Starts a button that shows the parts in it; they follow, and then <see cref="EndShow"/>.</summary>
        public void StartShow(string title, string style)
        {
            json.StartAction("Action.ShowCard"u8, title);
            json.WriteString("style"u8, style);
            json.WritePropertyName("card"u8);
            json.StartPart("AdaptiveCard"u8);
            json.WriteStartArray("body"u8);
        }

        /// <summary>Ends what <see cref="StartShow"/> started.</summary>
        public void EndShow()
        {
            json.EndParts();
            json.WriteEndObject();
        }

        /// <summary>A button that opens a link.</summary>
        public void WriteOpen(TicketLink link)
        {
            json.StartAction("Action.OpenUrl"u8, link.Title);
            json.WriteString("url"u8, link.Address);
            json.WriteEndObject();
        }

        /// <summary>Starts a part of a card of this type, which the caller ends.</summary>
        public void StartPart(ReadOnlySpan<byte> type)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
        }

        /// <summary>Starts a button of this type, which the caller ends.</summary>
        public void StartAction(ReadOnlySpan<byte> type, string title)
        {
            json.StartPart(type);
            json.WriteString("title"u8, title);
        }

        void WriteSmall(bool isSmall)
        {
            if (!isSmall)
                return;
            json.WriteString("size"u8, "Small"u8);
            json.WriteBoolean("isSubtle"u8, true);
        }
    }
}
