using System.Collections.Concurrent;
using System.Diagnostics;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;

namespace BotDispatch.Slack.Posting;

/// <summary>Says what follows when Slack refuses a message. What an administrator must set right is said aloud once, and tried on until they have.</summary>
internal sealed class Refusals(ILogger<Refusals> log)
{
    static readonly TimeSpan UntilInstalled = TimeSpan.FromMinutes(5);
    static readonly TimeSpan UntilUnderstood = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, string> said = new();

    /// <summary>The app may post there again.</summary>
    public void Worked(string installation) => said.TryRemove(installation, out _);

    /// <summary>What follows from a call that did nothing lasting; null if it was done.</summary>
    public Posted? Trouble(Place place, string key, SlackAnswer answer) => answer switch
    {
        SlackAnswer.Ok => null,
        SlackAnswer.Throttled(var after) => new Posted.NotYet(after),
        SlackAnswer.NotReached(var because) => new Posted.TryLater(because, MessagePosts.Soon),
        SlackAnswer.Lost(var because) => new Posted.TryLater(because, MessagePosts.Soon),
        SlackAnswer.Refused refused => Meaning(place, key, refused),
        _ => throw new UnreachableException(answer.GetType().Name),
    };

    /// <summary>What follows when Slack refuses; <see cref="Posted.Gone"/> says that this place does not take it.</summary>
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

    // Read-only and locked places are named as what is forbidden there, and why somebody cannot be written to has many names.
    static bool IsPlace(Place place, SlackAnswer.Refused refused) => refused.Kind is Refusal.Place or Refusal.Gone
        || refused.Error.StartsWith("restricted_action", StringComparison.Ordinal)
        || (refused.Kind is Refusal.Other && place.Channel is ['U' or 'W', ..]);
}
