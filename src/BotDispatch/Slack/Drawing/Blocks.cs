using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Slack.Drawing;

/// <summary>The question that Slack shows before a button does anything.</summary>
internal sealed record Confirmation(string Title, string Question, string Yes, string No);

/// <summary>Writes views, blocks and their parts within every limit of Slack, so that no text makes Slack refuse a message.</summary>
/// <remarks>https://docs.slack.dev/reference/block-kit/blocks. Slack refuses null values, so what is null is left out.</remarks>
internal static class Blocks
{
    const int MostSection = 3000;
    const int MostHeader = 150;
    const int MostButton = 75;
    const int MostOption = 75;
    const int MostTitle = 24;
    const int MostLabel = 2000;

    /// <summary>The most characters of the text in an empty field.</summary>
    const int MostPlaceholder = 150;

    /// <summary>The most choices in one list.</summary>
    public const int MostOptions = 100;

    extension(Utf8JsonWriter json)
    {
        /// <summary>Starts a view that opens over what somebody looks at; its blocks follow, and then <see cref="EndModal"/>.</summary>
        /// <param name="callbackId">Which of our views it is.</param>
        /// <param name="title">Its title.</param>
        /// <param name="submit">The label of the button that sends it; null if it cannot be sent.</param>
        /// <param name="metadata">What Slack returns with each action in it; null if there is nothing.</param>
        /// <param name="externalId">Our id of the view; null if it has none.</param>
        public void StartModal(
            string callbackId, string title = "Dispatch", string? submit = null, string? metadata = null, string? externalId = null)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "modal"u8);
            json.WriteString("callback_id"u8, callbackId);
            json.WriteIfAny("private_metadata"u8, metadata);
            json.WritePlain("title"u8, title, MostTitle);
            if (submit is not null)
                json.WritePlain("submit"u8, submit, MostTitle);
            json.WritePlain("close"u8, "Close", MostTitle);
            json.WriteIfAny("external_id"u8, externalId);
            json.WriteStartArray("blocks"u8);
        }

        /// <summary>Ends what <see cref="StartModal"/> started.</summary>
        public void EndModal()
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <summary>A section of our own mrkdwn. Foreign text in it must be inert already.</summary>
        public void WriteSection(string mrkdwn, string? blockId = null)
        {
            json.StartBlock("section"u8, blockId);
            json.WritePropertyName("text"u8);
            json.WriteMrkdwn(Cut(mrkdwn, MostSection));
            json.WriteEndObject();
        }

        /// <summary>Small grey text.</summary>
        public void WriteContext(string mrkdwn, string? blockId = null)
        {
            json.StartBlock("context"u8, blockId);
            json.WriteStartArray("elements"u8);
            json.WriteMrkdwn(Cut(mrkdwn, MostSection));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <summary>Large literal text.</summary>
        public void WriteHeader(string words)
        {
            json.StartBlock("header"u8);
            json.WritePlain("text"u8, words, MostHeader);
            json.WriteEndObject();
        }

        public void WriteDivider()
        {
            json.StartBlock("divider"u8);
            json.WriteEndObject();
        }

        /// <summary>Starts a row of buttons; they follow, and then <see cref="EndActions"/>.</summary>
        public void StartActions(string blockId)
        {
            json.StartBlock("actions"u8, blockId);
            json.WriteStartArray("elements"u8);
        }

        /// <summary>Ends what <see cref="StartActions"/> started.</summary>
        public void EndActions()
        {
            json.WriteEndArray();
            json.WriteEndObject();
        }

        /// <summary>A button; <paramref name="style"/> is <c>primary</c>, <c>danger</c> or null.</summary>
        public void WriteButton(string actionId, string label, string value, string? style = null, Confirmation? confirm = null)
        {
            json.StartElement("button"u8, actionId);
            json.WritePlain("text"u8, label, MostButton);
            json.WriteString("value"u8, value);
            json.WriteIfAny("style"u8, style);
            if (confirm is not null)
            {
                json.WriteStartObject("confirm"u8);
                json.WritePlain("title"u8, confirm.Title, 100);
                json.WritePlain("text"u8, confirm.Question, 300);
                json.WritePlain("confirm"u8, confirm.Yes, 30);
                json.WritePlain("deny"u8, confirm.No, 30);
                json.WriteString("style"u8, "danger"u8);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }

        /// <summary>
        /// Starts a field of a dialog. Errors are shown at its block id. Typed text survives an update as long as both ids stay. What is
        /// peculiar to its element follows, and then <see cref="EndInput"/>.
        /// </summary>
        public void StartInput(string blockId, string label, ReadOnlySpan<byte> type, string actionId)
        {
            json.StartBlock("input"u8, blockId);
            json.WritePlain("label"u8, label, MostLabel);
            json.WritePropertyName("element"u8);
            json.StartElement(type, actionId);
        }

        /// <summary>Ends what <see cref="StartInput"/> started.</summary>
        public void EndInput(string? hint = null, bool isOptional = false, bool sendsChanges = false)
        {
            json.WriteEndObject();
            if (hint is not null)
                json.WritePlain("hint"u8, hint, MostLabel);
            if (isOptional)
                json.WriteBoolean("optional"u8, true);
            if (sendsChanges)
                json.WriteBoolean("dispatch_action"u8, true);
            json.WriteEndObject();
        }

        /// <summary>What stands in a field that is empty.</summary>
        public void WritePlaceholder(string words) => json.WritePlain("placeholder"u8, words, MostPlaceholder);

        /// <summary>One choice. The value is our own id, which the caller keeps within Slack's limit.</summary>
        public void WriteOption(string words, string value, string? description = null)
        {
            json.WriteStartObject();
            json.WritePlain("text"u8, words, MostOption);
            json.WriteString("value"u8, value);
            if (!string.IsNullOrEmpty(description))
                json.WritePlain("description"u8, description, MostOption);
            json.WriteEndObject();
        }

        /// <summary>Literal text. Slack would only read emoji codes in it, and those are broken up.</summary>
        void WritePlain(ReadOnlySpan<byte> name, string words, int most)
        {
            json.WriteStartObject(name);
            json.WriteString("type"u8, "plain_text"u8);
            json.WriteString("text"u8, SlackText.Plain(words.Length == 0 ? " " : words, most));
            json.WriteBoolean("emoji"u8, true);
            json.WriteEndObject();
        }

        /// <summary>Text with formatting. It is verbatim, so that no bare address and no channel name becomes a link.</summary>
        void WriteMrkdwn(string mrkdwn)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "mrkdwn"u8);
            json.WriteString("text"u8, mrkdwn.Length == 0 ? " " : mrkdwn);
            json.WriteBoolean("verbatim"u8, true);
            json.WriteEndObject();
        }

        void StartBlock(ReadOnlySpan<byte> type, string? blockId = null)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            json.WriteIfAny("block_id"u8, blockId);
        }

        void StartElement(ReadOnlySpan<byte> type, string actionId)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type);
            json.WriteString("action_id"u8, actionId);
        }
    }

    // Cut between words, so that no entity and no mention is split. Foreign text is cut earlier, so this rarely happens.
    static string Cut(string mrkdwn, int most)
    {
        if (mrkdwn.Length <= most)
            return mrkdwn;
        var end = mrkdwn.LastIndexOfAny(['\n', ' '], most - 2);
        return mrkdwn[..(end > 0 ? end : most - 1)] + "…";
    }
}

/// <summary>Fits whole lines into Slack's limits and says how many were left out. Each line alone must be short enough.</summary>
internal static class Fitting
{
    /// <summary>As many of the first lines as fit.</summary>
    public static string First(IReadOnlyList<string> lines, int most)
    {
        if (AllFit(lines, most))
            return string.Join('\n', lines);
        var count = Count(lines, most - Left(lines.Count).Length);
        return string.Join('\n', lines.Take(count).Append(Left(lines.Count - count)));
    }

    /// <summary>As many of the last lines as fit, because the newest lines matter most.</summary>
    public static string Last(IReadOnlyList<string> lines, int most)
    {
        if (AllFit(lines, most))
            return string.Join('\n', lines);
        var count = Count(lines.Reverse(), most - Left(lines.Count).Length);
        return string.Join('\n', lines.TakeLast(count).Prepend(Left(lines.Count - count)));
    }

    /// <summary>The lines in up to <paramref name="mostParts"/> parts.</summary>
    public static IEnumerable<string> Parts(IReadOnlyList<string> lines, int most, int mostParts)
    {
        for (var part = 1; lines.Count > 0; part++)
        {
            if (part == mostParts)
            {
                yield return First(lines, most);
                yield break;
            }
            if (AllFit(lines, most))
            {
                yield return string.Join('\n', lines);
                yield break;
            }
            var count = Math.Max(1, Count(lines, most + 1));
            yield return string.Join('\n', lines.Take(count));
            lines = [.. lines.Skip(count)];
        }
    }

    static bool AllFit(IReadOnlyList<string> lines, int most) => lines.Sum(line => line.Length + 1) <= most + 1;

    /// <summary>How many of the first lines fit, each with the sign that ends it.</summary>
    static int Count(IEnumerable<string> lines, int most) => lines.TakeWhile(line => (most -= line.Length + 1) >= 0).Count();

    static string Left(int count) => $"… and {count} more";
}
