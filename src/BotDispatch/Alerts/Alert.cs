using System.Collections.Immutable;

namespace BotDispatch.Alerts;

/// <summary>One alert, as its sender knows it.</summary>
/// <param name="Id">Identifies the alert while it fires: the sender's kind and the fingerprint.</param>
/// <param name="IsFiring">It fires; otherwise it has ended.</param>
/// <param name="Labels">What identifies it; routes match these.</param>
/// <param name="Annotations">What explains it.</param>
/// <param name="StartsAt">When it began; null if the sender does not say.</param>
/// <param name="Link">An address with more detail.</param>
internal sealed record Alert(
    string Id, bool IsFiring, ImmutableDictionary<string, string> Labels, ImmutableDictionary<string, string> Annotations,
    DateTimeOffset? StartsAt = null, string? Link = null)
{
    /// <summary>Its id in the rows of an earlier version; null if that is the same.</summary>
    public string? EarlierId { get; init; }

    /// <summary>The title, unless a route makes another one.</summary>
    public required string Title { get; init; }

    /// <summary>More about it.</summary>
    public string? Description { get; init; }

    /// <summary>When it ended; null while it fires, or if the sender does not say.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Why it is over, as a clause: <c>the alert is resolved in Alertmanager</c>.</summary>
    public required string EndedBecause { get; init; }

    /// <summary>The value of a label, else of an annotation; null if there is neither.</summary>
    public string? ValueOf(string name) => Labels.GetValueOrDefault(name) ?? Annotations.GetValueOrDefault(name);
}

/// <summary>What a sender sent at once.</summary>
/// <param name="Alerts">The alerts, each with its own state.</param>
/// <param name="Truncated">How many more alerts the sender left out.</param>
internal sealed record AlertMessage(ImmutableArray<Alert> Alerts, int Truncated = 0)
{
    /// <summary>A message that is about no alert, such as the start of a downtime.</summary>
    public static AlertMessage Nothing { get; } = new([]);
}

/// <summary>What a message says, or every reason why it is refused.</summary>
/// <param name="Message">What it says; null if it is refused.</param>
/// <param name="Mistakes">What is wrong with each field, by its name; empty if it is not refused, or has another form altogether.</param>
internal sealed record AlertReading(AlertMessage? Message, ImmutableSortedDictionary<string, string> Mistakes)
{
    /// <summary>It has not the form of this sender's messages.</summary>
    public static AlertReading OtherForm { get; } = Refused([]);

    public static AlertReading Of(AlertMessage message) => new(message, ImmutableSortedDictionary<string, string>.Empty);

    public static AlertReading Refused(IEnumerable<(string Field, string What)> mistakes) => new(
        null, mistakes.ToImmutableSortedDictionary(each => each.Field, each => each.What, StringComparer.Ordinal));
}

/// <summary>A kind of sender.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Read">Reads a message with its media type and the name of the key that it came with.</param>
internal sealed record AlertSender(string Name, Func<ReadOnlyMemory<byte>, string?, string, AlertReading> Read);
