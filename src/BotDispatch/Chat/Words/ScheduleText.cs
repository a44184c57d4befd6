using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The schedule in words, for every chat.</summary>
internal static class ScheduleText
{
    const int MostText = 3500;
    const int MostNamed = 12;
    const int MostNotices = 4;
    const int MostNotice = 300;
    const int MostOrdered = 10;

    /// <summary>Nothing is planned for anybody.</summary>
    public const string Nothing =
        "No shifts, working hours or absences are known, so everybody can be phoned at any time. An administrator can set a schedule "
        + "(setting Employees:Schedule).";

    /// <summary>Nobody in the directory has this chat account, so there are no shifts of theirs.</summary>
    public static string NotLinked(Person who) =>
        "Your chat account is not linked to an employee, so it is not known which shifts are yours. "
        + $"Ask an administrator to enter your user id {who.UserId}, or the email of this account, in the employee directory.";

    /// <summary>The schedule as one text. What does not fit is left out at the end, and that is said.</summary>
    /// <param name="week">The days.</param>
    /// <param name="title">What is shown, as <c>Lifts</c> or <c>Ann Lee</c>; null for everything.</param>
    /// <param name="notices">What an administrator has to correct, which stands at the end.</param>
    public static string Of(ScheduleWeek week, string? title, IReadOnlyList<string> notices)
    {
        var wrong = notices.Count == 0 ? "" : "\n" + ToMend(notices);
        if (week.IsEmpty)
            return (title is null ? Nothing : $"{title.Isolated()}: nothing is planned in the next seven days.") + wrong;
        var (shown, left) = Fitting([.. Lines(week)], MostText - wrong.Length);
        return $"{Heading(week, title)}:\n" + string.Join('\n', shown) + LeftOut(left) + wrong;
    }

    /// <summary>The first things that an administrator has to correct, because of which the schedule may be old or incomplete.</summary>
    public static string ToMend(IReadOnlyList<string> notices) =>
        ReplyText.ToMendInDialog([.. notices.Select(each => PlainWords.Shortened(PlainWords.OneLine(each), MostNotice))], MostNotices);

    /// <summary>The line above the schedule, which says in whose time it is.</summary>
    public static string Heading(ScheduleWeek week, string? title) =>
        $"{(title is null ? "Schedule" : $"Schedule of {title.Isolated()}")}, now and the next seven days, in the time of {week.Zone}";

    /// <summary>Who is called first on a list now, and who of it cannot be called, one line for each.</summary>
    public static IEnumerable<string> Order(ResolvedList list, IReadOnlyList<Employee> everybody)
    {
        foreach (var each in list.People.Take(MostOrdered))
            yield return $"{NameOf(each.Id)} – {each.Sentence}";
        if (list.People.Length > MostOrdered)
            yield return $"and {list.People.Length - MostOrdered} more, who are called after them";
        foreach (var each in list.LeftOut.Take(MostOrdered))
            yield return $"⚠ {PlainWords.OneLine(each.Who).Isolated()} is not called: {PlainWords.OneLine(each.Why)}";
        if (list.LeftOut.Length > MostOrdered)
            yield return $"⚠ and {list.LeftOut.Length - MostOrdered} more who are not called";

        string NameOf(EmployeeId id) => (everybody.FirstOrDefault(each => each.Id == id)?.Name ?? id.Value).Isolated();
    }

    /// <summary>All lines: who is on now, then each day with its title.</summary>
    public static IEnumerable<string> Lines(ScheduleWeek week) =>
    [
        .. week.Now.Length == 0 ? [] : (string[])["Now", .. week.Now.Select(line => $"• {line}")],
        .. week.Days.SelectMany(day => (string[])[day.Title, .. day.Lines.IsEmpty ? ["• nothing planned"]
            : day.Lines.Select(line => $"• {line}")]),
    ];

    /// <summary>The sentence about lines that were left out; empty if there are none.</summary>
    public static string LeftOut(int lines) => lines == 0 ? ""
        : $"\n… and {lines} more {(lines == 1 ? "line" : "lines")}. Name a list or a person to see less at once: /dispatch schedule @ann";

    /// <summary>No list and nobody has that name.</summary>
    public static string Unknown(string name, IReadOnlyList<string> near, string words, bool isOnCall) =>
        $"There is no list and nobody called {PlainWords.Shortened(PlainWords.OneLine(name)).Isolated()}. "
        + (near.Count == 0 ? isOnCall ? "Who can be phoned: /dispatch oncall. " : "The whole schedule: /dispatch schedule. "
            : $"Did you mean {string.Join(" or ", near.Select(each => $"/dispatch schedule {each.Isolated()}"))}? ")
        + ReplyText.AsWords(words);

    /// <summary>The names that can follow <c>schedule</c>, in a sentence of help.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count == 0 ? ""
        : $"\nLists: {string.Join(", ", names.Take(MostNamed).Select(each => each.Isolated()))}"
            + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");

    /// <summary>Returns the lines that fit into a number of characters, and how many were left out.</summary>
    public static (IReadOnlyList<string> Shown, int Left) Fitting(IReadOnlyList<string> lines, int most)
    {
        var (count, length) = (0, 0);
        while (count < lines.Count && length + lines[count].Length + 1 <= most)
            length += lines[count++].Length + 1;
        return ([.. lines.Take(count)], lines.Count - count);
    }
}
