using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// Recognises Slack's own requests: they are signed over the very bytes of the body, and at most five minutes old or new.
/// </summary>
/// <remarks>https://docs.slack.dev/authentication/verifying-requests-from-slack</remarks>
internal sealed class SlackSignature
{
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    public const string SignatureHeader = "X-Slack-Signature";

    /// <summary>How far the request's clock and ours may be apart, in either direction.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    const string Version = "v0=";
    const int HexLength = 2 * SHA256.HashSizeInBytes;
    // Nineteen digits are all that a moment can have; one more for a leading zero.
    const int LongestTimestamp = 20;

    readonly byte[][] secrets;
    readonly TimeProvider clock;
    readonly string appId;

    /// <summary>Without a secret nothing is ever valid. The secret looks like hex, and is text.</summary>
    public SlackSignature(IOptions<SlackOptions> options, TimeProvider clock)
    {
        string[] all = [options.Value.SigningSecret, options.Value.PreviousSigningSecret];
        secrets = [.. all.Where(each => !string.IsNullOrWhiteSpace(each)).Select(Encoding.UTF8.GetBytes)];
        (this.clock, appId) = (clock, options.Value.AppId);
    }

    /// <summary>Whether a delivery for this app is for ours. Some do not say which app they are for.</summary>
    public bool IsForUs(string? app) => appId.Length == 0 || app is null || app == appId;

    /// <summary>Whether these headers could sign anything at all: known before a byte of the body is read.</summary>
    public static bool LooksSigned(string? timestamp, string? signature) =>
        Moment(timestamp) is not null
        && signature?.Length == Version.Length + HexLength
        && signature.StartsWith(Version, StringComparison.Ordinal)
        && Ascii.IsValid(signature);

    /// <summary>Whether this timestamp is near enough to our own time: known before a byte of the body is read.</summary>
    public bool IsInTime(string? timestamp) => Moment(timestamp) is { } seconds && IsInTime(seconds);

    /// <summary>Whether Slack sent this body with these headers, and when.</summary>
    public SignatureVerdict Check(ReadOnlySpan<byte> body, string? timestamp, string? signature)
    {
        if (!LooksSigned(timestamp, signature) || Moment(timestamp) is not { } seconds)
            return SignatureVerdict.Forged;
        Span<byte> given = stackalloc byte[HexLength];
        Encoding.ASCII.GetBytes(signature.AsSpan(Version.Length), given);
        Span<byte> prefix = stackalloc byte[LongestTimestamp + 4];
        prefix = prefix[..Encoding.ASCII.GetBytes($"v0:{timestamp}:", prefix)];
        foreach (var secret in secrets)
            if (IsSignedWith(secret, prefix, body, given))
                return IsInTime(seconds) ? SignatureVerdict.Valid : SignatureVerdict.Stale;
        return SignatureVerdict.Forged;
    }

    bool IsInTime(long seconds) => Math.Abs(clock.WallNow.ToUnixTimeSeconds() - seconds) <= (long)Window.TotalSeconds;

    static bool IsSignedWith(byte[] secret, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body, ReadOnlySpan<byte> given)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hmac.AppendData(prefix);
        hmac.AppendData(body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> expected = stackalloc byte[HexLength];
        hmac.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, expected, out _);
        return CryptographicOperations.FixedTimeEquals(expected, given);
    }

    static long? Moment(string? timestamp) =>
        timestamp?.Length is > 0 and <= LongestTimestamp
        // The parser alone would let zero bytes pass at the end.
        && !timestamp.AsSpan().ContainsAnyExceptInRange('0', '9')
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : null;
}

/// <summary>What a signature is worth.</summary>
internal enum SignatureVerdict
{
    /// <summary>Slack sent it, now.</summary>
    Valid,
    /// <summary>Slack signed it, too long before or after our own time: somebody sends it again, or our clock is wrong.</summary>
    Stale,
    /// <summary>Anybody may have sent it.</summary>
    Forged,
}
