using System.Net;

namespace BotDispatch.Http;

/// <summary>
/// How much memory all request bodies together may hold while nobody knows yet who sent them. One address gets half of it at most, and a part is kept for
/// small bodies, so a flood of large ones does not shut out a command or a key.
/// </summary>
internal sealed class BodyBudget
{
    /// <summary>All bodies together, in bytes.</summary>
    public const int Total = 16 * 1024 * 1024;

    /// <summary>A body up to this size counts as small: every command, nearly every press and every callback is.</summary>
    public const int Small = 64 * 1024;

    const int KeptForSmall = Total / 4;

    readonly Lock gate = new();
    readonly Dictionary<IPAddress, int> heldBy = [];
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

    /// <summary>Takes so many bytes for one body; false if they are not to be had.</summary>
    public bool TryTake(IPAddress from, int bytes)
    {
        lock (gate)
        {
            var own = heldBy.GetValueOrDefault(from);
            if (held + bytes > (bytes > Small ? Total - KeptForSmall : Total) || own + bytes > Total / 2)
                return false;
            held += bytes;
            heldBy[from] = own + bytes;
            return true;
        }
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(IPAddress from, int bytes)
    {
        lock (gate)
        {
            held -= bytes;
            if (heldBy[from] == bytes)
                heldBy.Remove(from);
            else
                heldBy[from] -= bytes;
        }
    }
}
