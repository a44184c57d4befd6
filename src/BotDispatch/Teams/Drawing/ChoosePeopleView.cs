using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Teams.Drawing;

/// <summary>
/// What a command is answered with that opens the dialog, for Teams opens none after a message: a button opens it, and for clients that
/// know no dialogs
/// another one shows it in this card's place, to whoever presses alone.
/// </summary>
internal static class ChoosePeopleView
{
    const string Choose = "choose whom to phone";

    /// <summary>One line for a notification, which reads no marks.</summary>
    public static string Summary(Ticket ticket) => $"{TeamsText.Inert(CardView.TicketName(ticket), 150)}: {Choose}";

    /// <summary>The card. <paramref name="request"/> is sealed; <paramref name="notice"/> is what the dialog says of the ticket.</summary>
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
