using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>What can follow what was typed so far, for chats that complete commands.</summary>
internal static class CommandCompletion
{
    /// <summary>How many ways to go on are worth showing.</summary>
    public const int Most = 10;
    const int LongestHelp = 80;

    /// <summary>Everything that can be typed besides a ticket or free words, each with its one line of help.</summary>
    public static IReadOnlyList<CommandSuggestion> Subcommands { get; } =
    [
        new("status", "How a dispatch stands: /dispatch status INC-1042, or of this channel without a ticket"),
        new("list", "Everything that is being dispatched"),
        new("cancel", "Close a dispatch: /dispatch cancel INC-1042"),
        new("done", "The accepted job is done: /dispatch done INC-1042"),
        new("also", "Show a dispatch in another place as well: /dispatch also INC-1042 in Operations"),
        new("oncall", "Who can be phoned"),
        new("help", "What can be typed"),
    ];

    /// <summary>Those that go on with the ticket of a dispatch.</summary>
    static readonly string[] WithTicket = ["status", "cancel", "done", "also"];

    /// <summary>Whether it is the name of a subcommand.</summary>
    public static bool IsSubcommand(string word) => Subcommands.Any(each => each.Text.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>Takes what was typed apart: the subcommand that a ticket follows, if there is one, and what is typed of the ticket.</summary>
    public static (string? Verb, string Ticket) Split(string typed)
    {
        var line = PlainWords.OneLine(typed);
        var begun = typed.EndsWith(' ') ? line + " " : line;
        var verb = WithTicket.FirstOrDefault(each => begun.StartsWith(each + " ", StringComparison.OrdinalIgnoreCase));
        return verb is null ? (null, line) : (verb, line[Math.Min(line.Length, verb.Length + 1)..].Trim());
    }

    /// <summary>The ways to go on: subcommands that begin so, then tickets whose reference or title holds it.</summary>
    public static IReadOnlyList<CommandSuggestion> Suggest(string typed, IReadOnlyList<Ticket> tickets)
    {
        var (verb, part) = Split(typed);
        var subcommands = verb is null ? Subcommands.Where(each => each.Text.StartsWith(part, StringComparison.OrdinalIgnoreCase)) : [];
        var matching = tickets
            .Where(ticket => Holds(ticket.Reference, part) || Holds(ticket.Title, part))
            .OrderBy(ticket => !ticket.Reference.StartsWith(part, StringComparison.OrdinalIgnoreCase))
            .Select(ticket => new CommandSuggestion(
                verb is null ? ticket.Reference : $"{verb} {ticket.Reference}", PlainWords.Shortened(PlainWords.OneLine(ticket.Title), LongestHelp)));
        return [.. subcommands.Concat(matching).Take(Most)];
    }

    static bool Holds(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
}
