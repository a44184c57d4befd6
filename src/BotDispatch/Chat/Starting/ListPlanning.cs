using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>A named list and those that follow it when it is exhausted, as they are at one moment.</summary>
/// <param name="Lists">The lists, in the order in which they are called; never empty.</param>
internal sealed record ListChain(ImmutableArray<ResolvedList> Lists)
{
    /// <summary>The list that was asked for.</summary>
    public ResolvedList First => Lists[0];

    /// <summary>Everybody on the list that was asked for, in its order.</summary>
    public ImmutableArray<EmployeeId> People => [.. First.People.Select(each => each.Id)];
}

/// <summary>Resolves named lists, and freezes them into plans.</summary>
internal sealed class ListPlanning(
    INamedLists lists, MirrorPlaces places, Languages languages, IEnumerable<IChatPlatform> platforms, TimeProvider dispatchClock)
{
    const int MostLists = 10;

    /// <summary>Every list.</summary>
    public ImmutableArray<NamedList> All => lists.All();

    /// <summary>Returns the list with this id or name, and those that follow it; null if there is no such list.</summary>
    public async Task<ListChain?> ResolveAsync(string idOrName, Ticket ticket, CancellationToken ct)
    {
        var now = dispatchClock.GetUtcNow();
        var chain = ImmutableArray.CreateBuilder<ResolvedList>();
        var passed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var next = lists.Find(idOrName); next is not null && passed.Add(next.Id) && chain.Count < MostLists;
            next = next.Then is { } then ? lists.Find(then) : null)
            chain.Add(await lists.ResolveAsync(next, ticket, now, ct));
        return chain.Count == 0 ? null : new(chain.ToImmutable());
    }

    /// <summary>
    /// Returns the roster and the lists of a plan. The first list calls those who are picked; the next ones call whom they mean, those
    /// whom an earlier list called last. A dispatch calls at most <see cref="INamedLists.MostPeople"/> people.
    /// </summary>
    /// <param name="chain">The lists.</param>
    /// <param name="picked">The people who are picked, with their numbers.</param>
    /// <param name="everybody">The directory.</param>
    /// <param name="request">What is started.</param>
    /// <param name="settings">The policy where a list says nothing.</param>
    /// <param name="budget">How long chats may be asked who is mentioned.</param>
    public async Task<(ImmutableArray<Callee> Roster, ImmutableArray<PlannedList> Lists)> PlanAsync(
        ListChain chain, ImmutableArray<Callee> picked, IReadOnlyList<Employee> everybody, StartRequest request, EscalationPolicy settings,
        TimeBudget budget)
    {
        var (roster, planned) = (picked.ToList(), ImmutableArray.CreateBuilder<PlannedList>());
        var known = everybody.DistinctBy(each => each.Id).ToDictionary(each => each.Id);
        foreach (var list in chain.Lists)
        {
            var reasons = list.People.ToDictionary(each => each.Id, each => each.Reason);
            var people = planned.Count == 0
                ? picked.Select((callee, index) => new ListPick(index, reasons.GetValueOrDefault(callee.Id, "picked in addition")))
                : list.People.Select(each => (Callee: IndexOf(each.Id), each.Reason)).Where(each => each.Callee is not null)
                    .Select(each => new ListPick(each.Callee!.Value, each.Reason));
            var earlier = planned.SelectMany(each => each.People).Select(each => each.Callee).ToHashSet();
            planned.Add(new(list.List.Id, PlainWords.OneLine(list.List.Name),
                [.. people.ToList().OrderBy(each => earlier.Contains(each.Callee))], list.List.Policy.Over(settings))
            {
                ShownWhenExhausted = [.. list.List.Tell.Select(written => PlaceOf(written, request)).OfType<Mirror>()],
                MentionedWhenExhausted = await MentionedAsync(list.List.Tell, everybody, request, budget),
            });
        }
        return ([.. roster], planned.ToImmutable());

        int? IndexOf(EmployeeId id)
        {
            if (roster.FindIndex(each => each.Id == id) is >= 0 and var index)
                return index;
            if (roster.Count >= INamedLists.MostPeople || known.GetValueOrDefault(id) is not { Phone: { } phone } employee)
                return null;
            roster.Add(new(employee.Id, employee.Name, phone, languages.For(employee).Tag));
            return roster.Count - 1;
        }
    }

    Mirror? PlaceOf(string written, StartRequest request) =>
        places.Named.Where(each => each.Name.Equals(written, StringComparison.OrdinalIgnoreCase) && each.Channel != request.Home)
            .Select(each => new Mirror(each.Channel, each.Name, request.AskedBy, IsByRule: true)).FirstOrDefault();

    // Somebody whom the chat does not know is named, and not notified.
    async Task<ImmutableArray<Person>> MentionedAsync(
        ImmutableArray<string> tell, IReadOnlyList<Employee> everybody, StartRequest request, TimeBudget budget)
    {
        var mentioned = ImmutableArray.CreateBuilder<Person>();
        foreach (var employee in everybody.Where(each => tell.Any(written =>
            written.Equals(each.Id.Value, StringComparison.OrdinalIgnoreCase)
            || written.Equals(each.Email, StringComparison.OrdinalIgnoreCase))))
        {
            var unknown = new Person("", employee.Id.Value, PlainWords.OneLine(employee.Name));
            mentioned.Add(await MemberAsync(unknown, employee.Email, request.Home, budget) ?? unknown);
        }
        return mentioned.ToImmutable();
    }

    async Task<Person?> MemberAsync(Person person, string? email, ChatChannel place, TimeBudget budget)
    {
        try
        {
            return platforms.FirstOrDefault(each => each.Name == place.Platform) is { } platform
                && await platform.FindMemberAsync(place, person, email, budget.Token).WaitAsync(budget.Token) is Membership.Is(var here)
                ? here
                : null;
        }
        // A dispatch does not wait for a chat that is slow or broken.
        catch (Exception) when (!budget.Caller.IsCancellationRequested)
        {
            return null;
        }
    }
}
