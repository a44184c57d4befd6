using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Says who can be phoned.</summary>
internal static class OnCallText
{
    /// <summary>
    /// Returns everybody, with what they are busy with: who can be phoned now, who later and from when, and who not at all and why.
    /// </summary>
    public static string Of(IReadOnlyList<Employee> everybody, CurrentWork work)
    {
        var (now, later, never) = (new List<string>(), new List<(DateTimeOffset? From, string Words)>(), new List<string>());
        foreach (var each in everybody)
            if (each.CannotBePhoned is { } problem)
                never.Add(NameAnd(each, [problem.TrimEnd('.')]));
            else if (work.DutyOf(each) is { IsAvailable: false } off)
                if (off.HasEnd)
                    later.Add((off.Until, NameAnd(each, [PlainWords.Continued(off.Words ?? ""), work.JobOf(each) ?? "", HintOf(each)])));
                else
                    never.Add(NameAnd(each, [PlainWords.Continued(off.Words ?? "")]));
            else
                now.Add(NameAnd(each, [work.DoingOf(each) ?? "", HintOf(each)]));
        return $"Can be phoned{(later.Count > 0 ? " now" : "")}: {Listed(now)}."
            + (later.Count == 0 ? ""
                : $"\nCan be phoned later: {Listed([.. later.OrderBy(each => each.From).Select(each => each.Words)])}.")
            + (never.Count == 0 ? "" : $"\nCannot be phoned: {Listed(never)}.");
    }

    static string HintOf(Employee employee) => string.Join(", ", (string[])
        [.. employee.Skills.Select(skill => skill.Isolated()), .. employee.PhoneNote is { } note
            ? [$"⚠ {note.TrimEnd('.')}"]
            : (ReadOnlySpan<string>)[]]);

    static string NameAnd(Employee employee, IEnumerable<string> more) =>
        string.Join("; ", more.Where(each => each.Length > 0)) is { Length: > 0 } said
            ? $"{employee.Name.Isolated()} ({said})"
            : employee.Name.Isolated();

    static string Listed(List<string> names, int most = 50) => names.Count switch
    {
        0 => "nobody",
        _ when names.Count > most => $"{string.Join(", ", names.Take(most))} and {names.Count - most} more",
        _ => string.Join(", ", names),
    };
}
