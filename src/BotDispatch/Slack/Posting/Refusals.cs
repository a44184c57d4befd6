using System.Collections.Concurrent;
using System.Diagnostics;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;

namespace BotDispatch.Slack.Posting;

/// <summary>
/// Decides what follows when Slack refuses a message. What an administrator must repair is logged once, and tried again until they have.
/// </summary>
internal sealed class Refusals(ILogger<Refusals> log)
{
    static readonly TimeSpan UntilInstalled = TimeSpan.FromMinutes(5);
    static readonly TimeSpan UntilUnderstood = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> said = new();

    /// <summary>Notes that the app may post there again.</summary>
    public void Worked(string installation) => said.TryRemove(installation, out _);

    /// <summary>Returns what follows from a call that failed; null if it was done.</summary>
    public Posted? Trouble(Place place, string key, SlackAnswer answer) => answer switch
    {
        SlackAnswer.Ok => null,
        SlackAnswer.Throttled(var after) => new Posted.NotYet(after),
        SlackAnswer.NotReached(var because) => new Posted.TryLater(because, MessagePosts.Soon),
        SlackAnswer.Lost(var because) => new Posted.TryLater(because, MessagePosts.Soon),
        SlackAnswer.Refused refused => Meaning(place, key, refused),
        _ => throw new UnreachableException(answer.GetType().Name),
    };

    /// <summary>Returns what follows from a refusal; <see cref="Posted.Gone"/> means that this place does not accept the message.</summary>
    Posted Meaning(Place place, string key, SlackAnswer.Refused refused)
    {
        if (IsPlace(place, refused))
            return new Posted.Gone(refused.Error);
        switch (refused.Kind)
        {
            case Refusal.Token or Refusal.Rights:
                if (!said.TryGetValue(place.Installation, out var last) || last != refused.Error)
                    log.NotAllowed(place.Installation, refused.Error, refused.Detail);
                said[place.Installation] = refused.Error;
                return new Posted.TryLater(refused.Error, UntilInstalled);
            case Refusal.Content:
                return new Posted.Refused(refused.Error);
            default:
                log.Refused(key, refused.Error, refused.Detail);
                return new Posted.TryLater(refused.Error, UntilUnderstood);
        }
    }

    // Slack names read-only and locked places by what is forbidden there, and has many names for a person who cannot be written to.
    static bool IsPlace(Place place, SlackAnswer.Refused refused) => refused.Kind is Refusal.Place or Refusal.Gone
        || refused.Error.StartsWith("restricted_action", StringComparison.Ordinal)
        || (refused.Kind is Refusal.Other && place.Channel is ['U' or 'W', ..]);
}
