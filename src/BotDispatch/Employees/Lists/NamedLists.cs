using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Employees.Lists;

/// <summary>The named lists of the file, resolved with the directory, the schedule and the calls that are stored.</summary>
internal sealed class NamedLists(
    ListFile file, EmployeeDirectory directory, EmployeeAvailability availability, ICallLimits limits, CallStore calls,
    TimeProvider dispatchClock) : INamedLists
{
    ImmutableArray<ListEntry> read = [];
    ImmutableArray<NamedList> lists = [];

    public ImmutableArray<NamedList> All()
    {
        var now = file.Read();
        // Immutable arrays are equal if they are the same one: nothing was read meanwhile.
        if (now != read)
            (lists, read) = ([.. now.Select(each => each.List)], now);
        return lists;
    }

    public async Task<ResolvedList> ResolveAsync(NamedList list, Ticket ticket, DateTimeOffset at, CancellationToken ct)
    {
        if (file.Read().FirstOrDefault(each => each.List.Id.Equals(list.Id, StringComparison.OrdinalIgnoreCase)) is not { } entry)
            return new(list, [], [new(list.Name, "an administrator has removed this list")]);
        var (wall, everybody, facts) = (dispatchClock.OnWall(at), directory.Current, availability.Facts);
        var (members, unknown) = ListMembers.Of(
            entry, everybody, facts.Entries, facts.Plans.Book, wall, directory.Troubles.Count == 0);
        var leftOut = unknown.Concat(members.Where(each => each.Employee.CannotBePhoned is not null)
            .Select(each => new LeftOutPerson(each.Employee.Name, each.Employee.CannotBePhoned!.TrimEnd('.'))
            {
                Id = each.Employee.Id,
            })).ToList();
        var callable = members.Where(each => each.Employee.CannotBePhoned is null).ToList();

        ImmutableArray<EmployeeId> ids = [.. callable.Select(each => each.Employee.Id)];
        var limited = await limits.LimitedAsync(ids, entry.List.Policy.Over(new()), at, ct);
        IReadOnlyDictionary<EmployeeId, CallHistory> histories = entry.Order is ListOrder.AsListed or ListOrder.Rotation || ids.IsEmpty
            ? ImmutableDictionary<EmployeeId, CallHistory>.Empty
            : await calls.ReadAsync(ids, dispatchClock.FromWall(MonthOf(wall)), ct);
        var needed = entry.SkillsFirst ? TicketSkills.Needed(ticket, callable.SelectMany(each => each.Employee.Skills)) : [];
        var people = ListOrdering.Of(entry.Order, entry.SkillsFirst, [.. callable.Select(CandidateOf)], at);
        if (people.Length > INamedLists.MostPeople)
            leftOut.Add(new($"{people.Length - INamedLists.MostPeople} more people", $"at most {INamedLists.MostPeople} are called"));
        return new(entry.List, [.. people.Take(INamedLists.MostPeople)], [.. leftOut]);

        ListCandidate CandidateOf(ListMember member)
        {
            var duty = availability.Of(member.Employee.Id, wall);
            return new(member.Employee, duty.IsAvailable && limited.TryGetValue(member.Employee.Id, out var off) ? off : duty,
                histories.GetValueOrDefault(member.Employee.Id), member.Skills,
                [.. member.Employee.Skills.Where(skill => needed.Contains(skill, StringComparer.OrdinalIgnoreCase))], member.Turn);
        }
    }

    static DateTimeOffset MonthOf(DateTimeOffset wall) => new(wall.UtcDateTime.Year, wall.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
