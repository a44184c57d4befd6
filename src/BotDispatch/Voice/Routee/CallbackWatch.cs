using System.Data.Common;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Notices that Routee's callbacks do not reach us: dispatches go on then, from Routee's records, but late, and nobody would know why. A call that this
/// process ordered, and whose end the records tell before anybody called back, is such a call; where several processes share the database, one for which
/// none of them was called back.
/// </summary>
internal sealed class CallbackWatch(DispatchEngine engine, IOptions<RouteeOptions> options, ILogger<CallbackWatch> log) : INoticeSource
{
    // At one call a second these are the calls of a quarter of an hour, and no call lasts longer.
    const int MostRemembered = 1000;

    readonly Lock gate = new();
    readonly Dictionary<AttemptId, long> ordered = [];
    readonly Dictionary<AttemptId, long> calledBack = [];
    long number;
    bool areMissing;

    /// <summary>A call is about to be ordered, with our addresses in it.</summary>
    public void Ordered(AttemptId attempt)
    {
        lock (gate)
            Remember(ordered, attempt);
    }

    /// <summary>Routee called back for this call.</summary>
    public void Arrived(AttemptId attempt)
    {
        bool isOfAnother, wereMissing;
        lock (gate)
        {
            // Only who ordered a call asks whether it was called back for.
            isOfAnother = !ordered.Remove(attempt) & Remember(calledBack, attempt);
            (wereMissing, areMissing) = (areMissing, false);
        }
        if (wereMissing)
            log.CallbacksArriveAgain();
        if (isOfAnother)
            _ = NoteAsync(attempt);
    }

    /// <summary>Routee's records say that this call has ended.</summary>
    public async Task EndedInRecordsAsync(AttemptId attempt, CancellationToken ct)
    {
        lock (gate)
        {
            if (!ordered.ContainsKey(attempt))
                return;
        }
        bool didArrive;
        try
        {
            didArrive = await engine.WasCalledBackAsync(attempt, ct);
        }
        catch (Exception unread) when (IsOfDatabase(unread))
        {
            // Nobody knows, so nothing is said of this call. Callbacks that do not arrive are noticed with the next one.
            return;
        }
        lock (gate)
        {
            if (!ordered.Remove(attempt) || areMissing != didArrive)
                return;
            areMissing = !didArrive;
        }
        if (didArrive)
            log.CallbacksArriveAgain();
        else
            log.CallbacksDoNotArrive(Address);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Notices()
    {
        lock (gate)
            return areMissing ? [$"Routee's callbacks do not arrive at {Address}, so calls are followed late, from Routee's records. Check PublicBaseAddress, and what stands before it."] : [];
    }

    async Task NoteAsync(AttemptId attempt)
    {
        try
        {
            await engine.NoteCallbackAsync(attempt);
        }
        catch (Exception unwritten) when (IsOfDatabase(unwritten))
        {
            // At worst the process that ordered it says for a while that callbacks do not arrive; what it says of the database is told elsewhere.
        }
    }

    // False if it was there. Of too many the oldest is forgotten.
    bool Remember(Dictionary<AttemptId, long> calls, AttemptId attempt)
    {
        if (!calls.TryAdd(attempt, number++))
            return false;
        if (calls.Count > MostRemembered)
            calls.Remove(calls.MinBy(each => each.Value).Key);
        return true;
    }

    static bool IsOfDatabase(Exception trouble) => trouble is DbException or IOException or TimeoutException or ObjectDisposedException;

    string Address => options.Value.PublicBaseAddress!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/') + "/routee/";
}
