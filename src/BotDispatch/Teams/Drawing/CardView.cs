using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Draws the card of a dispatch. The card stays within Teams' limit for any ticket, any roster and any number of rounds. Foreign text in it
/// cannot mention, link or format.
/// </summary>
internal static class CardView
{
    const string WhyHere =
        "This app cannot post where the dispatch was asked for: it was not added there, or it may not write there. "
        + "So follow this dispatch here.";

    const int MostSeen = 8;

    // The first size that fits is drawn; the last one always fits.
    static readonly Room[] Rooms =
    [
        new(400, 900, 100, 16, 200), new(300, 400, 60, 6, 100), new(150, 100, 40, 3, 60), new(90, 0, 24, 1, 50), new(60, 0, 16, 0, 25),
    ];

    /// <summary>Draws the bare card.</summary>
    /// <param name="card">The content of the card.</param>
    /// <param name="now">The current time, because a deadline that has passed is not shown.</param>
    /// <param name="isElsewhere">Whether its own conversation refused the card, so that it is posted in another one.</param>
    public static WriteJson Draw(DispatchCard card, DateTimeOffset now, bool isElsewhere = false) =>
        CardParts.Fitting(Rooms, (json, room) => Draw(json, card, now, isElsewhere, room));

    /// <summary>The card as Markdown text, for clients that cannot show the card: one paragraph for each line.</summary>
    public static string InWords(DispatchCard card, bool isElsewhere = false) => string.Join("\n\n", (string[])
    [
        .. isElsewhere ? [WhyHere] : (ReadOnlySpan<string>)[],
        TeamsText.Markdown($"{card.Status} · {TicketName(card.Ticket)}", 300),
        TeamsText.Markdown(card.Headline, 300),
        .. card.Next is { } next ? [$"Next: {TeamsText.Markdown(next, 150)}"] : (ReadOnlySpan<string>)[],
        $"Asked for by {TeamsText.Markdown(card.AskedBy.Name, 100).Isolated()}",
    ]);

    /// <summary>One line of plain text for a notification.</summary>
    public static string Summary(DispatchCard card) => TeamsText.Inert($"{card.Status} · {TicketName(card.Ticket)}", 150);

    static void Draw(Utf8JsonWriter json, DispatchCard card, DateTimeOffset now, bool isElsewhere, Room room)
    {
        json.StartCard(InWords(card, isElsewhere));
        if (isElsewhere)
            json.WriteOwn(WhyHere, isSubtle: true);
        // Put the state and the buttons first, because people read the card at night on a phone.
        json.WriteOwn($"{CardSymbols.Of(card.Status)} {card.Status}", ColorOf(card.Status), isHeading: true);
        json.WriteLine("Small", TeamsText.Inert(TicketName(card.Ticket), room.Words), isStrong: true);
        WriteHeadline(json, card, now, room);
        WriteButtons(json, card);
        WriteTicket(json, card, room);
        WriteRoster(json, card, room);
        if (TeamsText.Inert(card.AskedBy.Name, room.Name) is { Length: > 0 } asker)
            json.WriteLine("Default", $"Asked for by {asker.Isolated()}{AlsoIn(card, room)}", isSmall: true);
        if (TicketLink.To(card.Ticket.Link) is { } link)
        {
            json.StartButtons();
            json.WriteOpen(link);
            json.EndParts();
        }
        json.EndCard();
    }

    static string? ColorOf(CardStatus status) => status switch
    {
        CardStatus.Calling => "Accent",
        CardStatus.Accepted => "Good",
        CardStatus.Paused => "Warning",
        CardStatus.Exhausted => "Attention",
        _ => null,
    };

    /// <summary>The name of the job: its reference and its title, or the free words.</summary>
    public static string TicketName(Ticket ticket) => ticket.IsFreeText ? ticket.Title.Isolated()
        : PlainWords.OneLine(ticket.Title).Length == 0 ? ticket.Reference.Isolated()
        : $"{ticket.Reference.Isolated()} · {ticket.Title.Isolated()}";

    static void WriteTicket(Utf8JsonWriter json, DispatchCard card, Room room)
    {
        var ticket = card.Ticket;
        if (TeamsText.Inert(ticket.Description, room.Description) is { Length: > 0 } description)
            json.WriteLine("Default", description);
        string[] facts = [.. Fact("Priority", ticket.Priority, room), .. Fact("Place", ticket.Place, room)];
        if (facts.Length > 0)
            json.WriteLine("Small", string.Join(" · ", facts));
        if (TeamsText.Inert(card.Note, room.Words) is { Length: > 0 } note)
            json.WriteLine("Small", $"Note: {note.Isolated()}");
    }

    static string AlsoIn(DispatchCard card, Room room) => card.AlsoIn.IsEmpty
        ? ""
        : $" · Also in {string.Join(", ", card.AlsoIn.Select(each => TeamsText.Inert(each, room.Name).Isolated()))}";

    static string[] Fact(string name, string? value, Room room) =>
        TeamsText.Inert(value, room.Words / 2) is { Length: > 0 } words ? [$"{name}: {words.Isolated()}"] : [];

    static void WriteHeadline(Utf8JsonWriter json, DispatchCard card, DateTimeOffset now, Room room)
    {
        if (TeamsText.Inert(card.Headline, room.Words) is { Length: > 0 } headline)
            json.WriteLine("Small", headline);
        if (card.Until is { } until && until > now)
        {
            var day = until - now < TimeSpan.FromHours(12) ? "" : TeamsText.Date(until) + " ";
            json.WriteOwn($"Until {day}{TeamsText.Time(until)}", isSmall: true);
        }
        if (card.Next is { } next)
            json.WriteLine("None", $"Next: {TeamsText.Inert(next, room.Name * 2)}", isSmall: true);
    }

    // Of a long roster only the people around the current one are visible; a button shows the others.
    static void WriteRoster(Utf8JsonWriter json, DispatchCard card, Room room)
    {
        var shown = card.People.Take(room.People).ToList();
        var lines = shown.Count + (card.People.Length > shown.Count ? 1 : 0);
        if (lines == 0)
            return;
        var current = Math.Max(shown.FindIndex(each => each.IsCurrent), 0);
        var from = Math.Clamp(current - MostSeen / 3, 0, Math.Max(lines - MostSeen, 0));
        var to = Math.Min(from + MostSeen, lines);
        List<string> hidden = [];
        if (from > 0)
            WriteHidden("rosterBefore", 0, from);
        json.StartContainer();
        WriteLines(from, to);
        json.EndParts();
        if (to < lines)
            WriteHidden("rosterAfter", to, lines);
        if (hidden.Count > 0)
        {
            json.StartButtons();
            json.WriteToggle($"Show everybody ({lines})", [.. hidden]);
            json.EndParts();
        }

        void WriteHidden(string id, int first, int end)
        {
            hidden.Add(id);
            json.StartHidden(id);
            WriteLines(first, end);
            json.EndParts();
        }

        void WriteLines(int first, int end)
        {
            for (var line = first; line < end; line++)
                if (line < shown.Count)
                    WritePerson(json, shown[line], line + 1, room);
                else
                    json.WriteLine("None", $"… and {card.People.Length - shown.Count} more");
        }
    }

    static void WritePerson(Utf8JsonWriter json, CardPerson person, int number, Room room)
    {
        json.StartLine("None");
        json.WriteRun(
            $"{(person.IsCurrent ? "▶️ " : "")}{number}. {TeamsText.Inert(person.Name, room.Name).Isolated()}", isStrong: true);
        json.WriteRun($": {TeamsText.Inert(person.State, 50)}{RosterWords.Calls(person, room.Ends)}");
        json.EndParts();
    }

    static void WriteButtons(Utf8JsonWriter json, DispatchCard card)
    {
        if (card.Buttons.IsEmpty)
            return;
        json.StartButtons();
        foreach (var button in card.Buttons)
            if (button.Action is CardAction.Cancel)
                WriteCancel(json, card, button);
            else
                WriteExecute(json, card, button, Title(button), button.Action is CardAction.Done ? "positive" : null);
        json.EndParts();
    }

    // Cards have no confirmation dialog, so the button that cancels appears only after a first press.
    static void WriteCancel(Utf8JsonWriter json, DispatchCard card, CardButton button)
    {
        json.StartShow(Title(button), "destructive");
        json.WriteOwn("Really cancel? BotDispatch makes no further calls and ends a call in progress.");
        json.StartButtons();
        WriteExecute(json, card, button, "Cancel it", "destructive");
        json.EndParts();
        json.EndShow();
    }

    static void WriteExecute(Utf8JsonWriter json, DispatchCard card, CardButton button, string title, string? style) =>
        json.WriteExecute(title, CardPress.NameOf(button.Action), CardPressCodec.Data(card.Id, button), style);

    static string Title(CardButton button) => TeamsText.Inert(button.Label, 40);

    /// <summary>The limits of one size: texts in UTF-16 units, the calls shown for each person, and the people.</summary>
    sealed record Room(int Words, int Description, int Name, int Ends, int People);
}

/// <summary>Writes the outcomes of a person's calls in few words.</summary>
internal static class RosterWords
{
    /// <summary>
    /// The outcomes in brackets, to follow the person's state; empty without a call. Shows the last <paramref name="most"/> outcomes; with
    /// 0, only the number of calls.
    /// </summary>
    public static string Calls(CardPerson person, int most)
    {
        // Leave out the last outcome if it repeats the state, as in "Accepted (Accepted)".
        var calls = person.Calls is [.. var earlier, { } last] && Words.Of(last) == person.State ? earlier : person.Calls;
        return calls.Length == 0 ? "" : most == 0 ? $" (calls: {calls.Length})" : $" ({CallsInWords.InARow(calls, most)})";
    }
}

/// <summary>Writes and reads a <see cref="CardPress"/>: its name is the button's verb, the rest is the button's data.</summary>
internal static class CardPressCodec
{
    /// <summary>The button's data. It repeats the verb, because an old client sends the data only.</summary>
    public static WriteJson Data(DispatchId dispatch, CardButton button) => json =>
    {
        json.WriteStartObject();
        json.WriteString("verb"u8, CardPress.NameOf(button.Action));
        json.WriteString("dispatch"u8, dispatch.Value);
        if (button.Callee is { } callee)
        {
            json.WriteNumber("callee"u8, callee);
            json.WriteNumber("round"u8, button.Round);
        }
        json.WriteEndObject();
    };

    /// <summary>Reads a press of a button with a verb; null if the button is not on a card, or its data is not ours.</summary>
    public static CardPress? Read(string? verb, IReadOnlyDictionary<string, string> data) =>
        CardPress.Read(verb, data.GetValueOrDefault("dispatch"), data.GetValueOrDefault("callee"), data.GetValueOrDefault("round"))
            is { } press and not { Action: CardAction.Skip, Callee: null } ? press : null;

    /// <summary>Reads a press of a plain button.</summary>
    public static CardPress? Read(IReadOnlyDictionary<string, string> data) => Read(data.GetValueOrDefault("verb"), data);
}
