using System.Collections.Immutable;
using System.Diagnostics;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Api;

/// <summary>What a program wants started.</summary>
/// <param name="Id">The new dispatch. The same id starts nothing twice.</param>
/// <param name="By">The program.</param>
/// <param name="TicketReference">A ticket of a ticket system; null if the job is in <paramref name="Words"/>.</param>
/// <param name="Words">The job in words; null if it is a ticket.</param>
/// <param name="To">The list to call; null if <paramref name="People"/> names people.</param>
/// <param name="People">The ids or email addresses of people, in order.</param>
/// <param name="Note">A note that is spoken after the ticket.</param>
/// <param name="Channel">The place of the thread.</param>
internal sealed record ProgramRequest(
    DispatchId Id, Person By, string? TicketReference, Ticket? Words, string? To, ImmutableArray<string> People, string? Note,
    ChatChannel Channel);

/// <summary>What became of a <see cref="ProgramRequest"/>.</summary>
internal abstract record ProgramResult
{
    private ProgramResult() { }

    /// <summary>The dispatch is stored and runs, or has run before. <paramref name="LeftOut"/> says who is not called, and why.</summary>
    public sealed record Started(ImmutableArray<string> LeftOut) : ProgramResult;

    /// <summary>Another dispatch of this job is open.</summary>
    public sealed record IsOpen(DispatchState Other) : ProgramResult;

    /// <summary>A field is wrong. The words begin with its name.</summary>
    public sealed record Wrong(string Field, ImmutableArray<string> Words) : ProgramResult;

    /// <summary>Another system does not answer now.</summary>
    public sealed record NotNow(string Because) : ProgramResult;
}

/// <summary>Starts dispatches for programs, which name people as an administrator writes them and see no dialog.</summary>
internal sealed class ProgramStarting(
    DirectoryQueries lookups, DispatchStarting starting, INamedLists lists)
{
    /// <summary>Starts the dispatch, all of it or nothing.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="leavesOut">Whether people who are unknown or cannot be phoned are left out, as long as somebody remains. Otherwise they
    /// are a mistake.</param>
    /// <param name="budget">How long other systems may take.</param>
    public async Task<ProgramResult> StartAsync(ProgramRequest request, bool leavesOut, TimeBudget budget)
    {
        var listing = lookups.ListPeopleAsync(budget);
        var ticket = request.Words;
        if (request.TicketReference is { } reference)
            switch (await lookups.FindTicketAsync(reference, budget))
            {
                case FoundTicket.Found found:
                    ticket = found.Ticket;
                    break;
                case FoundTicket.Unavailable(var because):
                    return new ProgramResult.NotNow($"The ticket system cannot be asked ({because}).");
                default:
                    return new ProgramResult.Wrong("ticket", [$"ticket {reference} is not known to the ticket system."]);
            }
        if (await listing is not { } everybody)
            return new ProgramResult.NotNow("The employee directory cannot be read.");
        var (people, mistakes, unknown) = request.To is null ? Find(request.People, everybody) : ([], [], false);
        if (unknown)
            mistakes = WithUnread(mistakes);
        // A list says by itself who is left out; names that somebody wrote one by one must all be right.
        if (request.To is null && (people.Length == 0 || (mistakes.Length > 0 && !leavesOut)))
            return new ProgramResult.Wrong("people", mistakes);
        var start = new Chat.StartRequest(request.Id, ticket!, people, request.Note, request.By, request.Channel) { List = request.To };
        return await starting.StartAsync(start, everybody, budget) switch
        {
            StartResult.Started => new ProgramResult.Started(mistakes),
            StartResult.TicketIsOpen(var other) => new ProgramResult.IsOpen(other),
            StartResult.NobodyPicked => new ProgramResult.Wrong("people", ["people must name at least one person."]),
            StartResult.UnknownList(var name) => new ProgramResult.Wrong("to", [$"to: there is no list {name}.{Known()}"]),
            StartResult.ListMeansNobody(var list) => new ProgramResult.Wrong("to", list.LeftOut.IsEmpty
                ? WithUnread([$"to: nobody is on the list {list.List.Id}."])
                : [.. list.LeftOut.Select(each => $"to: {each.Who} of the list {list.List.Id}: {each.Why}.")]),
            // Who could be phoned just now may have changed since.
            StartResult.NotInDirectory(var missing) => new ProgramResult.Wrong(
                "people", WithUnread([.. missing.Select(each => $"people: {each.Value} is not in the employee directory.")])),
            StartResult.CannotBePhoned(var employee) => new ProgramResult.Wrong("people", [CannotBePhoned(employee)]),
            StartResult.TooManyPeople(var count) =>
                new ProgramResult.Wrong("people", [$"people are {count}; at most {ReplyText.MostPeople} are allowed."]),
            StartResult.NoteTooLong => new ProgramResult.Wrong("note", [$"note has more than {ReplyText.MostNote} characters."]),
            StartResult.PlaceRefused(var because) => new ProgramResult.Wrong("channel", [$"channel: {because}"]),
            var other => throw new UnreachableException(other.GetType().Name),
        };
    }

    /// <summary>Returns whom a program or a route of alerts means by an id or an email; null if it is nobody.</summary>
    public static Employee? Named(IReadOnlyList<Employee> everybody, string name) =>
        everybody.FirstOrDefault(each => Is(each.Id.Value, name)) ?? everybody.FirstOrDefault(each => Is(each.Email, name));

    string Known() => lists.All() is { Length: > 0 } all ? $" Lists: {string.Join(", ", all.Select(each => each.Id))}." : "";

    // Said once: somebody who is not found may be in a source that cannot be read now.
    ImmutableArray<string> WithUnread(ImmutableArray<string> mistakes) =>
        mistakes.SetItem(mistakes.Length - 1, mistakes[^1] + lookups.Unread);

    static (ImmutableArray<EmployeeId> People, ImmutableArray<string> Mistakes, bool IsSomebodyUnknown) Find(
        ImmutableArray<string> names, IReadOnlyList<Employee> everybody)
    {
        var (people, mistakes, isUnknown) = (new List<EmployeeId>(), new List<string>(), false);
        foreach (var name in names)
            switch (Named(everybody, name))
            {
                case null:
                    mistakes.Add($"people: {name} is not in the employee directory.");
                    isUnknown = true;
                    break;
                case var employee when employee.CannotBePhoned is not null:
                    mistakes.Add(CannotBePhoned(employee));
                    break;
                case var employee:
                    people.Add(employee.Id);
                    break;
            }
        return ([.. people], [.. mistakes], isUnknown);
    }

    static string CannotBePhoned(Employee employee) =>
        $"people: {employee.Name} cannot be phoned: {employee.CannotBePhoned?.TrimEnd('.')}.";

    static bool Is(string? own, string name) => name.Equals(own, StringComparison.OrdinalIgnoreCase);
}
