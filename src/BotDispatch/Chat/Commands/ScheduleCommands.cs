using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Answers who has which shift now and on the next seven days, in the time zone of the person who asks.</summary>
internal sealed class ScheduleCommands(
    DirectoryQueries lookups, EmployeeLinks links, NamedPeople named, ListPlanning lists, TimeProvider dispatchClock,
    IScheduleView? schedule = null, IEnumerable<INoticeSource>? notices = null)
{
    const int MostNear = 3;
    // A name, and times before and after it.
    const int MostWords = 16;
    static readonly string[] Connectives = ["on", "in", "for", "at", "of", "the"];

    // The order of a list may depend on the words of a ticket. The schedule is about none.
    static readonly Ticket NoTicket = new("", "");

    /// <summary>Answers the command; null if what was typed names no list and nobody, so that it is something to dispatch.</summary>
    public async Task<ChatReply?> AnswerAsync(Person who, ChatCommand.Schedule asked, string typed, TimeBudget budget)
    {
        if (await lookups.ListPeopleAsync(budget) is not { } everybody)
            return new ChatReply.Private(ReplyText.DirectoryUnavailable);
        if (schedule is null)
            return asked.Otherwise is null ? new ChatReply.Private(ScheduleText.Nothing) : null;
        var reader = await ReaderAsync(who, everybody, budget);
        if (asked.Whose is { } person)
        {
            var (whose, mistake) = await named.LookUpAsync(person, everybody, budget);
            return whose is null ? new ChatReply.Private(mistake) : Shown(Look(new(Person: whose.Id), reader), whose.Name);
        }
        if (asked.About == "me")
            return reader.Employee is { } myself
                ? Shown(Look(new(Person: myself.Id), reader), myself.Name)
                : new ChatReply.Private(ScheduleText.NotLinked(who) + lookups.Unread);
        // A rotation and a list may have one name, and need not have the same people: then both are shown.
        List<string> meant = [.. NamesIn(asked)];
        var list = meant.Select(each => ListNames.Find(each, lists.All)).FirstOrDefault(each => each is not null);
        var name = meant.Select(each => ListNames.Find(each, schedule.Names)).FirstOrDefault(each => each is not null);
        if (list is not null)
            return await OfListAsync(list, name, reader, everybody, budget);
        if (name is not null)
            return Shown(Look(new(Name: name), reader), name);
        if (asked.OrAll || asked.About.Length == 0)
            return Shown(Look(ScheduleFilter.All, reader), null);
        string[] names = [asked.About, PeopleGrammar.NameIn(asked.About)];
        if (names.FirstOrDefault(each => NamedPeople.IsNameOfSomebody(new NamedPerson.Typed(each), everybody)) is { } known)
        {
            var (employee, why) = await named.LookUpAsync(new NamedPerson.Typed(known), everybody, budget);
            return employee is null ? new ChatReply.Private(why) : Shown(Look(new(Person: employee.Id), reader), employee.Name);
        }
        // "who has INC-1042" asks for a ticket.
        if (asked.IsOnCall && names[1].Any(char.IsDigit))
            return null;
        var nearPeople = NamedPeople.Near(names[1], everybody);
        var near = Names.Concat(lists.All.Select(each => each.Name)).DistinctBy(Folding.Fold)
            .Where(each => meant.Any(words => IsNear(each, words))).Concat(nearPeople.Select(each => each.Name))
            .Concat(LeadingIn(names[1], everybody)).Take(MostNear).ToList();
        // One word is a name that is unknown; "schedule the yearly test of lift 2" is something to dispatch.
        return near.Count > 0 || NamedPeople.IsLikelyName(names[1], TimeWords.Named(asked.About) is (_, { Length: > 0 }), nearPeople)
            ? new ChatReply.Private(ScheduleText.Unknown(names[1], near, typed, asked.IsOnCall) + lookups.Unread)
            : null;
    }

    /// <summary>The whole schedule as that person reads it; null if there is none.</summary>
    public async Task<ScheduleWeek?> LookAsync(Person? who, IReadOnlyList<Employee> everybody, TimeBudget budget) => schedule is null ? null
        : Look(ScheduleFilter.All, who is null ? default : await ReaderAsync(who, everybody, budget));

    /// <summary>The names of everything whose schedule can be shown: rotations, shifts and calendars, then named lists.</summary>
    public IReadOnlyList<string> Names => schedule is null ? []
        : [.. schedule.Names.Concat(lists.All.Select(each => each.Id)).DistinctBy(Folding.Fold)];

    async Task<ChatReply> OfListAsync(
        NamedList list, string? name, (Employee? Employee, string? Zone) reader, IReadOnlyList<Employee> everybody, TimeBudget budget)
    {
        if (await lists.ResolveAsync(list.Id, NoTicket, budget.Caller) is not { First: var resolved })
            return new ChatReply.Private(ScheduleText.Nothing);
        var members = resolved.People.Select(each => each.Id).Concat(resolved.LeftOut.Select(each => each.Id).OfType<EmployeeId>());
        var week = Look(name is null ? new() { People = members.ToImmutableHashSet() } : new(Name: name), reader);
        return Shown(week with
        {
            Now = [.. week.Now, .. ScheduleText.Order(resolved, everybody)],
            Days = week.Days.All(day => day.Lines.IsEmpty) ? [] : week.Days,
        }, name ?? list.Name);
    }

    ScheduleWeek Look(ScheduleFilter about, (Employee? Employee, string? Zone) reader) =>
        schedule!.Look(about, reader.Employee?.Id, dispatchClock.OnWall(dispatchClock.GetUtcNow()), reader.Zone);

    // A schedule may be old while a calendar or a directory cannot be read, and nothing else in it says so. What is
    // wrong with tickets or alerts changes nothing about it.
    ChatReply.Private Shown(ScheduleWeek week, string? title)
    {
        ImmutableArray<string> wrong = [.. (notices ?? []).Where(source => source.IsAboutPeople).SelectMany(source => source.Notices())];
        return new(ScheduleText.Of(week, title, wrong))
        {
            Schedule = week.IsEmpty ? null : new(week, title) { Notices = wrong },
        };
    }

    // Somebody who is no employee reads the time of their chat, if the chat reveals it.
    async Task<(Employee? Employee, string? Zone)> ReaderAsync(Person who, IReadOnlyList<Employee> everybody, TimeBudget budget) =>
        await links.FindAsync(who, everybody, budget) is Link.To(var employee)
            ? (employee, null)
            : (null, await lookups.TimeZoneAsync(who, budget));

    // What may be the name of a list, the longest first: "lifts tomorrow" and "next week for lifts" name Lifts, unless something is called
    // that as a whole. Words that are a time alone name nothing else.
    static IEnumerable<string> NamesIn(ChatCommand.Schedule asked)
    {
        string[] typed = [asked.Whole, asked.About];
        return (asked.OrAll ? typed : typed.Concat(typed.SelectMany(WithoutTimes)).Append(PeopleGrammar.NameIn(asked.About)))
            .Where(each => each.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase);
    }

    static IEnumerable<string> WithoutTimes(string words)
    {
        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (all.Length > MostWords)
            yield break;
        for (var length = all.Length - 1; length > 0; length--)
            for (var from = 0; from + length <= all.Length; from++)
                if (AreTimeOrNothing(all[..from]) && AreTimeOrNothing(all[(from + length)..]))
                    yield return PlainWords.Unquoted(string.Join(' ', all[from..(from + length)].SkipWhile(Connectives.Contains)));
    }

    // "ben morgn" and "lifts morgn" begin with a name, and what follows it is probably a mistyped time.
    IEnumerable<string> LeadingIn(string words, IReadOnlyList<Employee> everybody)
    {
        if (words.LastIndexOf(' ') is > 0 and var end
            && (ListNames.Find(words[..end], lists.All)?.Name ?? ListNames.Find(words[..end], schedule!.Names)) is { } list)
            yield return list;
        else if (NamedPeople.LeadingName(words, everybody) is { } person)
            yield return person;
    }

    static bool AreTimeOrNothing(string[] words) => words.Length == 0 || TimeWords.AreTime(string.Join(' ', words));

    // "lfits" and "lift" mean Lifts, "night shfit" and "nigth" mean night-shift; in a longer text a list is not meant.
    static bool IsNear(string name, string typed) => Folding.Key(typed) is { Length: >= 3 } key
        && name.Split(' ', '-').Append(name).Select(Folding.Key).Any(known =>
            Closeness.Of(key, known, 2) <= Math.Min(2, known.Length / 3) || known.StartsWith(key, StringComparison.Ordinal));
}
