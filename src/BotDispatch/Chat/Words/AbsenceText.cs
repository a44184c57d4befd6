using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The answers to people who say that they are away, back, or take over a shift.</summary>
internal static class AbsenceText
{
    /// <summary>Nobody in the directory has this chat account.</summary>
    public static string NotLinked(Person who) =>
        "Your chat account is not linked to an employee, so nothing was noted down. "
        + $"Ask an administrator to enter your user id {who.UserId}, or the email of this account, in the employee directory.";

    /// <summary>How a command is written that lacks something, or has something too much.</summary>
    /// <param name="command">The command; <c>away when</c> for somebody who says that they are away, in words that are no time.</param>
    /// <param name="words">All that was typed.</param>
    public static string HowTo(string command, string words) => command is "away when"
        ? $"{AbsenceMistakes.Away} {OfOthers}{ReplyText.AsWords(words)}"
        : Way(command) + $"Nothing was noted down. {ReplyText.AsWords(words)}";

    static string Way(string command) => command switch
    {
        "back" => "/dispatch back means that you are back now. To say until when you are away: /dispatch away until mon 08:00. ",
        "away" => OfOthers,
        "cover" => "Say for whom and when you take over: /dispatch cover @ben mon 18:00 - tue 08:00, or until 18:00, today, tomorrow, "
            + "mon-fri, 24-26 dec, 6-8pm. One command is for one person. ",
        _ => "",
    };

    /// <summary>Nobody has the name that was typed without an at sign, so it may be no name.</summary>
    public static string NobodyCalled(string name, IReadOnlyList<Employee> near, string command, string words) =>
        NobodyCalled(name) + ReplyText.DidYouMean(near) + HowTo(command, words);

    /// <summary>One word after <c>away</c> is neither a time nor a name.</summary>
    public static string NoTimeAndNobody(string word, string words) =>
        $"{AbsenceMistakes.Away} {NobodyCalled(word)}{OfOthers}{ReplyText.AsWords(words)}";

    const string OfOthers = "Everybody says for themselves that they are away, or back. An administrator can write down absences of others "
        + "in the schedule. To take over somebody's time: /dispatch cover @ben mon 18:00 - tue 08:00. ";

    static string NobodyCalled(string name) =>
        $"Nobody in the employee directory is called {PlainWords.Shortened(PlainWords.OneLine(name)).Isolated()}. ";

    /// <summary>Whether a direct message says to the other that somebody takes over.</summary>
    public static string Informed(Employee other, bool isInformed) => isInformed
        ? $"A direct message says so to {other.Name.Isolated()}."
        : $"No direct message could be sent to {other.Name.Isolated()}: let them know yourself.";
}
