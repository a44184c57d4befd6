using System.Buffers;

namespace BotDispatch.Chat;

/// <summary>
/// Turns a message to the bot into a command. It removes quoted lines, the signs between the bot's name and the command, and the command's
/// own name, because some menus write it and some people type it. The result is the text that would stand after <c>/dispatch</c>.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands</remarks>
internal static class CommandText
{
    const string Name = "dispatch";
    const string BotName = "@BotDispatch";

    // People put these between a name and what they say to it: "@BotDispatch: …", "@BotDispatch, …", "@BotDispatch - …".
    const string AlwaysSeparates = ",:;";
    static readonly SearchValues<char> SeparatesBeforeABlank = SearchValues.Create(",:;.!…-–—―‒·|>→");
    const string EndsASentence = ".!?…,;:";

    /// <summary>The text that would stand after <c>/dispatch</c>. A subcommand may have the slash itself, as <c>/status</c>.</summary>
    public static string Of(string written)
    {
        var text = Begun(written);
        var rest = text is ['/', ..] ? text[1..].TrimStart() : text;
        var (word, after) = FirstWord(rest);
        if (word.Equals(Name, StringComparison.OrdinalIgnoreCase))
            return Of(Begun(after), isNamed: true);
        return Of(IsSubcommand(word) ? rest : text, isNamed: false);
    }

    /// <summary>
    /// The text without its quoted lines, because a quoted command was meant for an earlier moment, or comes from somebody else.
    /// </summary>
    public static string Unquoted(string text)
    {
        if (!text.Contains('>', StringComparison.Ordinal) && !text.Contains("&gt;", StringComparison.Ordinal))
            return text;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        // Three signs quote everything after them: https://slack.com/help/articles/202288908-Format-your-messages
        var end = Array.FindIndex(lines, line => Begins(line, ">>>", "&gt;&gt;&gt;"));
        return string.Join('\n', (end < 0 ? lines : lines[..end]).Where(line => !Begins(line, ">", "&gt;")));
    }

    static bool Begins(string line, string sign, string escaped) =>
        line.AsSpan().TrimStart() is var begun && (begun.StartsWith(sign) || begun.StartsWith(escaped));

    static string Of(ReadOnlySpan<char> text, bool isNamed)
    {
        var rest = isNamed && text is ['/', ..] ? text[1..] : text;
        var (word, after) = FirstWord(rest);
        if (IsSubcommand(word))
        {
            var what = Ended(after.TrimStart(AlwaysSeparates).Trim(), mustHaveDigit: false);
            return what.Length == 0 ? word.ToString() : $"{word} {what}";
        }
        return Ended(text.Trim(), mustHaveDigit: true).ToString();
    }

    // "cancel INC-7." means INC-7, but "Lift 2 is stuck!" keeps its mark.
    static ReadOnlySpan<char> Ended(ReadOnlySpan<char> text, bool mustHaveDigit)
    {
        var bare = text.TrimEnd(EndsASentence).TrimEnd();
        if (bare.Length == 0)
            return mustHaveDigit ? text : bare;
        var isOneWord = !bare.ContainsAnyBlank();
        return isOneWord && (!mustHaveDigit || bare.ContainsAnyInRange('0', '9')) ? bare : text;
    }

    static (string Word, string After) FirstWord(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        // "cancel: INC-7" and "list." are the commands cancel and list.
        var word = text[..end].TrimEnd(EndsASentence);
        return word.Length > 0 && (IsSubcommand(word) || word.Equals(Name, StringComparison.OrdinalIgnoreCase))
            ? (word.ToString(), text[word.Length..].TrimStart(EndsASentence).ToString())
            : (text[..end].ToString(), text[end..].ToString());
    }

    static bool IsSubcommand(ReadOnlySpan<char> word) => CommandCompletion.IsSubcommand(word.ToString());

    static ReadOnlySpan<char> Begun(string written)
    {
        ReadOnlySpan<char> text = written;
        while (true)
        {
            var before = text.Length;
            text = WithoutName(WithoutSeparators(text.TrimBlanks())).TrimBlanks();
            if (text.Length == before)
                return text;
        }
    }

    static ReadOnlySpan<char> WithoutSeparators(ReadOnlySpan<char> text)
    {
        var run = text.IndexOfAnyExcept(SeparatesBeforeABlank);
        if (run < 0)
            run = text.Length;
        if (run == 0)
            return text;
        var rest = text[run..];
        if (rest.Length == 0 || char.IsWhiteSpace(rest[0]))
            return rest;
        var (word, _) = FirstWord(rest is ['/', ..] ? rest[1..] : rest);
        // Keep a minus before a number and dashes before a word, because that word may be an option. Drop them before one of our commands.
        if (!word.Equals("help", StringComparison.OrdinalIgnoreCase)
            && (IsSubcommand(word) || word.Equals(Name, StringComparison.OrdinalIgnoreCase)))
            return rest;
        return text.TrimStart(AlwaysSeparates);
    }

    static ReadOnlySpan<char> WithoutName(ReadOnlySpan<char> text) =>
        text.StartsWith(BotName, StringComparison.OrdinalIgnoreCase)
        && (text.Length == BotName.Length || !char.IsLetterOrDigit(text[BotName.Length]))
            ? text[BotName.Length..]
            : text;

    extension(ReadOnlySpan<char> text)
    {
        bool ContainsAnyBlank()
        {
            foreach (var letter in text)
                if (char.IsWhiteSpace(letter))
                    return true;
            return false;
        }

        // Some clients write invisible characters beside a mention.
        ReadOnlySpan<char> TrimBlanks()
        {
            var (from, to) = (0, text.Length);
            while (from < to && IsBlank(text[from]))
                from++;
            while (to > from && IsBlank(text[to - 1]))
                to--;
            return text[from..to];
        }
    }

    static bool IsBlank(char letter) => char.IsWhiteSpace(letter) || letter is '\u200B' or '\u200E' or '\u200F' or '\u2060' or '\uFEFF';
}
