using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>The key that signs callback addresses. Every node uses the same one.</summary>
internal sealed record CallbackKey(ReadOnlyMemory<byte> Value);

/// <summary>
/// Signs the attempt into its callback addresses, because Routee signs nothing. An address that we did not sign is refused first.
/// </summary>
internal sealed class CallbackTokens(CallbackKey key)
{
    const int Longest = 200;

    /// <summary>Returns the attempt and its signature, as one segment of an address.</summary>
    public string For(AttemptId attempt) => $"{attempt}.{Base64Url.EncodeToString(Sign(attempt.ToString(), key.Value))}";

    /// <summary>Returns the attempt that we signed; null if the signature is not ours.</summary>
    public AttemptId? Read(string? token)
    {
        if (token is not { Length: <= Longest } || token.LastIndexOf('.') is not (> 0 and var dot))
            return null;
        var signature = new byte[HMACSHA256.HashSizeInBytes];
        var encoded = token.AsSpan(dot + 1);
        if (!Base64Url.IsValid(encoded, out var length)
            || length != signature.Length
            || !Base64Url.TryDecodeFromChars(encoded, signature, out _))
            return null;
        var signed = token[..dot];
        var isOurs = CryptographicOperations.FixedTimeEquals(signature, Sign(signed, key.Value));
        return isOurs && AttemptId.TryParse(signed, null, out var attempt) ? attempt : null;
    }

    // With this prefix, a signature made with the same key for another purpose is not valid here.
    static byte[] Sign(string signed, ReadOnlyMemory<byte> key) =>
        HMACSHA256.HashData(key.Span, Encoding.UTF8.GetBytes("routee callback " + signed));
}
