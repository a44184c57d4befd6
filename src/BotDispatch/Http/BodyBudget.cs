using System.Net;

namespace BotDispatch.Http;

/// <summary>
/// Limits the memory that all request bodies hold together while it is unknown who sent them. One address gets half of it at most, and a
/// part is reserved for small bodies. If there is no room, a body that is still arriving gives way to the new one. A real sender's body
/// arrives at once. Behind a reverse proxy every sender has the proxy's address, so if we refused the new body, anybody who sends slowly
/// would shut out Slack. Safe for concurrent use.
/// </summary>
internal sealed class BodyBudget
{
    /// <summary>All bodies together, in bytes.</summary>
    public const int Total = 16 * 1024 * 1024;

    /// <summary>A body up to this size counts as small: every command, nearly every press and every callback is.</summary>
    public const int Small = 64 * 1024;

    const int KeptForSmall = Total / 4;
    const int MostOfOneAddress = Total / 2;

    readonly Lock gate = new();
    readonly Dictionary<IPAddress, int> heldBy = [];
    readonly LinkedList<Share> shares = [];
    int held;

    /// <summary>What is held now, in bytes.</summary>
    public int Held
    {
        get
        {
            lock (gate)
                return held;
        }
    }

    /// <summary>Returns the share of one body, which holds nothing yet.</summary>
    /// <param name="from">The address of the sender.</param>
    /// <param name="reading">Cancelled when the body has to give way. It must outlive the share.</param>
    public Share Enter(IPAddress from, CancellationTokenSource reading) => new(this, from, reading);

    async ValueTask<bool> TakeAsync(Share share, int bytes, CancellationToken ct)
    {
        while (true)
        {
            Task left;
            lock (gate)
            {
                var own = heldBy.GetValueOrDefault(share.From) + bytes > MostOfOneAddress;
                if (!own && held + bytes <= (bytes > Small ? Total - KeptForSmall : Total))
                {
                    Add(share, bytes);
                    return true;
                }
                if (share.GaveWay || Victim(share, own) is not { } victim)
                    return false;
                left = victim.GaveWay ? victim.Left : victim.CutOff();
            }
            await left.WaitAsync(ct);
        }
    }

    void Add(Share share, int bytes)
    {
        held += bytes;
        share.Bytes += bytes;
        heldBy[share.From] = heldBy.GetValueOrDefault(share.From) + bytes;
        if (heldBy[share.From] == 0)
            heldBy.Remove(share.From);
        if (share.Bytes == 0)
            shares.Remove(share.Node);
        else if (share.Node.List is null)
            shares.AddLast(share.Node);
    }

    // If a body is already giving way, the new one waits for it, so that no second one is cut off for the same room. Otherwise the address
    // that holds most gives way first: its largest body, and of equal ones the oldest.
    Share? Victim(Share asking, bool ofSameAddress)
    {
        Share? victim = null;
        foreach (var share in shares)
        {
            if (share == asking || (ofSameAddress && !share.From.Equals(asking.From)))
                continue;
            if (share.GaveWay)
                return share;
            if (share.IsArriving
                && (victim is null || (heldBy[share.From], share.Bytes).CompareTo((heldBy[victim.From], victim.Bytes)) > 0))
                victim = share;
        }
        return victim;
    }

    /// <summary>What one body holds.</summary>
    internal sealed class Share : IDisposable
    {
        readonly BodyBudget budget;
        readonly CancellationTokenSource reading;
        readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool hasArrived;

        public Share(BodyBudget budget, IPAddress from, CancellationTokenSource reading)
        {
            (this.budget, this.reading, From) = (budget, reading, from);
            Node = new(this);
        }

        public IPAddress From { get; }

        public LinkedListNode<Share> Node { get; }

        public int Bytes { get; set; }

        /// <summary>Whether another body needed the room.</summary>
        public bool GaveWay { get; private set; }

        public bool IsArriving => !hasArrived && !GaveWay;

        /// <summary>Completes when the body holds nothing any more.</summary>
        public Task Left => left.Task;

        /// <summary>Takes this many more bytes; false if there is no room.</summary>
        public ValueTask<bool> TakeAsync(int bytes, CancellationToken ct) => budget.TakeAsync(this, bytes, ct);

        /// <summary>Gives back this many bytes.</summary>
        public void Return(int bytes)
        {
            lock (budget.gate)
                budget.Add(this, -bytes);
        }

        /// <summary>Notes that the whole body has arrived. It is verified in a moment, so it gives way to no other.</summary>
        public void Arrived()
        {
            lock (budget.gate)
                hasArrived = true;
        }

        /// <summary>Ends the reading of the body; the task completes when it holds nothing any more.</summary>
        public Task CutOff()
        {
            GaveWay = true;
            _ = reading.CancelAsync();
            return left.Task;
        }

        /// <summary>Gives everything back.</summary>
        public void Dispose()
        {
            lock (budget.gate)
            {
                hasArrived = true;
                if (Bytes > 0)
                    budget.Add(this, -Bytes);
            }
            left.TrySetResult();
        }
    }
}
