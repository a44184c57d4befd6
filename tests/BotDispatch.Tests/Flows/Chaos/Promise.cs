namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>What must never happen, whatever goes wrong. The order is that of the table's columns.</summary>
internal enum Promise
{
    /// <summary>An order left after its dispatch was closed.</summary>
    OrderAfterClosing,
    /// <summary>An order left while its dispatch was not at that call: before it was begun, or after the attempt was given up.</summary>
    OrderAfterGivenUp,
    /// <summary>Two live calls to one number, two of one dispatch, or two for one attempt.</summary>
    CallsAtOnce,
    /// <summary>More calls to somebody in a round than there are attempts.</summary>
    CallTooMany,
    /// <summary>The phone said to somebody that the job is theirs, and it is not.</summary>
    SaidAccepted,
    /// <summary>An answered call was settled as "No answer" although the records were not read, or somebody had pressed 1 in it.</summary>
    SettledUnread,
    /// <summary>An outcome was never posted in the thread.</summary>
    LineNotShown,
    /// <summary>Not one card of a dispatch, or one that does not say how it ended.</summary>
    CardNotTrue,
    /// <summary>A dispatch that did not come to an end.</summary>
    NeverEnded,
    /// <summary>Work or lines that were left behind in the database.</summary>
    LeftBehind,
    /// <summary><c>/readyz</c> or <c>/healthz</c> did not say what is so.</summary>
    HealthUntrue,
    /// <summary>A request of a stranger was answered as a fault of ours.</summary>
    ErrorToStranger,
    /// <summary>A number, a ticket's text, a note or a callback's token in the log.</summary>
    PrivateWordLogged,
    /// <summary>Somebody was called who was away or off shift.</summary>
    UnavailableRung,
    /// <summary>A note is twice in a ticket.</summary>
    NoteTwice,
    /// <summary>One alert became several dispatches, or none.</summary>
    AlertTwice,
    /// <summary>A webhook did not get every event, in order.</summary>
    WebhookMissed,
    /// <summary>The world broke in a way that nobody had thought of.</summary>
    Surprise,
}

/// <summary>One promise that was broken, and how.</summary>
internal sealed record Broken(Promise Promise, string How);

/// <summary>What one scenario came to.</summary>
/// <param name="Seed">What it was drawn from.</param>
/// <param name="Dispatches">How many were begun.</param>
/// <param name="Calls">How many phone calls were made.</param>
/// <param name="Broken">The promises that were broken.</param>
/// <param name="Steps">What was done to it, in order, with the simulated time.</param>
internal sealed record Played(int Seed, int Dispatches, int Calls, IReadOnlyList<Broken> Broken, IReadOnlyList<string> Steps);
