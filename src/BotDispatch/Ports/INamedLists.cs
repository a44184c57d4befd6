using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Ports;

/// <summary>The named lists of people, such as <c>lifts</c>, each with an order and a policy.</summary>
/// <remarks>It throws nothing but the exceptions of the database that holds the history of calls.</remarks>
internal interface INamedLists
{
    /// <summary>The greatest number of people whom one dispatch calls.</summary>
    const int MostPeople = 50;

    /// <summary>Returns every list, in the order of their file; none if no file is set.</summary>
    ImmutableArray<NamedList> All();

    /// <summary>Returns the list with this id or name, compared without case and outer space; null if there is none.</summary>
    NamedList? Find(string idOrName) => All().FirstOrDefault(each => each.IsCalled(idOrName));

    /// <summary>Returns whom a list means for a ticket at a moment, in the order in which they are called.</summary>
    /// <param name="list">The list.</param>
    /// <param name="ticket">The ticket, whose words may name a skill.</param>
    /// <param name="at">A moment of the dispatch clock, which may differ from wall time.</param>
    /// <param name="ct">Stops the wait for the database.</param>
    Task<ResolvedList> ResolveAsync(NamedList list, Ticket ticket, DateTimeOffset at, CancellationToken ct);
}

/// <summary>A list of people under a name.</summary>
/// <param name="Id">What people type, as <c>lifts</c>.</param>
/// <param name="Name">Its name for people; the id if it has no other.</param>
/// <param name="Description">What it is for; null if nothing is written.</param>
/// <param name="Policy">How hard a dispatch to this list tries, where that differs from the settings.</param>
/// <param name="Then">The id of the list that is called when this one is exhausted; null if there is none.</param>
/// <param name="Tell">Who is informed when this list is exhausted, as it is written: a place, or the id or email of an employee.</param>
internal sealed record NamedList(
    string Id, string Name, string? Description, ListPolicy Policy, string? Then, ImmutableArray<string> Tell)
{
    /// <summary>Whether the text is its id or its name.</summary>
    public bool IsCalled(string idOrName) =>
        idOrName.Trim() is var typed && (typed.Equals(Id, StringComparison.OrdinalIgnoreCase)
            || typed.Equals(Name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>How hard a dispatch to a list tries. What is null is as the settings say.</summary>
internal sealed record ListPolicy
{
    /// <summary>Calls to one person in one round.</summary>
    public int? Attempts { get; init; }
    /// <summary>The pause between two calls to one person.</summary>
    public TimeSpan? RetryPause { get; init; }
    /// <summary>How long a phone may ring.</summary>
    public TimeSpan? RingTimeout { get; init; }
    /// <summary>The pause between two rounds.</summary>
    public TimeSpan? RoundPause { get; init; }
    /// <summary>How many rounds there are; 0 for as many as the time allows.</summary>
    public int? Rounds { get; init; }
    /// <summary>How long after the list's first call its last one may begin.</summary>
    public TimeSpan? GiveUpAfter { get; init; }
    /// <summary>How long somebody is not called after they accepted a job.</summary>
    public TimeSpan? Rest { get; init; }
    /// <summary>How often one person is called in one night.</summary>
    public int? MostCallsPerNight { get; init; }

    /// <summary>Returns a policy with what this one says in place of what it said.</summary>
    public EscalationPolicy Over(EscalationPolicy policy) => policy with
    {
        AttemptsPerEmployee = Attempts ?? policy.AttemptsPerEmployee,
        RetryPause = RetryPause ?? policy.RetryPause,
        RingTimeout = RingTimeout ?? policy.RingTimeout,
        RoundPause = RoundPause ?? policy.RoundPause,
        Rounds = Rounds ?? policy.Rounds,
        GiveUpAfter = GiveUpAfter ?? policy.GiveUpAfter,
        Rest = Rest ?? policy.Rest,
        MostCallsPerNight = MostCallsPerNight ?? policy.MostCallsPerNight,
    };
}

/// <summary>Whom a list means at one moment.</summary>
/// <param name="List">The list.</param>
/// <param name="People">Whom to call, in this order: first those who can be called now.</param>
/// <param name="LeftOut">Everybody whom the list names and who cannot be called at all.</param>
internal sealed record ResolvedList(NamedList List, ImmutableArray<ListedPerson> People, ImmutableArray<LeftOutPerson> LeftOut);

/// <summary>Somebody on a list, at their place in its order.</summary>
/// <param name="Id">Who.</param>
/// <param name="Reason">Why they have this place, as <c>lifts, longest since last called (19 days)</c>.</param>
/// <param name="Sentence">The same with the place and whether they can be called now, as
/// <c>first: on shift until 08:00 (UTC), lifts, longest since last called (19 days)</c>.</param>
/// <param name="IsAvailable">They can be called now.</param>
internal sealed record ListedPerson(EmployeeId Id, string Reason, string Sentence, bool IsAvailable);

/// <summary>Somebody whom a list names and who cannot be called.</summary>
/// <param name="Who">Their name, or what the list writes if nobody is called that.</param>
/// <param name="Why">Why not.</param>
internal sealed record LeftOutPerson(string Who, string Why)
{
    /// <summary>Who it is, if they are in the directory; null if nobody is called that.</summary>
    public EmployeeId? Id { get; init; }
}

/// <summary>There are no lists. In use where nothing provides any.</summary>
internal sealed class NoLists : INamedLists
{
    public ImmutableArray<NamedList> All() => [];

    public Task<ResolvedList> ResolveAsync(NamedList list, Ticket ticket, DateTimeOffset at, CancellationToken ct) =>
        Task.FromResult(new ResolvedList(list, [], []));
}
