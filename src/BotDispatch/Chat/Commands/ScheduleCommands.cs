using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Answers who has which shift now and on the next seven days, in the time zone of the person who asks.</summary>
internal sealed class ScheduleCommands(
    DirectoryQueries lookups, EmployeeLinks links, NamedPeople named, TimeProvider dispatchClock, IScheduleView? schedule = null)
{
    /// <summary>Answers the command; null if what was typed names no list and nobody, so that it is something to dispatch.</summary>
    public async Task<ChatReply?> AnswerAsync(Person who, ChatCommand.Schedule asked, string typed, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        var reader = await ReaderAsync(who, everybody, budget);
        if (schedule is null)
            return asked.Otherwise is null ? new ChatReply.Private(ScheduleText.Nothing) : null;
        var (filter, title) = (ScheduleFilter.All, (string?)null);
        if (asked.Whose is { } person)
        {
            var (meant, mistake) = await named.LookUpAsync(person, everybody, budget);
            if (meant is null)
                return new ChatReply.Private(mistake);
            (filter, title) = (new(Person: meant.Id), meant.Name);
        }
        else if (asked.About == "me")
        {
            if (reader is null)
                return new ChatReply.Private(AbsenceText.NotLinked(who));
            (filter, title) = (new(Person: reader.Id), reader.Name);
        }
        else if (asked.About.Length > 0)
        {
            if (schedule.Names.FirstOrDefault(each => IsSame(each, asked.About)) is { } list)
                (filter, title) = (new(Name: list), list);
            else if (await named.FindOneAsync(new NamedPerson.Typed(asked.About), everybody, budget) is { } employee)
                (filter, title) = (new(Person: employee.Id), employee.Name);
            // One word is a name that is unknown; "schedule the yearly test of lift 2" is something to dispatch.
            else if (schedule.Names.Where(each => IsNear(each, asked.About)).Take(3).ToList() is var near
                && (near.Count > 0 || !asked.About.Contains(' ', StringComparison.Ordinal)))
                return new ChatReply.Private(ScheduleText.Unknown(asked.About, near, typed));
            else
                return null;
        }
        var week = schedule.Look(filter, reader?.Id, dispatchClock.OnWall(dispatchClock.GetUtcNow()));
        return new ChatReply.Private(ScheduleText.Of(week, title));
    }

    /// <summary>The whole schedule as that person reads it; null if there is none.</summary>
    public async Task<ScheduleWeek?> LookAsync(Person? who, IReadOnlyList<Employee> everybody, TimeBudget budget) => schedule?.Look(
        ScheduleFilter.All, who is null ? null : (await ReaderAsync(who, everybody, budget))?.Id,
        dispatchClock.OnWall(dispatchClock.GetUtcNow()));

    /// <summary>The names of all lists.</summary>
    public IReadOnlyList<string> Names => schedule?.Names ?? [];

    async Task<Employee?> ReaderAsync(Person who, IReadOnlyList<Employee> everybody, TimeBudget budget) =>
        await links.FindAsync(who, everybody, budget) is Link.To(var employee) ? employee : null;

    static bool IsSame(string name, string typed) => Folding.Fold(name) == Folding.Fold(typed);

    // "lfits" and "lift" mean Lifts; in a longer text a list is not meant.
    static bool IsNear(string name, string typed) => Folding.Fold(typed) is { Length: >= 3 } folded && Folding.Fold(name) is var known
        && (Closeness.Of(folded, known, 2) <= Math.Min(2, known.Length / 3) || known.StartsWith(folded, StringComparison.Ordinal));
}
