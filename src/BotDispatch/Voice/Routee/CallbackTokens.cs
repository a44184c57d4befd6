using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>The key that callback addresses are signed with, the same on every node.</summary>
internal sealed record CallbackKey(ReadOnlyMemory<byte> Value);

/// <summary>Signs which attempt a callback is about, since Routee signs nothing: an address that we did not make is refused before anything else.</summary>
internal sealed class CallbackTokens(CallbackKey key)
{
    const int Longest = 200;

    /// <summary>An attempt and its signature, as one segment of an address.</summary>
    public string For(AttemptId attempt) => $"{attempt}.{Base64Url.EncodeToString(Sign(attempt.ToString(), key.Value))}";

    /// <summary>The attempt that we signed; null if this was not made by us.</summary>
    public AttemptId? Read(string? token)
    {
        if (token is not { Length: <= Longest } || token.LastIndexOf('.') is not (> 0 and var dot))
            return null;
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        var encoded = token.AsSpan(dot + 1);
        if (!Base64Url.IsValid(encoded, out var length) || length != signature.Length || !Base64Url.TryDecodeFromChars(encoded, signature, out _))
            return null;
        var signed = token[..dot];
        var isOurs = CryptographicOperations.FixedTimeEquals(signature, Sign(signed, key.Value));
        return isOurs && AttemptId.TryParse(signed, null, out var attempt) ? attempt : null;
    }

    // The prefix keeps a signature made with the same key for another purpose from meaning anything here.
    static byte[] Sign(string signed, ReadOnlyMemory<byte> key) => HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes("routee callback " + signed));
}
