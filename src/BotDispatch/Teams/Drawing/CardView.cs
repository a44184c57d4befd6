using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

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
    public static JsonObject Draw(DispatchCard card, DateTimeOffset now, bool isElsewhere = false) =>
        CardParts.Fitting(Rooms.Select(room => Draw(card, now, isElsewhere, room)));

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

    static JsonObject Draw(DispatchCard card, DateTimeOffset now, bool isElsewhere, Room room)
    {
        var current = card.People.Take(room.People).Index().FirstOrDefault(each => each.Item.IsCurrent).Index;
        // Put the state and the buttons first, because people read the card at night on a phone.
        JsonArray body =
        [
            .. isElsewhere ? [CardParts.Own(WhyHere, isSubtle: true)] : (ReadOnlySpan<JsonNode>)[],
            CardParts.Own($"{CardSymbols.Of(card.Status)} {card.Status}", ColorOf(card.Status), isHeading: true),
            CardParts.Line("Small", CardParts.Run(TeamsText.Inert(TicketName(card.Ticket), room.Words), isStrong: true)),
            .. HeadlineLines(card, now, room),
            .. card.Buttons.Length > 0
                ? [CardParts.Buttons(card.Buttons.Select(button => Button(card, button)))]
                : (ReadOnlySpan<JsonNode>)[],
            .. TicketLines(card, room),
            .. RosterParts([.. Roster(card, room)], current),
            .. TeamsText.Inert(card.AskedBy.Name, room.Name) is { Length: > 0 } asker
                ? [CardParts.Line("Default", CardParts.Run($"Asked for by {asker.Isolated()}{AlsoIn(card, room)}", isSmall: true))]
                : (ReadOnlySpan<JsonNode>)[],
            .. TicketLink.To(card.Ticket.Link) is { } link ? [CardParts.Buttons([CardParts.Open(link)])] : (ReadOnlySpan<JsonNode>)[],
        ];
        return CardParts.Card(body, InWords(card, isElsewhere));
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

    static IEnumerable<JsonNode> TicketLines(DispatchCard card, Room room)
    {
        var ticket = card.Ticket;
        if (TeamsText.Inert(ticket.Description, room.Description) is { Length: > 0 } description)
            yield return CardParts.Line("Default", CardParts.Run(description));
        string[] facts = [.. Fact("Priority", ticket.Priority, room), .. Fact("Place", ticket.Place, room)];
        if (facts.Length > 0)
            yield return CardParts.Line("Small", CardParts.Run(string.Join(" · ", facts)));
        if (TeamsText.Inert(card.Note, room.Words) is { Length: > 0 } note)
            yield return CardParts.Line("Small", CardParts.Run($"Note: {note.Isolated()}"));
    }

    static string AlsoIn(DispatchCard card, Room room) => card.AlsoIn.IsEmpty
        ? ""
        : $" · Also in {string.Join(", ", card.AlsoIn.Select(each => TeamsText.Inert(each, room.Name).Isolated()))}";

    static string[] Fact(string name, string? value, Room room) =>
        TeamsText.Inert(value, room.Words / 2) is { Length: > 0 } words ? [$"{name}: {words.Isolated()}"] : [];

    static IEnumerable<JsonNode> HeadlineLines(DispatchCard card, DateTimeOffset now, Room room)
    {
        if (TeamsText.Inert(card.Headline, room.Words) is { Length: > 0 } headline)
            yield return CardParts.Line("Small", CardParts.Run(headline));
        if (card.Until is { } until && until > now)
        {
            var day = until - now < TimeSpan.FromHours(12) ? "" : TeamsText.Date(until) + " ";
            yield return CardParts.Own($"Until {day}{TeamsText.Time(until)}", isSmall: true);
        }
        if (card.Next is { } next)
            yield return CardParts.Line("None", CardParts.Run($"Next: {TeamsText.Inert(next, room.Name * 2)}", isSmall: true));
    }

    static IEnumerable<JsonObject> Roster(DispatchCard card, Room room)
    {
        foreach (var (index, person) in card.People.Take(room.People).Index())
        {
            var name = TeamsText.Inert(person.Name, room.Name).Isolated();
            yield return CardParts.Line("None",
                CardParts.Run($"{(person.IsCurrent ? "▶️ " : "")}{index + 1}. {name}", isStrong: true),
                CardParts.Run($": {TeamsText.Inert(person.State, 50)}{RosterWords.Calls(person, room.Ends)}"));
        }
        if (card.People.Length > room.People)
            yield return CardParts.Line("None", CardParts.Run($"… and {card.People.Length - room.People} more"));
    }

    // Of a long roster only the people around the current one are visible; a button shows the others.
    static IEnumerable<JsonNode> RosterParts(ImmutableArray<JsonObject> lines, int current)
    {
        if (lines.Length <= MostSeen)
            return lines.Length == 0 ? [] : [CardParts.Container(lines)];
        var from = Math.Clamp(current - MostSeen / 3, 0, lines.Length - MostSeen);
        JsonObject[] before = from > 0 ? [CardParts.Hidden("rosterBefore", lines[..from])] : [];
        JsonObject[] after = from + MostSeen < lines.Length ? [CardParts.Hidden("rosterAfter", lines[(from + MostSeen)..])] : [];
        return
        [
            .. before, CardParts.Container(lines.Skip(from).Take(MostSeen)), .. after,
            CardParts.Buttons([CardParts.Toggle($"Show everybody ({lines.Length})", before.Concat(after))]),
        ];
    }

    // Cards have no confirmation dialog, so the button that cancels appears only after a first press.
    static JsonObject Button(DispatchCard card, CardButton button) => button.Action is CardAction.Cancel
        ? CardParts.Show(Title(button), "destructive",
            CardParts.Own("Really cancel? BotDispatch makes no further calls and ends a call in progress."),
            CardParts.Buttons([Execute(card, button, "Cancel it", "destructive")]))
        : Execute(card, button, Title(button), button.Action is CardAction.Done ? "positive" : null);

    static JsonObject Execute(DispatchCard card, CardButton button, string title, string? style) =>
        CardParts.Execute(title, CardPress.NameOf(button.Action), CardPressCodec.Data(card.Id, button), style);

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
    public static JsonObject Data(DispatchId dispatch, CardButton button)
    {
        var data = new JsonObject { ["verb"] = CardPress.NameOf(button.Action), ["dispatch"] = dispatch.Value };
        if (button.Callee is { } callee)
            (data["callee"], data["round"]) = (callee, button.Round);
        return data;
    }

    /// <summary>Reads a press of a button with a verb; null if the button is not on a card, or its data is not ours.</summary>
    public static CardPress? Read(string? verb, IReadOnlyDictionary<string, string> data) =>
        CardPress.Read(verb, data.GetValueOrDefault("dispatch"), data.GetValueOrDefault("callee"), data.GetValueOrDefault("round"))
            is { } press and not { Action: CardAction.Skip, Callee: null } ? press : null;

    /// <summary>Reads a press of a plain button.</summary>
    public static CardPress? Read(IReadOnlyDictionary<string, string> data) => Read(data.GetValueOrDefault("verb"), data);
}
