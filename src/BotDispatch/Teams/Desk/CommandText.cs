using BotDispatch.Chat;

namespace BotDispatch.Teams.Desk;

/// <summary>What somebody wrote, without the command's own name: chosen from Teams' menu it comes with it, and people type it with a slash, without one, or not at all.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/agent-slash-commands</remarks>
internal static class CommandText
{
    const string Name = "dispatch";

    /// <summary>What stands after <c>/dispatch</c>; a subcommand may have the slash itself, as <c>/status</c>.</summary>
    public static string Of(string written)
    {
        // Whoever addresses somebody by name writes a comma or a colon after it.
        var text = written.Trim().TrimStart(',', ':').TrimStart();
        var rest = text.StartsWith('/') ? text[1..] : text;
        var end = rest.AsSpan().IndexOfAny(" \t\r\n\u00a0");
        var word = end < 0 ? rest : rest[..end];
        return word.Equals(Name, StringComparison.OrdinalIgnoreCase) ? rest[Name.Length..].Trim() : CommandCompletion.IsSubcommand(word) ? rest : text;
    }
}
