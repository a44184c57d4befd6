namespace BotDispatch.Benchmarks.Generator;

/// <summary>Dispatches for so many seconds.</summary>
/// <param name="Host">Where the product takes commands.</param>
/// <param name="InFlight">So many at a time, each begun when one is over; 0 for a steady rate.</param>
/// <param name="PerSecond">So many begun each second, whatever becomes of them; 0 for so many at a time.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Most">No more than so many are begun, however much time is left.</param>
/// <param name="Ring">How long a phone rings before its call ends or is answered, in seconds.</param>
/// <param name="Channels">In how many channels of the workspace they are.</param>
/// <param name="HasLimits">Whether the chat enforces its documented limits.</param>
/// <param name="Longest">A dispatch that is not over after this many seconds has failed.</param>
internal sealed record DispatchStage(
    Uri Host, int InFlight, double PerSecond, double Seconds, int Most = 100_000, double Ring = 0, int Channels = 1,
    bool HasLimits = false, double Longest = 20);

/// <summary>Dispatches whose first calls begin together at a steady rate, while the chat answers nothing for a while.</summary>
/// <param name="Host">Where the product takes commands.</param>
/// <param name="Count">So many dispatches.</param>
/// <param name="PerSecond">So many of them begin their calls each second.</param>
/// <param name="Hang">For how many seconds the chat does not answer; 0 if it answers as always.</param>
internal sealed record HangStage(Uri Host, int Count, double PerSecond, double Hang);

/// <summary>Dispatches that are begun, and whose first call stays in its queue.</summary>
/// <param name="Host">Where the product takes commands.</param>
/// <param name="From">The number of the first ticket.</param>
/// <param name="Count">So many dispatches.</param>
/// <param name="InFlight">So many are begun at a time.</param>
internal sealed record OpenStage(Uri Host, int From, int Count, int InFlight);

/// <summary>What became of them.</summary>
/// <param name="InTime">Over before the seconds were.</param>
/// <param name="Finished">Over, those included that were still under way at the end.</param>
/// <param name="Failed">Refused, or not over long after.</param>
/// <param name="Seconds">How long it was measured.</param>
/// <param name="Posts">Replies in threads, for each.</param>
/// <param name="Draws">Cards posted or redrawn, for each.</param>
/// <param name="Webhooks">Statuses and keys, for each.</param>
/// <param name="Calls">Calls placed, for each.</param>
/// <param name="Timings">How long things took.</param>
/// <param name="Allocated">Bytes that the generator allocated.</param>
internal sealed record DispatchOutcome(
    int InTime, int Finished, int Failed, double Seconds, double Posts, double Draws, double Webhooks, double Calls, Dictionary<string, Spread> Timings,
    long Allocated = 0);

/// <summary>The same webhook again and again, to one address.</summary>
internal sealed record WebhookStage(Uri Address, int InFlight, double PerSecond, double Seconds);

/// <summary>Status webhooks of calls that are waiting for them, and nothing else: how fast are they taken?</summary>
internal sealed record HeldStage(Uri Host, int Calls, int InFlight);

/// <summary>What became of the webhooks.</summary>
internal sealed record WebhookOutcome(int Count, double Seconds, Spread Took);
