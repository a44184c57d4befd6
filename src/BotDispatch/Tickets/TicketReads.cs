using System.Collections.Concurrent;
using System.Text.Json;
using BotDispatch.Ports;

namespace BotDispatch.Tickets;

/// <summary>
/// One look at several tickets of one system. A ticket that the system no longer has is remembered as lost for a minute, so that it costs
/// nothing until then; the account is asked for once in a look, however many tickets are missing.
/// </summary>
/// <remarks>
/// Which tickets the system refused because it does not accept our credentials is noted here for each ticket. Redmine shows public
/// projects to everybody, so one look may read one ticket and be refused another.
/// </remarks>
/// <param name="client">The system's client.</param>
/// <param name="lost">The tickets that are remembered as lost.</param>
/// <param name="turns">When each ticket was last asked for alone.</param>
/// <param name="check">Asks who we are, because a system may hide a ticket from somebody whom it does not know.</param>
internal sealed class TicketReads(
    SystemClient client, LostTickets lost, LoneTurns turns, Func<CancellationToken, Task<SystemCheck>> check)
{
    /// <summary>How many tickets are asked for alone in one look, so that the others do not wait long.</summary>
    public const int MostAlone = 5;

    /// <summary>What it means where a system gives the same answer for both.</summary>
    public const string DeletedOrHidden = "it was deleted, or moved to where BotDispatch may not look";

    /// <summary>What it means if a system knows us and refuses what it showed before.</summary>
    public const string NoLongerShown = "BotDispatch's account may not read it any more";

    /// <summary>What it means that the answer for one ticket alone is too large.</summary>
    public const string TooLarge = "it has more text than BotDispatch reads";

    readonly Dictionary<string, TicketReading> found = new(StringComparer.Ordinal);
    readonly List<string> leftOut = [];
    SystemCheck? account;

    /// <summary>What is known so far.</summary>
    public IReadOnlyDictionary<string, TicketReading> Found => found;

    /// <summary>Notes how a ticket stands.</summary>
    public TicketReading this[string reference]
    {
        set => found[reference] = value;
    }

    /// <summary>Returns the tickets that have to be asked for. All others are among those found.</summary>
    public IReadOnlyList<string> ToAsk(IEnumerable<string> references)
    {
        var open = new List<string>();
        foreach (var reference in references)
            if (lost.Of(reference) is { } remembered)
                found[reference] = remembered;
            else
                open.Add(reference);
        return open;
    }

    /// <summary>
    /// Asks for several tickets in one list. One of them may have a text of megabytes, so fewer are asked for at once if the answer is too
    /// large. If the whole list is refused, all of them are lost.
    /// </summary>
    /// <param name="asked">The tickets.</param>
    /// <param name="reference">The reference of a ticket.</param>
    /// <param name="path">Where these tickets are listed.</param>
    /// <param name="read">Reads the list; null if the system has nothing at that address.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task AskAsync<T>(IReadOnlyList<T> asked, Func<T, string> reference, Func<IReadOnlyList<T>, string> path,
        Action<IReadOnlyList<T>, JsonElement?> read, CancellationToken ct)
    {
        await client.TurnAsync(ct);
        switch (await client.GetNotesAsync(path(asked), ct))
        {
            case SystemAnswer.Content(var body):
                read(asked, body);
                break;
            case SystemAnswer.Missing:
                read(asked, null);
                break;
            case SystemAnswer.Failed { IsTooLarge: true } when asked.Count > 1:
                await AskAsync([.. asked.Take(asked.Count / 2)], reference, path, read, ct);
                await AskAsync([.. asked.Skip(asked.Count / 2)], reference, path, read, ct);
                break;
            case SystemAnswer.Failed { IsTooLarge: true }:
                Lose(reference(asked[0]), TooLarge);
                break;
            case var answer:
                await LoseIfRefusedAsync(asked.Select(reference), answer, ct);
                break;
        }
    }

    /// <summary>Notes what the answer to a list says if it refuses to show these tickets: they are hidden, or we are not known.</summary>
    public async Task LoseIfRefusedAsync(IEnumerable<string> references, SystemAnswer answer, CancellationToken ct)
    {
        if (answer is SystemAnswer.NotKnown)
            Refuse(references);
        else if (answer is SystemAnswer.Forbidden)
            foreach (var reference in references)
                await LoseAsync(reference, NoLongerShown, ct);
    }

    /// <summary>Notes that a list left a ticket out, so that it has to be asked for alone.</summary>
    public void LeftOut(string reference) => leftOut.Add(reference);

    /// <summary>
    /// Asks alone for tickets that lists left out, first for those that have waited longest. The others have their turn in later looks, so
    /// no ticket waits for ever, however many there are.
    /// </summary>
    /// <param name="read">Asks for one ticket, and notes how it stands.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task AskAloneAsync(Func<string, Task> read, CancellationToken ct)
    {
        foreach (var reference in turns.First(leftOut, MostAlone))
        {
            await client.TurnAsync(ct);
            turns.Note(reference);
            await read(reference);
        }
        leftOut.Clear();
    }

    /// <summary>Notes that the system does not have a ticket, unless it does not know us.</summary>
    public async Task LoseAsync(string reference, string because, CancellationToken ct)
    {
        if (account is null)
        {
            await client.TurnAsync(ct);
            account = await check(ct);
        }
        if (account is SystemCheck.Known)
            Lose(reference, because);
        else if (account is SystemCheck.Refused and not SystemCheck.WrongAddress)
            Refuse([reference]);
    }

    // The system does not accept our credentials, so nothing is known of these tickets.
    void Refuse(IEnumerable<string> references)
    {
        foreach (var reference in references)
            found[reference] = new TicketReading.NotAdmitted(client.CredentialRemedy);
    }

    /// <summary>Notes what the answer for a ticket says if it does not have the ticket: it is gone, or we are not known.</summary>
    /// <param name="reference">The ticket.</param>
    /// <param name="answer">The answer to the question for it.</param>
    /// <param name="ifMissing">What it means that there is no such ticket.</param>
    /// <param name="ifForbidden">What it means that we may not read it.</param>
    /// <param name="ct">The caller waits no longer.</param>
    public async Task LoseIfGoneAsync(string reference, SystemAnswer answer, string ifMissing, string ifForbidden, CancellationToken ct)
    {
        switch (answer)
        {
            case SystemAnswer.Missing:
                await LoseAsync(reference, ifMissing, ct);
                break;
            case SystemAnswer.Forbidden:
                await LoseAsync(reference, ifForbidden, ct);
                break;
            case SystemAnswer.NotKnown:
                Refuse([reference]);
                break;
            case SystemAnswer.Failed { IsTooLarge: true }:
                Lose(reference, TooLarge);
                break;
        }
    }

    /// <summary>Notes that the system itself said that a ticket is not where it was.</summary>
    public void Lose(string reference, string because) => found[reference] = lost.Remember(reference, because);
}

/// <summary>Remembers how tickets stood, with the ETags by which a system says that they have not changed.</summary>
internal sealed class RememberedReadings
{
    const int Most = 10_000;

    readonly ConcurrentDictionary<string, (string ETag, TicketReading Reading)> readings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a ticket. Returns how it stands, or null beside an answer that does not say it.</summary>
    /// <param name="reference">The ticket.</param>
    /// <param name="ask">Asks for it, with the ETag of the last answer if there is one.</param>
    /// <param name="read">Reads the answer; null if there is no ticket in it.</param>
    public async Task<(TicketReading? Reading, SystemAnswer Answer)> ReadAsync(
        string reference, Func<string?, Task<SystemAnswer>> ask, Func<JsonElement, TicketReading?> read)
    {
        if (readings.Count > Most)
            readings.Clear();
        var isKnown = readings.TryGetValue(reference, out var before);
        var answer = await ask(isKnown ? before.ETag : null);
        if (answer is SystemAnswer.NotChanged && isKnown)
            return (before.Reading, answer);
        if (answer is not SystemAnswer.Content(var body) { ETag: var etag } || read(body) is not { } reading)
            return (null, answer);
        if (etag is not null)
            readings[reference] = (etag, reading);
        return (reading, answer);
    }
}

/// <summary>Remembers when tickets were last asked for alone, so that each has its turn.</summary>
internal sealed class LoneTurns
{
    const int Most = 10_000;

    readonly ConcurrentDictionary<string, long> turns = new(StringComparer.Ordinal);
    long last;

    /// <summary>Returns the tickets whose last turn was longest ago, first those that had none.</summary>
    public IReadOnlyList<string> First(IEnumerable<string> references, int most) =>
        [.. references.Distinct(StringComparer.Ordinal).OrderBy(each => turns.GetValueOrDefault(each)).Take(most)];

    /// <summary>Notes that a ticket has its turn.</summary>
    public void Note(string reference)
    {
        if (turns.Count >= Most)
            turns.Clear();
        turns[reference] = Interlocked.Increment(ref last);
    }
}

/// <summary>Remembers for a minute which tickets a system does not have.</summary>
internal sealed class LostTickets(TimeProvider clock)
{
    /// <summary>How long a ticket is not asked for again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    const int Most = 10_000;

    readonly ConcurrentDictionary<string, (TicketReading.Lost Reading, DateTimeOffset At)> lost = new(StringComparer.Ordinal);

    /// <summary>Returns why a ticket is lost; null if it has to be asked for.</summary>
    public TicketReading.Lost? Of(string reference) =>
        // The clock may have been set back since.
        lost.TryGetValue(reference, out var known) && clock.GetUtcNow() - known.At is var age && age >= TimeSpan.Zero && age < Remembered
            ? known.Reading : null;

    /// <summary>Notes that a ticket is lost from now on.</summary>
    public TicketReading.Lost Remember(string reference, string because)
    {
        if (lost.Count >= Most)
            lost.Clear();
        var reading = new TicketReading.Lost(because);
        lost[reference] = (reading, clock.GetUtcNow());
        return reading;
    }
}
