using BotDispatch.Core;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Notices that Routee's callbacks do not reach us: dispatches go on then, from Routee's records, but late, and nobody would know why. A call that this
/// process ordered, and whose end the records tell before anybody called back, is such a call.
/// </summary>
internal sealed class CallbackWatch(IOptions<RouteeOptions> options, ILogger<CallbackWatch> log) : INoticeSource
{
    // At one call a second these are the calls of a quarter of an hour, and no call lasts longer.
    const int MostOrdered = 1000;

    readonly Lock gate = new();
    readonly Dictionary<AttemptId, long> ordered = [];
    long number;
    bool areMissing;

    /// <summary>A call is about to be ordered, with our addresses in it.</summary>
    public void Ordered(AttemptId attempt)
    {
        lock (gate)
        {
            if (ordered.Count >= MostOrdered)
                ordered.Remove(ordered.MinBy(each => each.Value).Key);
            ordered[attempt] = number++;
        }
    }

    /// <summary>Routee called back for this call.</summary>
    public void Arrived(AttemptId attempt)
    {
        lock (gate)
        {
            ordered.Remove(attempt);
            if (!areMissing)
                return;
            areMissing = false;
        }
        log.CallbacksArriveAgain();
    }

    /// <summary>Routee's records say that this call has ended.</summary>
    public void EndedInRecords(AttemptId attempt)
    {
        lock (gate)
        {
            if (!ordered.Remove(attempt) || areMissing)
                return;
            areMissing = true;
        }
        log.CallbacksDoNotArrive(Address);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices()
    {
        lock (gate)
            return areMissing ? [$"Routee's callbacks do not arrive at {Address}, so calls are followed late, from Routee's records. Check PublicBaseAddress, and what stands before it."] : [];
    }

    string Address => options.Value.PublicBaseAddress!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + "/routee/";
}
