using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Voice.Speech;

/// <summary>
/// What a call says about a ticket: the caller, the reference, title, priority, place and description, and the note from the dialog.
/// </summary>
/// <param name="Said">The whole spoken text.</param>
/// <param name="NotSaid">The words that did not fit, part by part; empty if everything is spoken.</param>
internal readonly partial record struct SpokenText(string Said, string NotSaid)
{
    /// <summary>
    /// Returns the text in <paramref name="language"/>, with the ticket's own words cut to the budget of <paramref name="options"/>.
    /// </summary>
    public static string Of(Ticket ticket, string? note, string language, SpeechOptions options) =>
        Read(ticket, note, language, options).Said;

    /// <summary>
    /// Returns the text in <paramref name="language"/>, with the ticket's own words cut to the budget of <paramref name="options"/>, and
    /// the words that were cut off.
    /// </summary>
    public static SpokenText Read(Ticket ticket, string? note, string language, SpeechOptions options)
    {
        var prompts = Prompts.For(language);
        var room = options.Budget;
        var rests = new List<string>();
        var details = PlainText.Read(ticket.Description, language);
        var added = PlainText.Read(note, language);
        var (detailWords, noteWords) = (Pronounced(details.Text, options), Pronounced(added.Text, options));

        // Typed text has no other parts, so it gets the whole room.
        var title = Take(Title(ticket, language, options), Math.Max(room * 2 / 5, room - detailWords.Length - noteWords.Length));
        var priority = Take(PlainText.Inline(ticket.Priority, language), options.Budget / 15);
        var place = Take(PlainText.Inline(ticket.Place, language), options.Budget / 6);

        // The description is cut first, then the note, because the note was written for this very call. The title is never cut for them.
        var noted = Take(noteWords, Math.Max(room * 3 / 4, room - detailWords.Length));
        var described = Take(detailWords, room);
        var more = rests.Count > 0 || details.LeftOut.Length + added.LeftOut.Length > 0 ? prompts.More : "";

        var spelled = Reference(ticket, options);
        var said = string.Join(' ', new[]
        {
            prompts.Greeting,
            spelled.Length == 0 ? "" : Fill(prompts.Ticket, spelled),
            title,
            priority.Length == 0 ? "" : Fill(prompts.Priority, priority.TrimEnd('.')),
            place.Length == 0 ? "" : Fill(prompts.Place, place.TrimEnd('.')),
            described,
            noted.Length == 0 ? "" : Fill(prompts.Note, noted),
            more,
        }.Where(part => part.Length > 0));
        return new(said,
            string.Join(" … ", (string[])[.. rests, .. new[] { details.LeftOut, added.LeftOut }.Where(each => each.Length > 0)]));

        string Take(string text, int most)
        {
            var taken = Excerpt.Of(text, Math.Min(most, room));
            room -= taken.Text.Length;
            if (taken.WasCut)
                rests.Add(text[Same(text, taken.Text)..].Trim(' ', ',', ';', ':', '.'));
            return taken.Text;
        }
    }

    /// <summary>Returns the reference read out sign by sign; empty for typed text, which has no ticket.</summary>
    public static string Reference(Ticket ticket, SpeechOptions options) =>
        ticket.IsFreeText ? "" : SpokenReference.Of(ticket.Reference, options.Pronunciations);

    /// <summary>Returns a sentence of ours with a word of the call in it.</summary>
    public static string Fill(string prompt, string word) => string.Format(CultureInfo.InvariantCulture, prompt, word);

    static int Same(string text, string taken)
    {
        var at = 0;
        while (at < taken.Length && at < text.Length && text[at] == taken[at])
            at++;
        return at;
    }

    // Many ticket systems repeat the reference in the title. One time is enough.
    static string Title(Ticket ticket, string language, SpeechOptions options)
    {
        var title = PlainText.Of(ticket.Title, language);
        var reference = ticket.IsFreeText ? "" : PlainText.Inline(ticket.Reference, language);
        // INC-10 does not repeat INC-1.
        if (reference.Length > 0
            && title.StartsWith(reference, StringComparison.OrdinalIgnoreCase)
            && !(title.Length > reference.Length && char.IsLetterOrDigit(title[reference.Length])))
            title = title[reference.Length..].TrimStart(' ', ':', '-', '–', '.', ',');
        return Pronounced(title, options);
    }

    static string Pronounced(string text, SpeechOptions options) => options.Pronunciations.Count == 0
        ? text
        : Word().Replace(text, word => options.Pronunciations.GetValueOrDefault(word.Value, word.Value))
            .Replace("..", ".", StringComparison.Ordinal);

    [GeneratedRegex(@"[\p{L}\p{Nd}]+")]
    private static partial Regex Word();
}
