using System.Collections.Immutable;
using AnyAscii;
using BotDispatch.Core;

namespace BotDispatch.Employees.Lists;

/// <summary>Finds the skills that a ticket needs: those whose words are in its title, its description or its place.</summary>
internal static class TicketSkills
{
    /// <summary>Returns the needed ones of these skills. <c>Lift 2 is stuck</c> needs <c>lifts</c>.</summary>
    public static ImmutableArray<string> Needed(Ticket ticket, IEnumerable<string> skills)
    {
        var text = $" {string.Join(' ', Words($"{ticket.Title} {ticket.Description} {ticket.Place}"))} ";
        return
        [
            .. skills.Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(skill => Words(skill).ToList() is { Count: > 0 } words
                    && text.Contains($" {string.Join(' ', words)} ", StringComparison.Ordinal)),
        ];
    }

    // Without accents, and in the singular as far as an s at the end shows the plural.
    static IEnumerable<string> Words(string text) => Plain(text)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .Select(word => word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word);

    static string Plain(string text) =>
        string.Concat(text.Transliterate().ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' '));
}
