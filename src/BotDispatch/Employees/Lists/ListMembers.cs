using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Holidays;
using BotDispatch.Ports;
using NodaTime;

namespace BotDispatch.Employees.Lists;

/// <summary>Somebody whom a list names, with the skills and the turn for which it does.</summary>
internal sealed record ListMember(Employee Employee, ImmutableArray<string> Skills, RotationTurn? Turn);

/// <summary>Finds the people whom a list names: its members, everybody with a skill, and the people of a rotation, each once.</summary>
internal static class ListMembers
{
    const string Nobody = "nobody in the directory has this id, email or name, or several have";

    /// <summary>Returns the people in the order of the list, and what it names that is nobody.</summary>
    /// <param name="entry">The list.</param>
    /// <param name="everybody">The directory.</param>
    /// <param name="schedule">The schedule, with the covers of chats.</param>
    /// <param name="book">The public holidays of the schedule.</param>
    /// <param name="now">The moment, in wall time.</param>
    /// <param name="isWhole">Whether all sources of people can be read, so that somebody who is not there is nobody.</param>
    public static (IReadOnlyList<ListMember> People, IReadOnlyList<LeftOutPerson> Unknown) Of(
        ListEntry entry, ImmutableArray<Employee> everybody, ImmutableArray<ScheduleEntry> schedule, HolidayBook book, DateTimeOffset now,
        bool isWhole = true)
    {
        var meanwhile = isWhole ? "" : "; not all sources of people can be read at this moment";
        var (lookup, unknown) = (new PeopleLookup(everybody), new List<LeftOutPerson>());
        var (people, places) = (new List<ListMember>(), new Dictionary<EmployeeId, int>());
        foreach (var person in entry.IsEverybody ? everybody : [])
            Add(person, [], null);
        foreach (var written in entry.Members)
            if (lookup.Find(written) is { } person)
                Add(person, [], null);
            else
                unknown.Add(new(written, Nobody + meanwhile));
        foreach (var skill in entry.Skills)
        {
            var having = everybody.Where(each => each.Skills.Contains(skill, StringComparer.OrdinalIgnoreCase)).ToList();
            foreach (var person in having)
                Add(person, [skill], null);
            if (having.Count == 0)
                unknown.Add(new(skill, "nobody in the directory has this skill" + meanwhile));
        }
        if (entry.Rotation is { } name)
            AddRotation(name);
        return (people, unknown);

        void Add(Employee person, ImmutableArray<string> skills, RotationTurn? turn)
        {
            if (places.TryAdd(person.Id, people.Count))
                people.Add(new(person, skills, turn));
            else if (places[person.Id] is var at)
                people[at] = people[at] with { Skills = [.. people[at].Skills, .. skills], Turn = people[at].Turn ?? turn };
        }

        void AddRotation(string named)
        {
            if (schedule.OfType<ScheduleEntry.Rotation>().FirstOrDefault(each =>
                each.Name.Equals(named, StringComparison.OrdinalIgnoreCase)) is not { } rotation)
            {
                unknown.Add(new(named, "the schedule has no rotation of this name"));
                return;
            }
            var moment = Instant.FromDateTimeOffset(now);
            foreach (var (turn, written) in rotation.People.Index())
                if (lookup.Find(written) is not { } person)
                    unknown.Add(new(written, Nobody + meanwhile));
                else
                {
                    var own = TurnOf(rotation, turn, book, moment);
                    if (own is (var current, true))
                        foreach (var cover in Covering(person, moment))
                            Add(cover, [], new(current.Starts, $"in place of {person.Name.Isolated()}, who {current.Words}"));
                    Add(person, [], own?.Turn);
                }
        }

        IEnumerable<Employee> Covering(Employee replaced, Instant moment) =>
            from cover in schedule.OfType<ScheduleEntry.Cover>()
            where cover.For is not null && lookup.Find(cover.For)?.Id == replaced.Id
            let person = lookup.Find(cover.Person)
            where person is not null
            let zone = cover.Zone ?? TimeZones.ZoneOrUtc(person.TimeZone)
            where cover.When.In(zone) is { } time && time.Contains(moment)
            select person;
    }

    // A round of the rotation, and a little more, because hours may leave out the begin of a turn.
    static (RotationTurn Turn, bool IsNow)? TurnOf(ScheduleEntry.Rotation rotation, int person, HolidayBook book, Instant now)
    {
        var horizon = now + Duration.FromDays((rotation.Days * (rotation.People.Length + 1)) + 8);
        var turns = rotation.TurnsOf(person, now, horizon, book).Where(turn => turn.End > now).OrderBy(turn => turn.Start).ToList();
        if (turns is not [var next, ..])
            return null;
        var isNow = next.Start <= now;
        return (new(next.Start.ToDateTimeOffset(), isNow
            ? $"has the duty of {rotation.Name.Isolated()} until {LocalTimes.Clock(next.End, now, rotation.Zone)}"
            : $"has the duty of {rotation.Name.Isolated()} from {LocalTimes.Clock(next.Start, now, rotation.Zone)}"), isNow);
    }
}
