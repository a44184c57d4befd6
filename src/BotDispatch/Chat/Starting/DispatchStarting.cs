using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Chat;

/// <summary>What somebody wants dispatched. It may come from a dialog, or from a program.</summary>
/// <param name="Id">The id of the new dispatch. The same id starts nothing twice.</param>
/// <param name="Ticket">The job, looked up already.</param>
/// <param name="People">Whom to phone, in that order. Repeated ids count once.</param>
/// <param name="Note">What is spoken after the ticket; null or blank for nothing.</param>
/// <param name="AskedBy">Who asks for it. The name is shown in the thread.</param>
/// <param name="Channel">Where it was asked for, and where the card is posted if <paramref name="Replaced"/> is null.</param>
/// <param name="Replaced">The closed dispatch that this one continues, in the same thread; null if there is none.</param>
internal sealed record StartRequest(
    DispatchId Id, Ticket Ticket, ImmutableArray<EmployeeId> People, string? Note, Person AskedBy, ChatChannel Channel,
    DispatchState? Replaced = null)
{
    /// <summary>How often and how long people are called; null for the settings of <c>Policy</c>.</summary>
    public EscalationPolicy? Policy { get; init; }

    /// <summary>The names of the other places in which it is shown as well.</summary>
    public ImmutableArray<string> AlsoIn { get; init; } = [];

    /// <summary>
    /// The id or name of the named list whose policy counts, and whose following lists are called when it is exhausted. If
    /// <see cref="People"/> is empty, everybody on it is called, in its order. Null if people are picked without a list.
    /// </summary>
    public string? List { get; init; }

    /// <summary>Where the card is posted: a dispatch that replaces another one continues in its thread.</summary>
    public ChatChannel Home => Replaced?.Plan.Channel ?? Channel;
}

/// <summary>What became of a <see cref="StartRequest"/>. Only <see cref="Started"/> phones anybody.</summary>
internal abstract record StartResult
{
    private StartResult() { }

    /// <summary>The dispatch is stored and runs. It may have run before: the same request may come twice.</summary>
    public sealed record Started(DispatchId Dispatch) : StartResult;

    /// <summary>
    /// Another dispatch of this ticket is open, or the one to replace is. Show it only where <see cref="Tenancy"/> allows.
    /// </summary>
    public sealed record TicketIsOpen(DispatchState Other) : StartResult;

    /// <summary>The dispatch to replace was replaced before, by this one.</summary>
    public sealed record WasReplaced(DispatchId By) : StartResult;

    /// <summary>There is no dispatch to replace.</summary>
    public sealed record NothingToReplace : StartResult;

    /// <summary>The request names nobody.</summary>
    public sealed record NobodyPicked : StartResult;

    /// <summary>The request names more than <see cref="ReplyText.MostPeople"/> people.</summary>
    public sealed record TooManyPeople(int Count) : StartResult;

    /// <summary>The note has more than <see cref="ReplyText.MostNote"/> characters.</summary>
    public sealed record NoteTooLong(int Length) : StartResult;

    /// <summary>The directory does not answer, so nobody's number is known.</summary>
    public sealed record DirectoryUnavailable : StartResult;

    /// <summary>These people are not in the directory.</summary>
    public sealed record NotInDirectory(ImmutableArray<EmployeeId> People) : StartResult;

    /// <summary>The first person who cannot be phoned. <see cref="Employee.CannotBePhoned"/> says why.</summary>
    public sealed record CannotBePhoned(Employee Employee) : StartResult;

    /// <summary>There is no list with this id or name.</summary>
    public sealed record UnknownList(string List) : StartResult;

    /// <summary>Nobody on the list can be phoned; it says why for each.</summary>
    public sealed record ListMeansNobody(ResolvedList List) : StartResult;

    /// <summary>It cannot be shown in one of the other places, for this reason: a sentence.</summary>
    public sealed record PlaceRefused(string Because) : StartResult;
}

/// <summary>
/// The one way to start a dispatch: freezes the ticket, the people with their numbers and languages, the policy and the places into a
/// <see cref="DispatchPlan"/>, and hands it to the engine. It starts all of it or nothing.
/// </summary>
internal sealed class DispatchStarting(
    DispatchEngine engine, DirectoryQueries lookups, Languages languages, IOptions<PolicyOptions> policy, MirrorPlaces places,
    ListPlanning lists)
{
    /// <summary>
    /// Starts the dispatch. A request whose id has started before gets the same answer again, whatever the directory says now.
    /// </summary>
    public async Task<StartResult> StartAsync(StartRequest request, TimeBudget budget)
    {
        if (await engine.FindAsync(request.Id, budget.Caller) is not null)
            return new StartResult.Started(request.Id);
        if (WrongIn(request) is { } wrong)
            return wrong;
        return await lookups.ListPeopleAsync(budget) is { } everybody
            ? await StartAsync(request, everybody, budget)
            : new StartResult.DirectoryUnavailable();
    }

    /// <summary>Starts the dispatch of people from this list, which the caller has read from the directory just now.</summary>
    public async Task<StartResult> StartAsync(StartRequest request, IReadOnlyList<Employee> everybody, TimeBudget budget)
    {
        request = request with { AskedBy = request.AskedBy with { Name = PlainWords.OneLine(request.AskedBy.Name) } };
        ListChain? chain = null;
        if (request.List is { } list)
        {
            chain = await lists.ResolveAsync(list, request.Ticket, budget.Caller);
            if (chain is null)
                return new StartResult.UnknownList(list);
            if (request.People.IsEmpty && chain.People.IsEmpty)
                return new StartResult.ListMeansNobody(chain.First);
            request = request with { People = request.People.IsEmpty ? chain.People : request.People };
        }
        if (WrongIn(request) is { } wrong)
            return wrong;
        var (roster, unreachable) = RosterOf(request.People, everybody);
        if (unreachable is not null)
            return unreachable;
        var (mirrors, mistake) = await places.FindAsync(request, budget);
        if (mistake is not null)
            return new StartResult.PlaceRefused(mistake);
        var settings = request.Policy ?? policy.Value.ToPolicy();
        var planned = ImmutableArray<PlannedList>.Empty;
        if (chain is not null)
            (roster, planned) = await lists.PlanAsync(chain, roster, everybody, request, settings, budget);
        var plan = new DispatchPlan(
            request.Id, request.Ticket, SpokenNote(request.Note), roster, planned.IsEmpty ? settings : planned[0].Policy, request.AskedBy,
            request.Home, request.Replaced?.Plan.Id)
        { Lists = planned };
        return await engine.ApplyAsync(request.Id, new DispatchInput.Start(plan, mirrors), budget.Caller) switch
        {
            Applied.WasReplaced { By: var successor } => new StartResult.WasReplaced(successor),
            Applied.TicketIsOpen { Other: var other } => new StartResult.TicketIsOpen(other),
            Applied.NoSuchDispatch => new StartResult.NothingToReplace(),
            _ => new StartResult.Started(request.Id),
        };
    }

    static StartResult? WrongIn(StartRequest request) => Check(request.People, request.Note)
        .FirstOrDefault(each => each is not StartResult.NobodyPicked || request.List is null);

    /// <summary>Everything that is wrong with the request before anybody is asked about it.</summary>
    public static IEnumerable<StartResult> Check(ImmutableArray<EmployeeId> people, string? note)
    {
        var count = people.Distinct().Count();
        if (count == 0)
            yield return new StartResult.NobodyPicked();
        if (count > ReplyText.MostPeople)
            yield return new StartResult.TooManyPeople(count);
        if (SpokenNote(note) is { Length: > ReplyText.MostNote } spoken)
            yield return new StartResult.NoteTooLong(spoken.Length);
    }

    /// <summary>The note as it is spoken; null if there is nothing to speak.</summary>
    static string? SpokenNote(string? note) => note is null || PlainWords.OneLine(note) is not { Length: > 0 } written ? null : written;

    (ImmutableArray<Callee> Roster, StartResult? Unreachable) RosterOf(
        ImmutableArray<EmployeeId> ids, IReadOnlyList<Employee> everybody)
    {
        var known = everybody.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        var picked = ids.Distinct().ToList();
        ImmutableArray<EmployeeId> missing = [.. picked.Where(each => !known.ContainsKey(each))];
        if (missing.Length > 0)
            return ([], new StartResult.NotInDirectory(missing));
        var people = picked.ConvertAll(each => known[each]);
        if (people.Find(each => each.CannotBePhoned is not null) is { } unreachable)
            return ([], new StartResult.CannotBePhoned(unreachable));
        return ([.. people.Select(each => new Callee(each.Id, each.Name, each.Phone!, languages.For(each).Tag))], null);
    }
}
