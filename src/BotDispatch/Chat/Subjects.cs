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
    const int MostNear = 3;
    const int NearAmong = 100;
    const int MostInMessage = 5;
    const int LongestLink = 500;

    /// <summary>A ticket if there is one, else free words; what looks like a ticket and is none is a mistake.</summary>
    public async Task<Subject> FindAsync(string words, bool isVerbatim, Patience patience)
    {
        if (words.Length == 0)
            return Subject.Not(DeskWords.NoSubject);
        if (isVerbatim)
            return FreeText(words);
        var space = words.IndexOf(' ');
        var first = CommandGrammar.AsReference(space < 0 ? words : words[..space]);
        if (space >= 0 && !CommandGrammar.LooksLikeReference(first))
            return FreeText(words);
        if (first.Length > LongestReference)
            return FreeText(words);

        return await lookups.FindTicketAsync(first, patience) switch
        {
            FoundTicket.Found(var ticket) when space < 0 => Subject.Is(ticket),
            FoundTicket.Found(var ticket) => Subject.Not(DeskWords.TicketAndWords(ticket.Reference, words[(space + 1)..])),
            FoundTicket.Unavailable(var because) when CommandGrammar.LooksLikeReference(first) => Subject.Not(DeskWords.TicketUnavailable(because)),
            FoundTicket.Unknown when space < 0 && CommandGrammar.LooksLikeReference(first) =>
                Subject.Not(DeskWords.UnknownTicket(first, await NearAsync(first, patience))),
            _ => FreeText(words),
        };
    }

    /// <summary>The one known ticket that a message speaks of, else the beginning of the message as free words, with a link to it.</summary>
    public async Task<Subject> OfMessageAsync(string message, string? link, Patience patience)
    {
        var words = PlainWords.OneLine(message);
        var named = CommandGrammar.ReferencesIn(words).Where(each => each.Length <= LongestReference).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostInMessage);
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

    async Task<IReadOnlyList<string>> NearAsync(string reference, Patience patience)
    {
        var series = reference[..(reference.IndexOf('-') + 1)];
        var candidates = await lookups.SuggestTicketsAsync(series, NearAmong, patience);
        return [.. candidates
            .Select(ticket => (ticket.Reference, Distance: Distance(ticket.Reference.ToUpperInvariant(), reference.ToUpperInvariant())))
            .Where(near => near.Distance <= Math.Max(2, reference.Length / 3))
            .OrderBy(near => near.Distance)
            .Select(near => near.Reference)
            .Take(MostNear)];
    }

    /// <summary>How many letters must be changed, added or left out.</summary>
    static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
