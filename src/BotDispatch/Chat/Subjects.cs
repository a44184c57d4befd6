using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What a command is about: a ticket or free words, or a sentence that says why neither.</summary>
internal sealed record Subject(Ticket? Ticket, string Mistake)
{
    public static Subject Is(Ticket ticket) => new(ticket, "");

    public static Subject Not(string mistake) => new(null, mistake);
}

/// <summary>Finds out what a command is about.</summary>
internal sealed class Subjects(Lookups lookups)
{
    const int LongestReference = 64;
    const int MostInMessage = 5;
    const int LongestLink = 500;

    /// <summary>
    /// A ticket if there is one, in whatever form its reference is written; else free words. Words that are like a reference or like a command are a mistake, since to phone people
    /// for them may be wrong: the answer says how to go on.
    /// </summary>
    public async Task<Subject> FindAsync(string words, bool isVerbatim, Patience patience)
    {
        if (words.Length == 0)
            return Subject.Not(DeskWords.NoSubject);
        if (isVerbatim)
            return FreeText(words);
        // The ticket system knows best, and more tickets than it tells.
        var asTyped = CommandGrammar.AsReference(words);
        var isOneWord = !words.Contains(' ') && words.Length <= LongestReference;
        var found = isOneWord ? await lookups.FindTicketAsync(asTyped, patience) : new FoundTicket.Unknown();
        if (found is FoundTicket.Found(var ticket))
            return Subject.Is(ticket);
        if (found is FoundTicket.Unavailable(var because) && CommandGrammar.LooksLikeReference(asTyped))
            return Subject.Not(DeskWords.TicketUnavailable(because));

        var reading = KnownReferences.Of(await lookups.ListTicketsAsync(patience)).Read(words);
        if (reading is { Named: [var reference], IsAll: true })
            return await FoundAsync(reference, words, patience);
        if (reading.Doubtful is { } doubtful && await IsTicketAsync(doubtful, words, patience) is { } told)
            return told;
        if (CommandFor(words, reading) is { } command)
            return Subject.Not(DeskWords.CommandMeant(command, reading.Named.Count > 0 ? reading.Named : reading.Near, words));
        return reading switch
        {
            { Named: [var only] } => Subject.Not(DeskWords.TicketAndWords(only, reading.Rest, words)),
            { Named: [_, _, ..] } => Subject.Not(DeskWords.SeveralTickets(reading.Named, words)),
            { Doubtful: { } unknown } => Subject.Not(DeskWords.UnknownTicket(unknown, reading.Near, words)),
            _ => await BeginningAsync(words, patience) ?? FreeText(words),
        };
    }

    /// <summary>The one known ticket that a message speaks of, else the beginning of the message as free words, with a link to it.</summary>
    public async Task<Subject> OfMessageAsync(string message, string? link, Patience patience)
    {
        var words = PlainWords.OneLine(message);
        var known = KnownReferences.Of(await lookups.ListTicketsAsync(patience)).Read(words).Named;
        var named = known.Concat(CommandGrammar.ReferencesIn(words)).Where(each => each.Length <= LongestReference).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostInMessage);
        var looked = await Task.WhenAll(named.Select(each => lookups.FindTicketAsync(each, patience)));
        if (looked.OfType<FoundTicket.Found>().DistinctBy(each => each.Ticket.Reference, StringComparer.OrdinalIgnoreCase).ToList() is [var only])
            return Subject.Is(only.Ticket);
        return words.Any(char.IsLetterOrDigit)
            ? FreeText(PlainWords.Shortened(words, DeskWords.MostFreeText), link)
            : Subject.Not(DeskWords.MessageHasNoWords);
    }

    /// <summary>The same subject again, when the dialog is sent or a dispatch begins anew. <paramref name="link"/> belongs to free words.</summary>
    public async Task<FoundTicket> AgainAsync(string reference, bool isFreeText, string? link, Patience patience) => isFreeText switch
    {
        true => FreeText(PlainWords.OneLine(reference), link).Ticket is { } ticket ? new FoundTicket.Found(ticket) : new FoundTicket.Unknown(),
        false when reference.Length is 0 or > LongestReference => new FoundTicket.Unknown(),
        false => await lookups.FindTicketAsync(reference, patience),
    };

    static Subject FreeText(string words, string? link = null) => words.Length switch
    {
        0 => Subject.Not(DeskWords.NoSubject),
        > DeskWords.MostFreeText => Subject.Not(DeskWords.FreeTextTooLong(words.Length)),
        _ => Subject.Is(new Ticket(words, words, Link: Followable(link), IsFreeText: true)),
    };

    static string? Followable(string? link) => link is { Length: > 0 and <= LongestLink } && Uri.TryCreate(link, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? link : null;

    async Task<Subject> FoundAsync(string reference, string words, Patience patience) => await lookups.FindTicketAsync(reference, patience) switch
    {
        FoundTicket.Found(var ticket) => Subject.Is(ticket),
        FoundTicket.Unavailable(var because) => Subject.Not(DeskWords.TicketUnavailable(because)),
        _ => Subject.Not(DeskWords.UnknownTicket(reference, [], words)),
    };

    // Not every ticket is among those that are told.
    async Task<Subject?> IsTicketAsync(string doubtful, string words, Patience patience) =>
        doubtful.Length > LongestReference ? null : await lookups.FindTicketAsync(CommandGrammar.AsReference(doubtful), patience) switch
        {
            FoundTicket.Found(var ticket) when Folding.Key(words) == Folding.Key(doubtful) => Subject.Is(ticket),
            FoundTicket.Found(var ticket) => Subject.Not(DeskWords.TicketAndWords(ticket.Reference, Without(words, doubtful), words)),
            FoundTicket.Unavailable(var because) => Subject.Not(DeskWords.TicketUnavailable(because)),
            _ => null,
        };

    // Where no tickets are told, their usual form is looked for.
    async Task<Subject?> BeginningAsync(string words, Patience patience)
    {
        var first = CommandGrammar.AsReference(words.Split(' ')[0]);
        return words.Contains(' ') && first.Length <= LongestReference && CommandGrammar.LooksLikeReference(first) ? await IsTicketAsync(first, words, patience) : null;
    }

    /// <summary>The subcommand that is meant by words which were taken for something to dispatch; null if none is.</summary>
    static string? CommandFor(string words, ReferenceReading reading)
    {
        var typed = words.Split(' ');
        var meant = CommandWords.MeantBy(typed[0]);
        if (reading.IsPlainWords)
            return CommandWords.AsksWhatIsRunning(words) ? "list"
                : meant is not null && (typed.Length == 1 || CommandWords.AsksForPeople(typed[0]) || CommandWords.AreForAny(string.Join(' ', typed[1..]))) ? meant
                : null;
        // "please cancel INC-1042", "INC-1042 done".
        return meant ?? typed.Select(CommandWords.Bare).FirstOrDefault(CommandCompletion.IsSubcommand);
    }

    static string Without(string words, string some) => words.Replace(some, "", StringComparison.Ordinal).Trim();
}
