using System.Text.RegularExpressions;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack.Driver;

/// <summary>Turns what somebody typed into what Slack hands on.</summary>
/// <remarks>https://docs.slack.dev/interactivity/implementing-slash-commands</remarks>
internal static partial class Typed
{
    /// <summary>With escaping, known names, channels and addresses become <c>&lt;@U…&gt;</c>, <c>&lt;#C…|name&gt;</c> and <c>&lt;http…&gt;</c>; a private channel keeps its name to itself.</summary>
    public static string Escaped(string typed, Workspace team, bool shouldEscape, bool withNames = false) =>
        shouldEscape ? Marks().Replace(Inert(typed), found => Mark(found.Value, team, withNames)) : Inert(typed);

    /// <summary>The three characters that Slack always escapes.</summary>
    public static string Inert(string typed) =>
        typed.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    static string Mark(string word, Workspace team, bool withNames)
    {
        if (word[0] == '@')
            return word[1..] switch
            {
                "channel" or "here" or "everyone" => $"<!{word[1..]}>",
                var name => team.People.FirstOrDefault(each => each.Name == name || each.DisplayName == name) is { } person ? withNames ? $"<@{person.Id}|{person.Name}>" : $"<@{person.Id}>" : word,
            };
        if (word[0] == '#')
            return team.Channels.FirstOrDefault(each => each.Name == word[1..]) is { } channel ? $"<#{channel.Id}|{(channel.IsPrivate ? "" : channel.Name)}>" : word;
        return $"<{word}>";
    }

    [GeneratedRegex(@"(?<![\w@])@[\w.\-]+|(?<![\w#])#[\w\-]+|https?://[^\s<>|]+")]
    private static partial Regex Marks();
}
