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
    /// <summary>The thread where it was begun; those of its mirrors count on.</summary>
    public const string Thread = ThreadBegins + "0";

    const string ThreadBegins = "thread:";
    const string FirstWebhook = "webhooks";
    const string NumberBegins = FirstWebhook + ":";

    /// <summary>How the name of the lane of every program begins.</summary>
    public const string WebhookBegins = "webhook:";

    /// <summary>How many other programs may get events.</summary>
    public const int MostWebhooks = 10;

    /// <summary>What databases of earlier versions call the lanes of programs: by a number, which differs from node to node.</summary>
    public static readonly ImmutableArray<string> Webhooks =
    [
        FirstWebhook,
        .. Enumerable.Range(1, MostWebhooks - 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{NumberBegins}{n}")),
    ];

    /// <summary>The lanes of threads, by the number of the thread.</summary>
    // Each thread has a lane of its own kind, so that a slow chat does not delay the others.
    public static readonly ImmutableArray<string> Threads =
        [.. Enumerable.Range(0, 1 + Decider.MostMirrors).Select(n => string.Create(CultureInfo.InvariantCulture, $"{ThreadBegins}{n}"))];

    /// <summary>Every lane that a dispatch may have, but for those of programs.</summary>
    public static readonly ImmutableArray<string> All = [Voice, HangUp, Lookup, Clock, Line, Ticket, .. Threads];

    /// <summary>
    /// The lane of a program that has not got all events. It has the program's name, because nodes whose settings differ, as while they are
    /// updated one by one, know a program by its name alone.
    /// </summary>
    // Each has a lane of its own kind, so that a slow one does not delay the others.
    public static string OfWebhook(string name) => WebhookBegins + name;

    /// <summary>The number of the thread that a thread lane brings up to date.</summary>
    public static int ThreadOf(string lane) => int.Parse(lane.AsSpan(ThreadBegins.Length), CultureInfo.InvariantCulture);
}
