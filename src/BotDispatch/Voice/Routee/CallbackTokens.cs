using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>The key that signs callback addresses. Every node uses the same one.</summary>
internal sealed record CallbackKey(ReadOnlyMemory<byte> Value);

/// <summary>
/// Signs the attempt into its callback addresses, because Routee signs nothing. An address that we did not sign is refused first. Safe for
/// concurrent use.
/// </summary>
internal sealed class CallbackTokens(CallbackKey key)
{
    const int Longest = 200;

    // At one call per second this covers a quarter of an hour, and no call lasts longer.
    const int MostRemembered = 1000;

    // A call has two addresses and about five callbacks, all with one token. To sign it costs more than everything else that verifies a
    // callback, so that is done once for each call. ExpiringCache does not fit: when it is full it forgets all calls at once instead of the
    // oldest, and it finds no part of a text without a copy.
    readonly Lock gate = new();
    readonly Dictionary<string, (AttemptId Attempt, string Token)> remembered = [];
    readonly Queue<string> order = new();

    /// <summary>Returns the attempt and its signature, as one segment of an address.</summary>
    public string For(AttemptId attempt)
    {
        var signed = attempt.ToString();
        if (Find(signed) is { } known)
            return known.Token;
        var token = Sign(signed);
        Remember(signed, attempt, token);
        return token;
    }

    /// <summary>Returns the attempt that we signed; null if the signature is not ours.</summary>
    public AttemptId? Read(string? token)
    {
        if (token is not { Length: <= Longest } || token.LastIndexOf('.') is not (> 0 and var dot))
            return null;
        if (Find(token.AsSpan(0, dot)) is { } known)
            return IsSame(known.Token, token) ? known.Attempt : null;
        var signed = token[..dot];
        if (!AttemptId.TryParse(signed, null, out var attempt) || !IsSame(Sign(signed), token))
            return null;
        Remember(signed, attempt, token);
        return attempt;
    }

    (AttemptId Attempt, string Token)? Find(ReadOnlySpan<char> signed)
    {
        lock (gate)
            return remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(signed, out var known) ? known : null;
    }

    void Remember(string signed, AttemptId attempt, string token)
    {
        lock (gate)
        {
            if (!remembered.TryAdd(signed, (attempt, token)))
                return;
            order.Enqueue(signed);
            if (order.Count > MostRemembered)
                remembered.Remove(order.Dequeue());
        }
    }

    // With this prefix, a signature made with the same key for another purpose is not valid here.
    string Sign(string signed)
    {
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key.Value.Span, Encoding.UTF8.GetBytes("routee callback " + signed), signature);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    // Takes as long for every wrong token of this length, so that nobody can find out a signature sign by sign.
    static bool IsSame(string ours, string theirs) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(ours.AsSpan()), MemoryMarshal.AsBytes(theirs.AsSpan()));
}
