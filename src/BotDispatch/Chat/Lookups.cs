using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Two seconds of real time for all that one command, press or submit asks of the outside: the chat itself waits three.</summary>
internal sealed class Patience : IDisposable
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);
    readonly CancellationTokenSource limit;
    readonly CancellationTokenSource both;

    public Patience(TimeProvider realTime, CancellationToken caller)
    {
        Caller = caller;
        limit = new(Longest, realTime);
        both = CancellationTokenSource.CreateLinkedTokenSource(caller, limit.Token);
        Token = both.Token;
    }

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

/// <summary>Asks the ticket system and the directory, and takes silence or a breakdown for an answer.</summary>
internal sealed class Lookups(ITicketSource tickets, IEmployeeDirectory directory, TimeProvider realTime, ILogger<Lookups> log)
{
    const string TooSlow = "no answer in two seconds";

    /// <summary>The time for one command, press or submit begins.</summary>
    public Patience Begin(CancellationToken caller) => new(realTime, caller);

    /// <summary>The ticket, or why there is none.</summary>
    public async Task<FoundTicket> FindTicketAsync(string reference, Patience patience) =>
        await AskAsync("the ticket system", ct => tickets.FindAsync(reference, ct), because => new FoundTicket.Unavailable(because), patience);

    /// <summary>Everybody; null if the directory could not be asked.</summary>
    public async Task<IReadOnlyList<Employee>?> ListPeopleAsync(Patience patience) =>
        await AskAsync<IReadOnlyList<Employee>?>("the employee directory", async ct => await directory.ListAsync(ct), _ => null, patience);

    /// <summary>Tickets that may be meant; none if the ticket system could not be asked.</summary>
    public async Task<IReadOnlyList<Ticket>> SuggestTicketsAsync(string typed, int most, Patience patience) =>
        await AskAsync<IReadOnlyList<Ticket>>("the ticket system", ct => tickets.SuggestAsync(typed, most, ct), _ => [], patience);

    async Task<T> AskAsync<T>(string whom, Func<CancellationToken, Task<T>> ask, Func<string, T> without, Patience patience)
    {
        try
        {
            // Whoever is asked may not watch the token.
            return await ask(patience.Token).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!patience.Caller.IsCancellationRequested)
        {
            log.AskedInVain(whom, TooSlow);
            return without(TooSlow);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            log.Broken(broken, whom);
            return without("it is out of order");
        }
    }
}
