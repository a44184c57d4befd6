using System.Collections.Immutable;

namespace BotDispatch.Ports;

/// <summary>An outside system that knows people, such as a user group of Slack. It is asked in the background, again and again.</summary>
internal interface IPeopleSource
{
    /// <summary>Whether it is set up. Otherwise it is never asked.</summary>
    bool IsOn { get; }

    /// <summary>The setting that names it, for an administrator.</summary>
    string Setting { get; }

    /// <summary>What names the people in it, for example a group. A stored copy of another one is not used.</summary>
    string Source { get; }

    /// <summary>How long a copy is used before it is asked again.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// Asks for everybody. It waits as long as the other side demands, within minutes, and throws only when it is stopped.
    /// </summary>
    Task<PeopleAnswer> ListAsync(CancellationToken ct);
}

/// <summary>The answer of a source of people.</summary>
internal abstract record PeopleAnswer
{
    private PeopleAnswer() { }

    /// <summary>Everybody, and what an administrator should know. Never a part: people would vanish.</summary>
    public sealed record Everybody(ImmutableArray<FoundPerson> People, ImmutableArray<string> Notices) : PeopleAnswer;

    /// <summary>It cannot be asked, in words that follow "cannot be read,". They contain no secret and no name of a person.</summary>
    public sealed record NotNow(string Because) : PeopleAnswer;
}

/// <summary>Somebody as a source knows them. Nothing is checked.</summary>
/// <param name="Id">Their id in the source.</param>
/// <param name="Name">Their name.</param>
/// <param name="Email">Their email; null if it is not known.</param>
/// <param name="Phones">Their numbers as they are written, the first that can be called counts.</param>
/// <param name="Language">A language tag, as <c>de-DE</c>; null if none is known.</param>
/// <param name="TimeZone">An IANA or Windows name; null if none is known.</param>
internal sealed record FoundPerson(
    string Id, string Name, string? Email, ImmutableArray<string> Phones, string? Language, string? TimeZone)
{
    /// <summary>Their working hours, as <c>mon-fri 08:00-16:00</c>; null if none are known.</summary>
    public string? Hours { get; init; }

    /// <summary>When they are away.</summary>
    public ImmutableArray<Span> Away { get; init; } = [];

    /// <summary>When they do not want to be disturbed. They are called all the same while a shift of theirs is on.</summary>
    public ImmutableArray<Span> Quiet { get; init; } = [];

    /// <summary>A time. <paramref name="To"/> is null if no end is planned.</summary>
    internal readonly record struct Span(DateTimeOffset From, DateTimeOffset? To);
}
