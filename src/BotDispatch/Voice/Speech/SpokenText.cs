using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Voice.Speech;

/// <summary>What a phone says of a ticket: who calls, its reference, title, priority, place and description, and the asker's note.</summary>
internal static partial class SpokenText
{
    /// <summary>In <paramref name="language"/>, the ticket's own words cut to the budget of <paramref name="options"/>.</summary>
    public static string Of(Ticket ticket, string? note, string language, SpeechOptions options)
    {
        var prompts = Prompts.For(language);
        var room = options.Budget;
        var title = Take(Title(ticket, options), room * 2 / 5);
        var priority = Take(Inline(ticket.Priority), options.Budget / 15);
        var place = Take(Inline(ticket.Place), options.Budget / 6);

        // The description gives way first, then the note: it was written for this very call. The title never does.
        var details = Words(ticket.Description, options);
        var added = Words(note, options);
        var noted = Take(added, Math.Max(room * 3 / 4, room - details.Length));
        var described = Take(details, room);
        var more = (described.WasCut && described.Text.Length > 0) || noted.WasCut ? prompts.More : "";

        var spelled = Reference(ticket, options);
        return string.Join(' ', new[]
        {
            prompts.Greeting,
            spelled.Length == 0 ? "" : Fill(prompts.Ticket, spelled),
            title.Text,
            priority.Text.Length == 0 ? "" : Fill(prompts.Priority, priority.Text.TrimEnd('.')),
            place.Text.Length == 0 ? "" : Fill(prompts.Place, place.Text.TrimEnd('.')),
            described.Text,
            noted.Text.Length == 0 ? "" : Fill(prompts.Note, noted.Text),
            more,
        }.Where(part => part.Length > 0));

        Excerpt Take(string text, int most)
        {
            var taken = Excerpt.Of(text, Math.Min(most, room));
            room -= taken.Text.Length;
            return taken;
        }
    }

    /// <summary>The reference read out sign by sign; empty for typed words, behind which there is no ticket.</summary>
    public static string Reference(Ticket ticket, SpeechOptions options) =>
        ticket.IsFreeText ? "" : SpokenReference.Of(ticket.Reference, options.Pronunciations);

    /// <summary>A sentence of ours with a word of the call in it.</summary>
    public static string Fill(string prompt, string word) => string.Format(CultureInfo.InvariantCulture, prompt, word);

    // Many ticket systems repeat the reference in the title; once is enough to hear.
    static string Title(Ticket ticket, SpeechOptions options)
    {
        var title = PlainText.Of(ticket.Title);
        if (!ticket.IsFreeText && title.StartsWith(ticket.Reference, StringComparison.OrdinalIgnoreCase))
            title = title[ticket.Reference.Length..].TrimStart(' ', ':', '-', '–', '.', ',');
        return Pronounced(title, options);
    }

    static string Words(string? written, SpeechOptions options) => Pronounced(PlainText.Of(written), options);

    static string Inline(string? written) => PlainText.Inline(written);

    static string Pronounced(string text, SpeechOptions options) => options.Pronunciations.Count == 0
        ? text
        : Word().Replace(text, word => options.Pronunciations.GetValueOrDefault(word.Value, word.Value)).Replace("..", ".", StringComparison.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
