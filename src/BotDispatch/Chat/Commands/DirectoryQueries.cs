using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Some seconds of real time for all that one command, press or submit asks of the outside.</summary>
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

    /// <summary>How long it is.</summary>
    public TimeSpan Longest { get; }

    /// <summary>The chat does not wait any more.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Either the chat does not wait any more, or the time is over.</summary>
    public CancellationToken Token { get; }

    public void Dispose()
    {
        both.Dispose();
        limit.Dispose();
    }
}

/// <summary>Asks the ticket system, the directory and the chat, and takes silence or a breakdown for an answer.</summary>
internal sealed class DirectoryQueries(
    ITicketSource tickets, IEmployeeDirectory directory, IEnumerable<IChatPlatform> platforms, TimeProvider realTime,
    ILogger<DirectoryQueries> log)
{
    const int MostTickets = 5000;

    readonly PendingQueries questions = new(realTime);
    volatile IReadOnlyList<Ticket> lastTickets = [];

    /// <summary>The time for one command, press or submit begins.</summary>
    public TimeBudget Begin(TimeSpan longest, CancellationToken caller) => new(longest, realTime, caller);

    /// <summary>The reference that a whole text is by its form, in the ticket system's spelling; null if it is none.</summary>
    public string? ReferenceIn(string text) => tickets.ReferenceIn(text);

    /// <summary>The ticket, or why there is none.</summary>
    public async Task<FoundTicket> FindTicketAsync(string reference, TimeBudget budget) =>
        await AskAsync("the ticket system", ct =>
            questions.AskAsync($"ticket {reference}", late => tickets.FindAsync(reference, late), ct, isAnswer: found =>
            found is not FoundTicket.Unavailable),
            because => new FoundTicket.Unavailable(because), budget);

    /// <summary>
    /// The tickets there are, as many as can be looked through; those of the last time if the ticket system does not tell them now.
    /// </summary>
    public async Task<IReadOnlyList<Ticket>> ListTicketsAsync(TimeBudget budget)
    {
        var listed = await AskAsync<IReadOnlyList<Ticket>>(
            "the ticket system", async ct => await questions.AskAsync("tickets", late => tickets.SuggestAsync("", MostTickets, late), ct),
                _ => [], budget);
        return listed.Count > 0 ? lastTickets = listed : lastTickets;
    }

    /// <summary>Everybody; null if the directory could not be asked.</summary>
    public async Task<IReadOnlyList<Employee>?> ListPeopleAsync(TimeBudget budget) =>
        await AskAsync<IReadOnlyList<Employee>?>("the employee directory", async ct =>
            await questions.AskAsync("people", directory.ListAsync, ct), _ => null, budget);

    /// <summary>Tickets that may be meant; none if the ticket system could not be asked.</summary>
    public async Task<IReadOnlyList<Ticket>> SuggestTicketsAsync(string typed, int most, TimeBudget budget) =>
        await AskAsync<IReadOnlyList<Ticket>>("the ticket system", ct => tickets.SuggestAsync(typed, most, ct), _ => [], budget);

    /// <summary>The email that their chat knows, and whether it could be asked at all.</summary>
    public async Task<(bool WasAsked, string? Email)> EmailAsync(Person person, TimeBudget budget) =>
        await AskAsync<(bool, string?)>("the chat", async ct => (true, await EmailOfAsync(person, ct)), _ => (false, null), budget);

    async Task<string?> EmailOfAsync(Person person, CancellationToken ct) =>
        platforms.FirstOrDefault(each => each.Name == person.Platform) is { } theirs ? await theirs.EmailOfAsync(person, ct) : null;

    async Task<T> AskAsync<T>(string whom, Func<CancellationToken, Task<T>> ask, Func<string, T> without, TimeBudget budget)
    {
        try
        {
            // Whoever is asked may not watch the token.
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
