using System.Data.Common;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Notices that Routee's callbacks do not reach us. Dispatches then go on from Routee's records, but late, and without this warning nobody
/// would know why. The sign is a call that this process ordered and whose end the records report before any callback came. If several
/// processes share the database, no callback for it may have reached any of them.
/// </summary>
internal sealed class CallbackWatch(DispatchEngine engine, IOptions<RouteeOptions> options, ILogger<CallbackWatch> log) : INoticeSource
{
    // At one call per second this covers a quarter of an hour, and no call lasts longer.
    const int MostRemembered = 1000;

    readonly Lock gate = new();
    readonly Remembered ordered = new();
    readonly Remembered calledBack = new();
    bool areMissing;

    /// <summary>Notes that a call with our callback addresses is about to be ordered.</summary>
    public void Ordered(AttemptId attempt)
    {
        lock (gate)
            ordered.Add(attempt);
    }

    /// <summary>Notes that Routee called back for this call.</summary>
    public void Arrived(AttemptId attempt)
    {
        bool isOfAnother, wereMissing;
        lock (gate)
        {
            // Only the process that ordered a call checks for its callbacks.
            isOfAnother = calledBack.Add(attempt) && !ordered.Remove(attempt);
            (wereMissing, areMissing) = (areMissing, false);
        }
        if (wereMissing)
            log.CallbacksArriveAgain();
        if (isOfAnother)
            _ = NoteAsync(attempt);
    }

    /// <summary>Notes that Routee's records report the end of this call, and warns if no callback came for it.</summary>
    public async Task EndedInRecordsAsync(AttemptId attempt, CancellationToken ct)
    {
        lock (gate)
        {
            if (!ordered.Has(attempt))
                return;
        }
        bool didArrive;
        try
        {
            didArrive = await engine.WasCalledBackAsync(attempt, ct);
        }
        catch (Exception unread) when (IsOfDatabase(unread))
        {
            // We cannot tell, so this call raises no warning. If callbacks do not arrive, the next call shows it.
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
            return areMissing ? [RouteeLog.NoCallbacks.Replace("{Address}", Address, StringComparison.Ordinal)] : [];
    }

    async Task NoteAsync(AttemptId attempt)
    {
        try
        {
            await engine.NoteCallbackAsync(attempt);
        }
        catch (Exception unwritten) when (IsOfDatabase(unwritten))
        {
            // At worst the process that ordered the call warns for a while, wrongly, that callbacks do not arrive. The database failure
            // itself is logged elsewhere.
        }
    }

    static bool IsOfDatabase(Exception trouble) => trouble is DbException or IOException or TimeoutException or ObjectDisposedException;

    string Address => options.Value.PublicBaseAddress!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path,
        UriFormat.UriEscaped).TrimEnd('/') + "/routee/";

    /// <summary>The newest calls. When there are too many, the oldest is forgotten.</summary>
    sealed class Remembered
    {
        readonly HashSet<AttemptId> calls = [];
        // In the order of their arrival, with calls that were removed since.
        readonly Queue<AttemptId> order = new();

        public bool Has(AttemptId attempt) => calls.Contains(attempt);

        /// <summary>Returns false if the call was known already.</summary>
        public bool Add(AttemptId attempt)
        {
            if (!calls.Add(attempt))
                return false;
            order.Enqueue(attempt);
            while (order.Count > MostRemembered)
                calls.Remove(order.Dequeue());
            return true;
        }

        public bool Remove(AttemptId attempt) => calls.Remove(attempt);
    }
}
