using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;

namespace BotDispatch.Dispatching;

/// <summary>The names of the lanes of a dispatch.</summary>
internal static class Lanes
{
    /// <summary>The state wants a call: place it.</summary>
    public const string Voice = "voice";
    /// <summary>Legs that should not live: end them.</summary>
    public const string HangUp = "hangup";
    /// <summary>The provider's records are worth a look.</summary>
    public const string Lookup = "lookup";
    /// <summary>The state's deadline.</summary>
    public const string Clock = "clock";
    /// <summary>Somebody this dispatch waits for may be free.</summary>
    public const string Line = "line";
    /// <summary>The ticket is worth a note.</summary>
    public const string Ticket = "ticket";
    /// <summary>Other programs have not got all events.</summary>
    public const string Webhooks = "webhooks";
    /// <summary>The thread where it was begun; those of its mirrors count on.</summary>
    public const string Thread = ThreadBegins + "0";

    const string ThreadBegins = "thread:";

    /// <summary>The lanes of threads, by the number of the thread.</summary>
    // Each thread has a lane of its own kind, so that a slow chat does not delay the others.
    public static readonly ImmutableArray<string> Threads =
        [.. Enumerable.Range(0, 1 + Decider.MostMirrors).Select(n => string.Create(CultureInfo.InvariantCulture, $"{ThreadBegins}{n}"))];

    /// <summary>Every lane that a dispatch may have.</summary>
    public static readonly ImmutableArray<string> All = [Voice, HangUp, Lookup, Clock, Line, Ticket, Webhooks, .. Threads];

    /// <summary>The number of the thread that a thread lane brings up to date.</summary>
    public static int ThreadOf(string lane) => int.Parse(lane.AsSpan(ThreadBegins.Length), CultureInfo.InvariantCulture);
}
