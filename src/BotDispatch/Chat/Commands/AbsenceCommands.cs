using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Notes that an employee is away, back, or takes over for another, for the employee who says so.</summary>
internal sealed class AbsenceCommands(DirectoryQueries lookups, EmployeeLinks links, IAbsences? absences = null)
{
    /// <summary>The person is away.</summary>
    public Task<ChatReply> AwayAsync(Person who, string when, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.AwayAsync(employee, when, budget.Caller), budget);

    /// <summary>The person is back.</summary>
    public Task<ChatReply> BackAsync(Person who, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.BackAsync(employee, budget.Caller), budget);

    /// <summary>The person takes over for somebody.</summary>
    public async Task<ChatReply> CoverAsync(Person who, NamedPerson other, string when, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        var (ids, mistake) = await new NamedPeople(links).FindAsync([other], everybody, budget);
        return mistake is not null || ids is not [var meant]
            ? new ChatReply.Private(mistake ?? ReplyText.DirectoryUnavailable)
            : await NoteAsync(who, (all, employee) => all.CoverAsync(employee, meant, when, budget.Caller), budget);
    }

    async Task<ChatReply> NoteAsync(Person who, Func<IAbsences, EmployeeId, Task<string>> note, TimeBudget budget)
    {
        if (absences is null || await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        return await links.FindAsync(who, everybody, budget) switch
        {
            Link.To(var employee) => new ChatReply.Private(await note(absences, employee.Id)),
            Link.Unknown => new ChatReply.Private(ReplyText.ChatUnavailable),
            _ => new ChatReply.Private(AbsenceText.NotLinked(who)),
        };
    }
}
