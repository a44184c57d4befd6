using BotDispatch.Core;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// What stands in the place of a message's id where Teams took a card without naming it: such a card can never be redrawn, so it is kept which dispatch it shows, and whether its end.
/// A dispatch so gets two cards at most: one when it begins, one when it has ended.
/// </summary>
/// <remarks>202 without a body: https://github.com/MicrosoftDocs/bot-docs/issues/2263</remarks>
internal static class NamelessCard
{
    const char Begins = '?';

    /// <summary>The mark, as <c>?abc234.open</c>.</summary>
    public static string Of(DispatchCard card) => $"{Begins}{card.Id}.{(card.IsClosed ? "closed" : "open")}";

    /// <summary>Whether this is such a mark.</summary>
    public static bool Is(string activity) => activity is [Begins, ..];
}
