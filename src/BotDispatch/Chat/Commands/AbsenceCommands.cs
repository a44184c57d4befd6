using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Stores that an employee is away, is back, or takes over for another, when that employee says so.</summary>
internal sealed class AbsenceCommands(DirectoryQueries lookups, EmployeeLinks links, NamedPeople named, IAbsences? absences = null)
{
    /// <summary>Stores that the person is away.</summary>
    public Task<ChatReply> AwayAsync(Person who, string when, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.AwayAsync(employee, when, budget.Caller), budget);

    /// <summary>Stores that the person is back.</summary>
    public Task<ChatReply> BackAsync(Person who, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.BackAsync(employee, budget.Caller), budget);

    /// <summary>Stores that the person takes over for another one.</summary>
    public async Task<ChatReply> CoverAsync(Person who, NamedPerson other, string when, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        var (ids, mistake) = await named.FindAsync([other], everybody, budget);
        return mistake is not null || ids is not [var meant]
            ? new ChatReply.Private(mistake ?? ReplyText.DirectoryUnavailable)
            : await NoteAsync(who, everybody, (all, employee) => all.CoverAsync(employee, meant, when, budget.Caller), budget);
    }

    async Task<ChatReply> NoteAsync(Person who, Func<IAbsences, EmployeeId, Task<string>> note, TimeBudget budget) =>
        await lookups.ListPeopleAsync(budget) is { } everybody
            ? await NoteAsync(who, everybody, note, budget)
            : new ChatReply.Private(ReplyText.DirectoryUnavailable);

    async Task<ChatReply> NoteAsync(
        Person who, IReadOnlyList<Employee> everybody, Func<IAbsences, EmployeeId, Task<string>> note, TimeBudget budget)
    {
        if (absences is null)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        return await links.FindAsync(who, everybody, budget) switch
        {
            Link.To(var employee) => new ChatReply.Private(await note(absences, employee.Id)),
            Link.Unknown => new ChatReply.Private(ReplyText.ChatUnavailable),
            _ => new ChatReply.Private(AbsenceText.NotLinked(who)),
        };
    }
}
