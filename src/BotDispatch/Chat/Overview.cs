using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>What somebody sees who looks at no single dispatch: everything that is open, and everybody.</summary>
internal sealed class Overview(DispatchEngine engine, Lookups lookups, FormOpening forms, Tenancy tenancy, IEnumerable<INoticeSource> notices)
{
    /// <summary>The whole, as it may be seen from there.</summary>
    public async Task<DeskHome> LookAsync(ChatChannel where, Patience patience)
    {
        var listing = lookups.ListPeopleAsync(patience);
        var open = tenancy.KnownIn(where, await engine.ListOpenAsync(patience.Caller));
        return new([.. open.Select(each => DispatchCard.Of(each))], await listing is { } everybody ? forms.ChoicesOf(everybody) : null) { Notices = Notices() };
    }

    /// <summary>What an administrator has to mend, whatever the source.</summary>
    public ImmutableArray<string> Notices() => [.. notices.SelectMany(source => source.Notices())];

    /// <summary>An answer with what an administrator has to mend below it.</summary>
    public DeskAnswer.Private WithNotices(DeskAnswer.Private answer) =>
        Notices() is { IsEmpty: false } all ? answer with { Text = $"{answer.Text}\n{DeskWords.ToMend(all)}" } : answer;

    /// <summary>People whose name, skill, id or email holds every typed word, those first whose name begins so; none where the directory cannot be asked.</summary>
    public async Task<IReadOnlyList<FormPerson>> FindPeopleAsync(string typed, int most, Patience patience)
    {
        if (await lookups.ListPeopleAsync(patience) is not { } everybody)
            return [];
        var line = PlainWords.OneLine(typed);
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return forms.ChoicesOf([.. everybody
            .Where(each => words.All(word => Holds(each, word)))
            .OrderBy(each => !each.Name.StartsWith(line, StringComparison.OrdinalIgnoreCase))
            .Take(most)]);
    }

    static bool Holds(Employee employee, string word) =>
        Holds(employee.Name, word) || Holds(employee.Id.Value, word) || Holds(employee.Email ?? "", word) || employee.Skills.Any(skill => Holds(skill, word));

    static bool Holds(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
