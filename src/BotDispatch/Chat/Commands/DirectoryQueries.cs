using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The seconds of real time in which one command, press or submit may wait for other systems.</summary>
internal sealed class TimeBudget : IDisposable
{
    readonly CancellationTokenSource limit;
    readonly CancellationTokenSource both;

    public TimeBudget(TimeSpan longest, TimeProvider realTime, CancellationToken caller)
    {
        Longest = longest;
        Caller = caller;
        limit = new(longest, realTime);
        both = CancellationTokenSource.CreateLinkedTokenSource(caller, limit.Token);
        Token = both.Token;
    }

    /// <summary>The length of the whole budget.</summary>
    public TimeSpan Longest { get; }

    /// <summary>Is cancelled when the chat no longer waits.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Is cancelled when the chat no longer waits or the time is over.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        both.Dispose();
        limit.Dispose();
    }
}

/// <summary>Asks the ticket system, the directory and the chat. A timeout or a failure is a result, not an exception.</summary>
internal sealed class DirectoryQueries(
    ITicketSource tickets, IEmployeeDirectory directory, IEnumerable<IChatPlatform> platforms, TimeProvider realTime,
    ILogger<DirectoryQueries> log)
{
    const int MostTickets = 5000;

    readonly PendingQueries questions = new(realTime);
    volatile IReadOnlyList<Ticket> lastTickets = [];

    /// <summary>Starts the time budget of one command, press or submit.</summary>
    public TimeBudget Begin(TimeSpan longest, CancellationToken caller) => new(longest, realTime, caller);

    /// <summary>The whole text as a reference in the ticket system's spelling; null if it does not have the form of a reference.</summary>
    public string? ReferenceIn(string text) => tickets.ReferenceIn(text);

    /// <summary>Finds the ticket, or says why there is none.</summary>
    public async Task<FoundTicket> FindTicketAsync(string reference, TimeBudget budget) =>
        await AskAsync("the ticket system", ct =>
            questions.AskAsync($"ticket {reference}", late => tickets.FindAsync(reference, late), ct, isAnswer: found =>
            found is not FoundTicket.Unavailable),
            because => new FoundTicket.Unavailable(because), budget);

    /// <summary>
    /// Lists the tickets, up to a limit. If the ticket system does not list them now, the result is the previous list.
    /// </summary>
    public async Task<IReadOnlyList<Ticket>> ListTicketsAsync(TimeBudget budget)
    {
        var listed = await AskAsync<IReadOnlyList<Ticket>>(
            "the ticket system", async ct => await questions.AskAsync("tickets", late => tickets.SuggestAsync("", MostTickets, late), ct),
                _ => [], budget);
        return listed.Count > 0 ? lastTickets = listed : lastTickets;
    }

    /// <summary>Lists all employees; null if the directory could not be asked.</summary>
    public async Task<IReadOnlyList<Employee>?> ListPeopleAsync(TimeBudget budget) =>
        await AskAsync<IReadOnlyList<Employee>?>("the employee directory", async ct =>
            await questions.AskAsync("people", directory.ListAsync, ct), _ => null, budget);

    /// <summary>Words to append where somebody is not found, if a source of people cannot be read now; empty if all can be.</summary>
    public string Unread => UnreadText.Of(directory.Troubles);

    /// <summary>Why there is nobody to choose from.</summary>
    public string Nobody => UnreadText.Nobody(directory.Troubles);

    /// <summary>Suggests tickets for a typed text; none if the ticket system could not be asked.</summary>
    public async Task<IReadOnlyList<Ticket>> SuggestTicketsAsync(string typed, int most, TimeBudget budget) =>
        await AskAsync<IReadOnlyList<Ticket>>("the ticket system", ct => tickets.SuggestAsync(typed, most, ct), _ => [], budget);

    /// <summary>The email address that the person has in the chat, and whether the chat could be asked at all.</summary>
    public async Task<(bool WasAsked, string? Email)> EmailAsync(Person person, TimeBudget budget) =>
        await AskAsync<(bool, string?)>("the chat", async ct => (true, await EmailOfAsync(person, ct)), _ => (false, null), budget);

    /// <summary>The time zone that the person has in the chat; null if the chat reveals none, or could not be asked.</summary>
    public async Task<string?> TimeZoneAsync(Person person, TimeBudget budget) =>
        await AskAsync<string?>("the chat", async ct => platforms.FirstOrDefault(each => each.Name == person.Platform) is { } theirs
            ? await theirs.TimeZoneOfAsync(person, ct) : null, _ => null, budget);

    /// <summary>Sends a direct message to the person with this email, and returns whether that surely worked.</summary>
    public async Task<bool> TellAsync(IChatPlatform platform, ChatChannel where, string email, string text, TimeBudget budget) =>
        await AskAsync("the chat", ct => platform.TellAsync(where, email, text, ct), _ => false, budget);

    async Task<string?> EmailOfAsync(Person person, CancellationToken ct) =>
        platforms.FirstOrDefault(each => each.Name == person.Platform) is { } theirs ? await theirs.EmailOfAsync(person, ct) : null;

    async Task<T> AskAsync<T>(string whom, Func<CancellationToken, Task<T>> ask, Func<string, T> without, TimeBudget budget)
    {
        try
        {
            // The other side may ignore the token.
            return await ask(budget.Token).WaitAsync(budget.Token);
        }
        catch (OperationCanceledException) when (!budget.Caller.IsCancellationRequested)
        {
            var tooSlow = $"no answer in {Durations.InWords(budget.Longest)}";
            log.AskedInVain(whom, tooSlow);
            return without(tooSlow);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.Broken(broken, whom);
            return without("it is out of order");
        }
    }
}
