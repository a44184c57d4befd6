using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>Suggests how a half-typed command can go on, for chats that complete commands.</summary>
internal static class CommandCompletion
{
    /// <summary>The most suggestions that are shown at once.</summary>
    public const int Most = 20;
    const int LongestHelp = 80;

    /// <summary>Everything that can be typed besides a ticket or free words, each with its one line of help.</summary>
    public static IReadOnlyList<CommandSuggestion> Subcommands { get; } =
    [
        new("status", "How a dispatch stands: /dispatch status INC-1042, or of this channel without a ticket"),
        new("list", "Who is being called, and who has accepted which job"),
        new("cancel", "Close a dispatch: /dispatch cancel INC-1042"),
        new("done", "The accepted job is done: /dispatch done INC-1042"),
        new("skip", "Go on with the next person: /dispatch skip INC-1042"),
        new("take", "You take the job yourself: /dispatch take INC-1042"),
        new("redispatch", "Begin a closed dispatch again: /dispatch redispatch INC-1042"),
        new("also", "Show a dispatch in another place too: /dispatch also INC-1042 in Operations"),
        new("oncall", "Who can be phoned now, who later, and who is busy"),
        new("schedule", "Who has which shift this week: /dispatch schedule, or of a list or a person: /dispatch schedule Lifts"),
        new("away", "You are not phoned: /dispatch away until 18:00, away mon-fri, away next week"),
        new("back", "You are back, and can be phoned again"),
        new("cover", "You take over a shift: /dispatch cover @ben mon 18:00 - tue 08:00"),
        new("history", "What was dispatched before: /dispatch history, or of one ticket: /dispatch history INC-1042"),
        new("help", "What can be typed"),
    ];

    /// <summary>Another name for a subcommand, which is completed as well.</summary>
    static readonly CommandSuggestion Who = new("who", "Who can be phoned now, who later, and who is busy");

    /// <summary>How a subcommand about times goes on.</summary>
    static readonly CommandSuggestion[] Times =
    [
        new("away until 18:00", "You are not phoned until then"),
        new("away until mon 08:00", "You are not phoned until then"),
        new("away today", "You are not phoned today"),
        new("away tomorrow", "You are not phoned tomorrow"),
        new("away mon-fri", "You are not phoned on these days"),
        new("away next week", "You are not phoned from Monday to Sunday"),
        new("away for 2 hours", "You are not phoned for so long"),
    ];

    /// <summary>The subcommands that a ticket's reference follows.</summary>
    static readonly string[] WithTicket = ["status", "cancel", "done", "skip", "take", "redispatch", "also", "history"];

    /// <summary>Whether the word is the name of a subcommand.</summary>
    public static bool IsSubcommand(string word) => Subcommands.Any(each => each.Text.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Splits the typed text into the subcommand that a ticket follows, if there is one, and the part of the ticket that is typed.
    /// </summary>
    public static (string? Verb, string Ticket) Split(string typed)
    {
        var line = PlainWords.OneLine(typed);
        var begun = typed.EndsWith(' ') ? line + " " : line;
        var verb = WithTicket.FirstOrDefault(each => begun.StartsWith(each + " ", StringComparison.OrdinalIgnoreCase));
        return verb is null ? (null, line) : (verb, line[Math.Min(line.Length, verb.Length + 1)..].Trim());
    }

    /// <summary>Suggests the subcommands that begin with the typed text, then the tickets whose reference or title contains it.</summary>
    public static IReadOnlyList<CommandSuggestion> Suggest(string typed, IReadOnlyList<Ticket> tickets)
    {
        var (verb, part) = Split(typed);
        var begun = typed.EndsWith(' ') ? part + " " : part;
        var subcommands = verb is not null ? []
            : Subcommands.Append(Who).Where(each => begun.Length > 0 && each.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
                .Concat(Times.Where(each => begun.Contains(' ') && each.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase)));
        if (verb is null && begun.Length == 0)
            subcommands = Subcommands;
        var matching = tickets
            .Where(ticket => Holds(ticket.Reference, part) || Holds(ticket.Title, part))
            .OrderBy(ticket => !ticket.Reference.StartsWith(part, StringComparison.OrdinalIgnoreCase))
            .Select(ticket => new CommandSuggestion(
                verb is null ? ticket.Reference : $"{verb} {ticket.Reference}",
                PlainWords.Shortened(PlainWords.OneLine(ticket.Title), LongestHelp)));
        return [.. subcommands.Concat(matching).Take(Most)];
    }

    /// <summary>
    /// The text before the at sign of a name that is being typed, and the part of the name that is typed; null if no name is being typed.
    /// </summary>
    public static (string Before, string Name)? Naming(string typed)
    {
        var at = typed.LastIndexOf('@');
        if (at < 0 || (at > 0 && !char.IsWhiteSpace(typed[at - 1])))
            return null;
        var name = typed[(at + 1)..];
        var quoted = name.StartsWith('"') || name.StartsWith('“');
        return name.Contains(' ') && !quoted ? null : (typed[..at], name.TrimStart('"', '“'));
    }

    /// <summary>The part of a list's name that is typed after <c>schedule</c>; null if no such name is being typed.</summary>
    public static string? NamingList(string typed) => typed.StartsWith("schedule ", StringComparison.OrdinalIgnoreCase)
        ? PlainWords.OneLine(typed["schedule ".Length..])
        : null;

    /// <summary>Suggests the lists whose schedule can be shown.</summary>
    public static IReadOnlyList<CommandSuggestion> SuggestLists(string begun, IReadOnlyList<string> names) =>
    [
        .. names.Prepend("me").Where(each => Folding.Fold(each).StartsWith(Folding.Fold(begun), StringComparison.Ordinal)).Take(Most)
            .Select(each => new CommandSuggestion($"schedule {PlainWords.OneLine(each)}",
            each is "me" ? "When you are on shift this week" : "Who has it this week")),
    ];

    /// <summary>Suggests people by their ids, because a name may belong to several.</summary>
    public static IReadOnlyList<CommandSuggestion> Suggest(string before, IEnumerable<FormPerson> people) =>
    [
        .. people.Where(each => each.CannotBePicked is null && !each.Id.Value.Contains(' ')).Take(Most)
            .Select(each => new CommandSuggestion(
            $"{before}@{each.Id}",
            PlainWords.Shortened(PlainWords.OneLine(each.Hint.Length == 0 ? each.Name : $"{each.Name} · {each.Hint}"), LongestHelp))),
    ];

    static bool Holds(string text, string part) =>
        text.Contains(part, StringComparison.OrdinalIgnoreCase)
        || Folding.Fold(text).Contains(Folding.Fold(part), StringComparison.Ordinal)
        || (Folding.Key(part) is { Length: > 2 } key && part.Any(char.IsDigit)
            && Folding.Key(text).Contains(key, StringComparison.Ordinal));
}
