using System.Globalization;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Slack.Drawing;

/// <summary>
/// Draws the card of a dispatch. The card stays within Slack's limits for any ticket, any roster and any number of rounds. Foreign text in
/// it cannot mention, link or format.
/// </summary>
internal static class CardView
{
    const int MostRosterParts = 12;
    const int MostOutcomes = 16;

    static readonly Confirmation Cancelling = new(
        "Cancel this dispatch?", "BotDispatch makes no further calls and ends a call in progress.", "Cancel it", "Keep it");

    /// <summary>Draws the message.</summary>
    /// <param name="card">The content of the card.</param>
    /// <param name="now">The current time, because a deadline that has passed is not shown.</param>
    /// <param name="insteadOf">The channel that refused the card, if it is posted as a direct message instead; else null.</param>
    public static SlackMessage Draw(DispatchCard card, DateTimeOffset now, string? insteadOf = null)
    {
        var heading = Heading(card);
        var people = card.People.Select((person, index) => PersonLine(person, index + 1)).ToList();
        // Both the blocks and the text for notifications say them.
        var why = insteadOf is null ? null : WhyHere(insteadOf);
        string[] headline = [.. HeadlineLines(card, now)];
        string[] ticket = [.. TicketLines(card)];
        var asked = AskedWords(card);
        string[] words =
            [.. why is null ? [] : (ReadOnlySpan<string>)[why], Foreign(heading, 300), .. headline, .. ticket, asked, .. people];
        return new(Fitting.First(words, SlackMessage.MostText), json =>
        {
            json.WriteStartArray();
            if (why is not null)
                json.WriteContext(why);
            json.WriteHeader(heading);
            // Put the state and the buttons first, because people read the card at night on a phone.
            json.WriteSection(string.Join('\n', headline));
            WriteButtons(json, card);
            json.WriteSection(string.Join('\n', ticket));
            foreach (var part in Fitting.Parts(people, 3000, MostRosterParts))
                json.WriteSection(part);
            json.WriteContext(asked);
            json.WriteEndArray();
        }, card.Id.Value);
    }

    // Name the channel only if it is one, because direct messages have no name.
    static string WhyHere(string channel)
    {
        var isChannel = channel is ['C' or 'G', ..] && channel.All(char.IsAsciiLetterOrDigit);
        return $"This app cannot post {(isChannel ? $"in <#{channel}>" : "where the dispatch was asked for")}: "
            + "it is not a member there, or the channel is archived or read-only. So follow this dispatch here.";
    }

    static string Heading(DispatchCard card)
    {
        var subject = card.Ticket.IsFreeText ? card.Ticket.Title : card.Ticket.Reference;
        return PlainWords.Sentence($"{CardSymbols.Of(card.Status)} {card.Status} · {subject.Isolated()}");
    }

    static IEnumerable<string> TicketLines(DispatchCard card)
    {
        var ticket = card.Ticket;
        yield return $"*{(Foreign(ticket.Title, 400) is { Length: > 0 } title ? title : Foreign(ticket.Reference, 400)).Isolated()}*";
        if (Foreign(ticket.Description, 900) is { Length: > 0 } description)
            yield return description.Isolated();
        string[] facts =
        [
            .. Fact("Priority", ticket.Priority), .. Fact("Place", ticket.Place),
            .. TicketLink.To(ticket.Link) is { } link ? [link] : (ReadOnlySpan<string>)[],
        ];
        if (facts.Length > 0)
            yield return string.Join(" · ", facts);
        if (Foreign(card.Note, 500) is { Length: > 0 } note)
            yield return $"Note: {note.Isolated()}";
    }

    static string[] Fact(string name, string? value) =>
        Foreign(value, 150) is { Length: > 0 } words ? [$"{name}: {words.Isolated()}"] : [];

    static IEnumerable<string> HeadlineLines(DispatchCard card, DateTimeOffset now)
    {
        var headline = Foreign(card.Headline.Length == 0 ? card.Status.ToString() : card.Headline, 600);
        yield return $"*{headline}*{(card.Until is { } until && until > now ? $" Until {Moment(until, now)}." : "")}";
        if (card.Next is { } next)
            yield return $"Next: {Foreign(next, 150)}";
    }

    static string Moment(DateTimeOffset at, DateTimeOffset now) =>
        SlackText.Date(at, at - now < TimeSpan.FromHours(12) ? "{time_secs}" : "{date_short_pretty} {time}");

    static string PersonLine(CardPerson person, int number)
    {
        // Leave out the last outcome if it repeats the state, as in "Accepted (Accepted)".
        var calls = person.Calls is [.. var earlier, { } last] && Words.Of(last) == person.State ? earlier : person.Calls;
        return $"{(person.IsCurrent ? "▶️ " : "")}{number}. *{Foreign(person.Name, 100).Isolated()}*: {Foreign(person.State, 100)}"
            + (calls.Length == 0 ? "" : $" ({CallsInWords.InARow(calls, MostOutcomes)})");
    }

    static string AskedWords(DispatchCard card) => $"Asked for by {Foreign(card.AskedBy.Name, 100).Isolated()}"
        + (card.AlsoIn.IsEmpty ? "" : $"  ·  Also in {string.Join(", ", card.AlsoIn.Select(each => Foreign(each, 60).Isolated()))}");

    static void WriteButtons(Utf8JsonWriter json, DispatchCard card)
    {
        if (card.Buttons.IsEmpty)
            return;
        json.StartActions("dispatch_buttons");
        foreach (var button in card.Buttons)
            json.WriteButton(
                CardPress.NameOf(button.Action), button.Label, CardPressCodec.Value(card.Id, button),
                button.Action switch { CardAction.Cancel => "danger", CardAction.Done => "primary", _ => null },
                button.Action is CardAction.Cancel ? Cancelling : null);
        json.EndActions();
    }

    static string Foreign(string? words, int most) => words is null ? "" : SlackText.Inert(PlainWords.Sentence(words), most);
}

/// <summary>Writes and reads a <see cref="CardPress"/>: its name is the element's action id, the rest is the element's value.</summary>
internal static class CardPressCodec
{
    /// <summary>The button's value: <c>dispatch</c>, and for a Skip <c>dispatch-callee-round</c>.</summary>
    public static string Value(DispatchId dispatch, CardButton button) =>
        button.Callee is { } callee ? string.Create(CultureInfo.InvariantCulture, $"{dispatch}-{callee}-{button.Round}") : dispatch.Value;

    /// <summary>Reads a press; null if the button is not on a card, or the value is not ours.</summary>
    public static CardPress? Read(string actionId, string? value) => value?.Split('-') switch
    {
        [var dispatch] => CardPress.Read(actionId, dispatch),
        [var dispatch, var callee, var round] => CardPress.Read(actionId, dispatch, callee, round),
        _ => null,
    };
}
