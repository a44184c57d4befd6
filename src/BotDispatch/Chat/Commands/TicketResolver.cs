using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What a command is about: a ticket or free words, or a sentence that says why neither.</summary>
/// <param name="Ticket">The ticket or the words.</param>
/// <param name="Mistake">Why there is neither; empty if there is one.</param>
/// <param name="Notice">A sentence that the dialog shows beside it; null if there is none.</param>
internal sealed record ResolvedTicket(Ticket? Ticket, string Mistake, string? Notice = null)
{
    public static ResolvedTicket Is(Ticket ticket) => new(ticket, "");

    public static ResolvedTicket Not(string mistake) => new(null, mistake);
}

/// <summary>Finds the ticket or the words that a command is about.</summary>
internal sealed class TicketResolver(DirectoryQueries lookups)
{
    const int LongestReference = 64;
    const int MostInMessage = 5;
    const int LongestLink = 500;

    /// <summary>
    /// Finds the ticket, in whatever form its reference is written; without a ticket, the words are the subject. Words that look like a
    /// reference or a command are a mistake, because people may be phoned for them by accident: the answer says how to go on. If the
    /// ticket system cannot be asked, the typed words are the subject and the dialog says so, because a job at night must not wait for
    /// the ticket system to come back.
    /// </summary>
    public async Task<ResolvedTicket> FindAsync(string words, bool isVerbatim, TimeBudget budget)
    {
        if (words.Length == 0)
            return ResolvedTicket.Not(ReplyText.NoSubject);
        if (isVerbatim)
            return FreeText(words);
        // Ask the ticket system first: it has more tickets than it lists.
        var recognised = lookups.ReferenceIn(TypedLinks.Unwrapped(words));
        var asTyped = recognised ?? CommandGrammar.AsReference(words);
        var isOneWord = !words.Contains(' ') && words.Length <= LongestReference;
        var found = recognised is not null || isOneWord ? await lookups.FindTicketAsync(asTyped, budget) : new FoundTicket.Unknown();
        if (found is FoundTicket.Found(var ticket))
            return ResolvedTicket.Is(ticket);
        if (found is FoundTicket.Unavailable(var because) && (recognised is not null || CommandGrammar.LooksLikeReference(asTyped)))
            return AsTyped(asTyped, words, because);

        var known = KnownReferences.Of(await lookups.ListTicketsAsync(budget));
        if (recognised is not null)
            return ResolvedTicket.Not(ReplyText.UnknownTicket(recognised, known.Read(recognised).Near, words));
        var reading = known.Read(words);
        if (reading is { Named: [var reference], IsAll: true })
            return await FoundAsync(reference, words, budget);
        if (reading.Doubtful is { } doubtful && await IsTicketAsync(doubtful, words, budget) is { } resolved)
            return resolved;
        if (CommandFor(words, reading) is { } command)
            return ResolvedTicket.Not(ReplyText.CommandMeant(command, reading.Named.Count > 0 ? reading.Named : reading.Near, words));
        List<string> named = [.. reading.Named.Concat(LinkedIn(words)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return reading switch
        {
            _ when named.Count > 1 => ResolvedTicket.Not(ReplyText.SeveralTickets(named, words)),
            { Named: [var only] } => ResolvedTicket.Not(ReplyText.TicketAndWords(only, reading.Rest, words)),
            { Doubtful: { } unknown } => ResolvedTicket.Not(ReplyText.UnknownTicket(unknown, reading.Near, words)),
            _ => await BeginningAsync(words, budget) ?? FreeText(words),
        };
    }

    /// <summary>
    /// The one known ticket that a message names, else the beginning of the message as free words with a link to it.
    /// </summary>
    public async Task<ResolvedTicket> OfMessageAsync(string message, string? link, TimeBudget budget)
    {
        var words = PlainWords.OneLine(message);
        var known = KnownReferences.Of(await lookups.ListTicketsAsync(budget)).Read(words).Named;
        // Among other words a plain number is no reference.
        var recognised = TypedLinks.Unwrapped(words).Split(' ').Where(each =>
            each.Any(letter => !char.IsDigit(letter))).Select(lookups.ReferenceIn).OfType<string>();
        var named = known.Concat(recognised).Concat(CommandGrammar.ReferencesIn(words)).Where(each =>
            each.Length <= LongestReference).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostInMessage);
        var looked = await Task.WhenAll(named.Select(each => lookups.FindTicketAsync(each, budget)));
        if (looked.OfType<FoundTicket.Found>().DistinctBy(each => each.Ticket.Reference,
            StringComparer.OrdinalIgnoreCase).ToList() is [var only])
            return ResolvedTicket.Is(only.Ticket);
        return words.Any(char.IsLetterOrDigit)
            ? FreeText(PlainWords.Shortened(words, ReplyText.MostFreeText), link)
            : ResolvedTicket.Not(ReplyText.MessageHasNoWords);
    }

    /// <summary>
    /// Reads the same subject again when the dialog is sent or a dispatch is started again. <paramref name="link"/> belongs to free words.
    /// Words of the dispatch that is replaced are its ticket as it was: a program gives more than one line of words.
    /// </summary>
    public async Task<FoundTicket> AgainAsync(
        string reference, bool isFreeText, string? link, TimeBudget budget, DispatchState? replaced = null) => isFreeText switch
        {
            true when replaced?.Plan.Ticket is { IsFreeText: true } old && old.Reference == reference => new FoundTicket.Found(old),
            true => FreeText(PlainWords.OneLine(reference), link).Ticket is { } ticket ? new FoundTicket.Found(ticket)
                : new FoundTicket.Unknown(),
            false when reference.Length is 0 or > LongestReference => new FoundTicket.Unknown(),
            false => await lookups.FindTicketAsync(reference, budget),
        };

    static ResolvedTicket FreeText(string words, string? link = null) => words.Length switch
    {
        0 => ResolvedTicket.Not(ReplyText.NoSubject),
        > ReplyText.MostFreeText => ResolvedTicket.Not(ReplyText.FreeTextTooLong(words.Length)),
        _ => ResolvedTicket.Is(new Ticket(words, words, Link: Followable(link), IsFreeText: true)),
    };

    static string? Followable(string? link) => link is { Length: > 0 and <= LongestLink } ? WebLink.Safe(link) : null;

    async Task<ResolvedTicket> FoundAsync(string reference, string words, TimeBudget budget) =>
        await lookups.FindTicketAsync(reference, budget) switch
        {
            FoundTicket.Found(var ticket) => ResolvedTicket.Is(ticket),
            FoundTicket.Unavailable(var because) => AsTyped(reference, words, because),
            _ => ResolvedTicket.Not(ReplyText.UnknownTicket(reference, [], words)),
        };

    // The tickets to whose pages links among the words lead.
    IEnumerable<string> LinkedIn(string words) => TypedLinks.Unwrapped(words).Split(' ')
        .Where(each => each.Contains("://", StringComparison.Ordinal)).Select(lookups.ReferenceIn).OfType<string>();

    // The ticket system may know a ticket that it does not list.
    async Task<ResolvedTicket?> IsTicketAsync(string doubtful, string words, TimeBudget budget, string? written = null) =>
        doubtful.Length > LongestReference ? null : await lookups.FindTicketAsync(CommandGrammar.AsReference(doubtful), budget) switch
        {
            FoundTicket.Found(var ticket) when Folding.Key(words) == Folding.Key(doubtful) => ResolvedTicket.Is(ticket),
            FoundTicket.Found(var ticket) =>
                ResolvedTicket.Not(ReplyText.TicketAndWords(ticket.Reference, Without(words, written ?? doubtful), words)),
            FoundTicket.Unavailable(var because) => AsTyped(words, words, because),
            _ => null,
        };

    // A link cannot be spoken on the phone, so its reference is spoken instead.
    static ResolvedTicket AsTyped(string spoken, string typed, string because) =>
        FreeText(spoken, TypedLinks.Unwrapped(typed).Trim()) is { Ticket: not null } words
            ? words with { Notice = ReplyText.TypedInstead(because) } : FreeText(typed);

    // If the ticket system lists no tickets, look for the usual form of a reference.
    async Task<ResolvedTicket?> BeginningAsync(string words, TimeBudget budget)
    {
        var plain = PlainWords.OneLine(TypedLinks.Unwrapped(words));
        var first = plain.Split(' ')[0];
        var reference = CommandGrammar.AsReference(first) is var typed && CommandGrammar.LooksLikeReference(typed) ? typed
            : typed.All(char.IsDigit) ? null : lookups.ReferenceIn(typed);
        return plain.Contains(' ') && reference is not null ? await IsTicketAsync(reference, plain, budget, first) : null;
    }

    /// <summary>The subcommand that is meant by words that no subcommand begins; null if none is.</summary>
    static string? CommandFor(string words, ReferenceReading reading)
    {
        var typed = words.Split(' ');
        var meant = CommandWords.MeantBy(typed[0]);
        if (reading.IsPlainWords)
            return CommandWords.AsksWhatIsRunning(words) ? "list"
                : meant is not null
                    && (typed.Length == 1 || CommandWords.AsksForPeople(typed[0]) || CommandWords.AreForAny(string.Join(' ', typed[1..])))
                    ? meant
                : null;
        // "please cancel INC-1042", "INC-1042 done".
        return meant is not null && !CommandWords.IsAboutPeople(meant)
            ? meant
            : typed.Select(CommandWords.Bare).FirstOrDefault(word =>
                CommandCompletion.IsSubcommand(word) && !CommandWords.IsAboutPeople(word));
    }

    static string Without(string words, string some) => words.Replace(some, "", StringComparison.Ordinal).Trim();
}
