using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Stores that an employee is away, is back, or takes over for another, when that employee says so.</summary>
internal sealed class AbsenceCommands(
    DirectoryQueries lookups, EmployeeLinks links, NamedPeople named, IEnumerable<IChatPlatform> platforms, IAbsences? absences = null)
{
    const int MostWordsOfName = 4;

    /// <summary>Stores that the person is away.</summary>
    public Task<ChatReply> AwayAsync(Person who, string when, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.AwayAsync(employee, when, budget.Caller), budget);

    /// <summary>Stores that the person is back.</summary>
    public Task<ChatReply> BackAsync(Person who, TimeBudget budget) =>
        NoteAsync(who, (all, employee) => all.BackAsync(employee, budget.Caller), budget);

    /// <summary>
    /// Stores that the person takes over for another one, and sends the other a message. Null if what was typed is no name.
    /// </summary>
    public async Task<ChatReply?> CoverAsync(Person who, ChatChannel where, ChatCommand.Cover cover, string typed, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        cover = WithWholeName(cover, typed, everybody);
        if (cover.Otherwise is not null && !NamedPeople.IsNameOfSomebody(cover.For, everybody))
            return NoName(cover, everybody, typed);
        if (!TimeWords.AreTime(cover.When))
            return new ChatReply.Private(AbsenceText.HowTo("cover", typed));
        if (cover.Meant is { } meant)
            return new ChatReply.Private(ReplyText.CommandMeant(meant, [], typed));
        // Somebody whose phone cannot be called is exactly who may need another in their place.
        var (found, mistake) = await named.LookUpAsync(cover.For, everybody, budget);
        if (found is not { Id: var other } replaced)
            return new ChatReply.Private(mistake);
        CoverNote? note = null;
        var answer = await NoteAsync(who, everybody, async (all, employee) =>
            (note = await all.CoverAsync(employee, other, cover.When, budget.Caller)).Answer, budget);
        if (note?.ToOther is not { } words)
            return answer;
        var isInformed = replaced.Email is { } email && platforms.FirstOrDefault(each => each.Name == where.Platform) is { } platform
            && await lookups.TellAsync(platform, where, email, words, budget);
        return new ChatReply.Private($"{note.Answer} {AbsenceText.Informed(replaced, isInformed)}");
    }

    /// <summary>Answers who says that another is away or back. Null if what was typed is no name.</summary>
    public async Task<ChatReply?> AwayOfOtherAsync(ChatCommand.AwayOfOther asked, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        if (NamedPeople.IsNameOfSomebody(new NamedPerson.Typed(asked.Name), everybody)
            || NamedPeople.IsOneOfThemSomebody(asked.Name, everybody) || NamedPeople.LeadingName(asked.Name, everybody) is not null)
            return new ChatReply.Private(AbsenceText.HowTo("away", asked.Words));
        if (asked.IsUncertain)
            return null;
        var near = NamedPeople.Near(asked.Name, everybody);
        if (near.Count == 0 && TimeWords.MayBeTime(asked.Name))
            return new ChatReply.Private(AbsenceText.HowTo(asked.Verb is "away" ? "away when" : asked.Verb, asked.Words));
        if (IsThing(asked.Name, asked.When, near) || !NamedPeople.IsLikelyName(asked.Name, asked.When.Length > 0, near))
            return null;
        // "away gone" is nobody's name, and more likely a time than "away zorro tomorrow".
        return new ChatReply.Private(near.Count == 0 && asked is { Verb: "away", When: "" }
            ? AbsenceText.NoTimeAndNobody(asked.Name, asked.Words) + lookups.Unread
            : AbsenceText.NobodyCalled(asked.Name, near, "away", asked.Words) + lookups.Unread);
    }

    // "cover gate 4 until 18:00" and "back INC-7" are something to dispatch.
    static bool IsThing(string name, string when, IReadOnlyList<Employee> near) =>
        near.Count == 0 && (TimeWords.BeginWithPlainNumber(when) || CommandGrammar.LooksLikeReference(name));

    // "cover lamps" and "hover lamp tomorrow" are something to dispatch, unless nearly somebody's name follows.
    ChatReply.Private? NoName(ChatCommand.Cover cover, IReadOnlyList<Employee> everybody, string typed)
    {
        if (cover.For is not NamedPerson.Typed(var name))
            return null;
        if (NamedPeople.IsOneOfThemSomebody(name, everybody) || NamedPeople.LeadingName(name, everybody) is not null)
            return new(AbsenceText.HowTo("cover", typed));
        var near = NamedPeople.Near(name, everybody);
        if (near.Count == 0 && TimeWords.MayBeTime(name))
            return new(AbsenceText.HowTo("cover", typed));
        var isName = cover.Meant is not null ? near.Count > 0
            : cover is { Otherwise.People.IsEmpty: false }
                || (!IsThing(name, cover.When, near) && NamedPeople.IsLikelyName(name, hasTime: true, near));
        return cover.When.Length > 0 && isName ? new(AbsenceText.NobodyCalled(name, near, "cover", typed) + lookups.Unread) : null;
    }

    // "@Jim Long until 18:00": a surname may be a word that also says a time. The directory knows which of the two it is.
    static ChatCommand.Cover WithWholeName(ChatCommand.Cover cover, string typed, IReadOnlyList<Employee> everybody)
    {
        if (cover.For is not NamedPerson.Typed(var first))
            return cover;
        var words = cover.When.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var count = Math.Min(words.Length, MostWordsOfName - 1); count > 0; count--)
        {
            var (name, rest) = ($"{first} {string.Join(' ', words[..count])}", string.Join(' ', words[count..]));
            if ((rest.Length == 0 || TimeWords.AreTime(rest))
                && PlainWords.OneLine(typed).Contains(name, StringComparison.OrdinalIgnoreCase)
                && NamedPeople.IsNameOfSomebody(new NamedPerson.Typed(name), everybody))
                return cover with { For = new NamedPerson.Typed(name), When = rest };
        }
        return cover;
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
            _ => new ChatReply.Private(AbsenceText.NotLinked(who) + lookups.Unread),
        };
    }
}
