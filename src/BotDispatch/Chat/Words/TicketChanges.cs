using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Says in a thread what was changed in a ticket while people were called for it, or after somebody had accepted it.</summary>
internal static class TicketChanges
{
    const int Most = 120;

    /// <summary>Returns a line that names every part that differs, old and new, and who listened to the earlier text.</summary>
    public static IEnumerable<UpdateLine> LinesOf(EventContext here, DispatchEvent.TicketChanged e)
    {
        string[] changes =
        [
            .. Part("title", e.Before.Title, e.After.Title), .. Part("priority", e.Before.Priority, e.After.Priority),
            .. Part("place", e.Before.Place, e.After.Place),
            .. Same(e.Before.Description, e.After.Description) ? Array.Empty<string>() : [$"description now {Quoted(e.After.Description)}"],
        ];
        if (changes.Length == 0)
            yield break;
        var listeners = here.State.Legs.Where(leg => leg.WasAnswered && leg.BegunAt < e.At).Select(leg => leg.Attempt.Callee).Distinct()
            .Select(callee => here.Name(callee)).ToList();
        var owner = here.State.Resolution switch
        {
            Resolution.Accepted accepted => here.Name(accepted.Attempt.Callee),
            Resolution.Taken taken => taken.By.Name.Isolated(),
            _ => null,
        };
        var words = $"Changed in {e.Where}: {string.Join("; ", changes)}.";
        if (here.WasClosed() && owner is not null)
            yield return new(Tone.Alert, $"{words} {owner} accepted the earlier text.",
                (here.State.Resolution as Resolution.Taken)?.By ?? here.State.Plan.AskedBy);
        else
            yield return new(Tone.Plain, listeners.Count == 0
                ? $"{words} The next call speaks the new text."
                : $"{words} The next call speaks the new text; {string.Join(", ", listeners)} heard the earlier one.");
    }

    static IEnumerable<string> Part(string name, string? before, string? after) =>
        Same(before, after) ? [] : [$"{name} {Quoted(before)} is now {Quoted(after)}"];

    static bool Same(string? before, string? after) => (before ?? "").Trim() == (after ?? "").Trim();

    static string Quoted(string? text) => PlainWords.OneLine(text ?? "") is { Length: > 0 } line
        ? $"“{PlainWords.Shortened(line, Most).Isolated()}”"
        : "(none)";
}
