using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// Draws the answer to a command that needs the dialog. Teams cannot open a dialog after a message, so a button opens it. For clients
/// without dialogs, a second button shows the form in this card's place, for the person who presses only.
/// </summary>
internal static class ChoosePeopleView
{
    const string Choose = "choose whom to phone";

    /// <summary>One line of plain text for a notification.</summary>
    public static string Summary(Ticket ticket) => $"{TeamsText.Inert(CardView.TicketName(ticket), 150)}: {Choose}";

    /// <summary>Draws the card. <paramref name="request"/> is protected; <paramref name="notice"/> is the dialog's notice.</summary>
    public static JsonObject Of(Ticket ticket, string request, string? notice = null)
    {
        var card = Draw(ticket, request, notice);
        card["fallbackText"] = $"{TeamsText.Markdown(CardView.TicketName(ticket), 300)}: {Choose}. Nobody is phoned before that.";
        return card;
    }

    static JsonObject Draw(Ticket ticket, string request, string? notice) => DialogParts.Card(
        [
            .. DialogParts.Lines(PlainWords.Sentence(CardView.TicketName(ticket)), 500, isBold: true),
            .. DialogParts.Lines(notice is null ? "" : ReplyText.ToMend([notice]), 500, isSmall: true),
            .. DialogParts.Lines("Choose whom to phone. Nobody is phoned before that.", 200, isSmall: true),
        ],
        [
            DialogParts.Opener("Choose people", DialogData.Button(DialogIntent.Open, request)),
            DialogParts.Button(Surface.Card, "Choose here", DialogData.Button(DialogIntent.Open, request)),
        ]);
}
