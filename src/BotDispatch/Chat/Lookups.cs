using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Some seconds of real time for all that one command, press or submit asks of the outside.</summary>
internal sealed class Patience : IDisposable
{
    readonly CancellationTokenSource limit;
    readonly CancellationTokenSource both;

    public Patience(TimeSpan longest, TimeProvider realTime, CancellationToken caller)
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
internal sealed class Lookups(ITicketSource tickets, IEmployeeDirectory directory, EmailOf emailOf, TimeProvider realTime, ILogger<Lookups> log)
{
    const int MostTickets = 5000;

    readonly SlowQuestions questions = new(realTime);
    volatile IReadOnlyList<Ticket> lastTickets = [];

    /// <summary>The time for one command, press or submit begins.</summary>
    public Patience Begin(TimeSpan longest, CancellationToken caller) => new(longest, realTime, caller);

    /// <summary>The ticket, or why there is none.</summary>
    public async Task<FoundTicket> FindTicketAsync(string reference, Patience patience) =>
        await AskAsync("the ticket system", ct => questions.AskAsync($"ticket {reference}", late => tickets.FindAsync(reference, late), ct, isAnswer: found => found is not FoundTicket.Unavailable),
            because => new FoundTicket.Unavailable(because), patience);

    /// <summary>The tickets there are, as many as can be looked through; those of the last time if the ticket system does not tell them now.</summary>
    public async Task<IReadOnlyList<Ticket>> ListTicketsAsync(Patience patience)
    {
        var listed = await AskAsync<IReadOnlyList<Ticket>>(
            "the ticket system", async ct => await questions.AskAsync("tickets", late => tickets.SuggestAsync("", MostTickets, late), ct), _ => [], patience);
        return listed.Count > 0 ? lastTickets = listed : lastTickets;
    }

    /// <summary>Everybody; null if the directory could not be asked.</summary>
    public async Task<IReadOnlyList<Employee>?> ListPeopleAsync(Patience patience) =>
        await AskAsync<IReadOnlyList<Employee>?>("the employee directory", async ct => await questions.AskAsync("people", directory.ListAsync, ct), _ => null, patience);

    /// <summary>Tickets that may be meant; none if the ticket system could not be asked.</summary>
    public async Task<IReadOnlyList<Ticket>> SuggestTicketsAsync(string typed, int most, Patience patience) =>
        await AskAsync<IReadOnlyList<Ticket>>("the ticket system", ct => tickets.SuggestAsync(typed, most, ct), _ => [], patience);

    /// <summary>The email that their chat knows, and whether it could be asked at all.</summary>
    public async Task<(bool WasAsked, string? Email)> EmailAsync(Person person, Patience patience) =>
        await AskAsync<(bool, string?)>("the chat", async ct => (true, await emailOf(person, ct)), _ => (false, null), patience);

    async Task<T> AskAsync<T>(string whom, Func<CancellationToken, Task<T>> ask, Func<string, T> without, Patience patience)
    {
        try
        {
            // Whoever is asked may not watch the token.
            return await ask(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!patience.Caller.IsCancellationRequested)
        {
            var tooSlow = $"no answer in {Durations.InWords(patience.Longest)}";
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
