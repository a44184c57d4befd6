using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>Finds the dispatch that a typed command is about, among those that may be shown in the channel where it was typed.</summary>
internal sealed class DispatchFinder(DispatchEngine engine, DirectoryQueries lookups, Workload workload, Tenancy tenancy)
{
    const int MostNear = 3;

    /// <summary>Finds the dispatch, or returns a sentence that says what may be meant and what to type.</summary>
    /// <param name="verb">The command, for that sentence.</param>
    /// <param name="words">The text that was typed after the command.</param>
    /// <param name="where">The channel where it was typed.</param>
    /// <param name="budget">How long other systems are asked.</param>
    public async Task<(DispatchState? State, string Mistake)> FindAsync(string verb, string words, ChatChannel where, TimeBudget budget)
    {
        if (await ExactlyAsync(words, where, budget.Caller) is { } exact)
            return (exact, "");
        var here = (await workload.ReadAsync(where, budget.Caller)).Known;
        var known = KnownReferences.Of(here.Select(each => each.Plan.Ticket).Concat(await lookups.ListTicketsAsync(budget)));
        var reading = known.Read(words);
        if (reading is { IsAll: true, Named: [var reference] })
            return await ExactlyAsync(reference, where, budget.Caller) is { } found
                ? (found, "")
                : (null, ReplyText.NoDispatchOf(reference));
        var near = Near(words, reading, here);
        return (null, reading.Named.Count > 0 ? ReplyText.CommandMeant(verb, reading.Named)
            : near.Count > 0 ? ReplyText.NoDispatchOf(words, verb, near)
            : ReplyText.NoDispatchOf(words, verb));
    }

    /// <summary>Reads a dispatch that was found again, because it may have changed.</summary>
    public async Task<DispatchState> AgainAsync(DispatchState found, CancellationToken ct) =>
        await engine.FindAsync(found.Plan.Id, ct) ?? found;

    /// <summary>Finds the dispatch of exactly this ticket: the open one, else the newest.</summary>
    public async Task<DispatchState?> ExactlyAsync(string ticket, ChatChannel where, CancellationToken ct) =>
        await engine.FindOpenByTicketAsync(ticket, ct) is { } open && tenancy.IsKnownIn(open, where) ? open
        : await engine.FindLatestByTicketAsync(ticket, ct) is { } last && tenancy.IsKnownIn(last, where) ? last
        : null;

    // A mistyped reference, or a part of the words of a free-text dispatch.
    static List<string> Near(string words, ReferenceReading reading, IReadOnlyList<DispatchState> here)
    {
        var typed = Folding.Fold(words);
        var titled = here.Select(each => each.Plan.Ticket).Where(ticket => typed.Length > 2
            && (Folding.Fold(ticket.Title).Contains(typed, StringComparison.Ordinal)
                || (ticket.IsFreeText && Closeness.Of(Folding.Fold(ticket.Title), typed, 3) <= 3)));
        return
        [
            .. reading.Near.Concat(titled.Select(ticket => PlainWords.OneLine(ticket.Reference)))
                .Distinct(StringComparer.OrdinalIgnoreCase).Take(MostNear),
        ];
    }
}
