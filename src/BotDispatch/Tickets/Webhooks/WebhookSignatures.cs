using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Tickets.Webhooks;

/// <summary>How a ticket system signs what it posts.</summary>
/// <param name="Header">The header without which nothing is signed.</param>
/// <param name="IsRight">Whether headers and body are signed with a secret at this moment.</param>
internal sealed record WebhookSignature(string Header, SignatureCheck IsRight);

/// <summary>Whether headers and body are signed with a secret. Takes the same time for every wrong signature.</summary>
/// <remarks>A delegate, because it is passed as a value: each system has a check of its own.</remarks>
internal delegate bool SignatureCheck(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now);

/// <summary>The signatures of the ticket systems that sign what they post.</summary>
internal static class WebhookSignatures
{
    const string Hex = "sha256=";
    const string StandardSecret = "whsec_";

    /// <summary>How old a signature with a time may be. Nothing is gained by an old message, which only makes us read a ticket.</summary>
    static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    /// <summary>Jira Cloud: <c>X-Hub-Signature: sha256=HEX</c>, of webhooks that an administrator made with a secret.</summary>
    /// <remarks>https://developer.atlassian.com/cloud/jira/platform/webhooks/#secure-admin-webhooks</remarks>
    public static WebhookSignature Jira { get; } = new("X-Hub-Signature",
        static (headers, body, secret, _) => IsHex(headers["X-Hub-Signature"], body, secret));

    /// <summary>GitHub: <c>X-Hub-Signature-256: sha256=HEX</c>. Its <c>X-Hub-Signature</c> is SHA-1 and does not count.</summary>
    /// <remarks>https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries</remarks>
    public static WebhookSignature GitHub { get; } = new("X-Hub-Signature-256",
        static (headers, body, secret, _) => IsHex(headers["X-Hub-Signature-256"], body, secret));

    /// <summary>
    /// GitLab: the secret token itself in <c>X-Gitlab-Token</c>. A secret that begins with <c>whsec_</c> is a signing token, with which
    /// newer versions sign as Standard Webhooks says.
    /// </summary>
    /// <remarks>https://docs.gitlab.com/user/project/integrations/webhooks/</remarks>
    public static WebhookSignature GitLab(string secret) => IsStandardSecret(secret)
        ? new("webhook-signature", IsStandard)
        : new("X-Gitlab-Token", static (headers, _, secret, _) =>
            AreEqual(Encoding.UTF8.GetBytes(headers["X-Gitlab-Token"].ToString()), Encoding.UTF8.GetBytes(secret)));

    /// <summary>Zendesk: the base64 HMAC-SHA256 of the time and the body, without anything between them.</summary>
    /// <remarks>https://developer.zendesk.com/documentation/webhooks/verifying/</remarks>
    public static WebhookSignature Zendesk { get; } = new("X-Zendesk-Webhook-Signature", static (headers, body, secret, now) =>
    {
        var written = headers["X-Zendesk-Webhook-Signature-Timestamp"].ToString();
        return DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && (now - at).Duration() <= Oldest
            && IsBase64(headers["X-Zendesk-Webhook-Signature"].ToString(), Encoding.UTF8.GetBytes(secret), written, body);
    });

    /// <summary>Whether a secret is a signing token of GitLab, and not a secret token.</summary>
    public static bool IsStandardSecret(string secret) => secret.StartsWith(StandardSecret, StringComparison.Ordinal);

    static bool IsStandard(IHeaderDictionary headers, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        var (id, written) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (!long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || Math.Abs(now.ToUnixTimeSeconds() - seconds) > Oldest.TotalSeconds || StandardKeyOf(secret) is not { } key)
            return false;
        // While a token is being replaced, there is a signature with each.
        var isRight = false;
        foreach (var signature in headers["webhook-signature"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            isRight |= signature.StartsWith("v1,", StringComparison.Ordinal) && IsBase64(signature[3..], key, $"{id}.{written}.", body);
        return isRight;
    }

    /// <summary>The bytes of a signing token; null if it has another form.</summary>
    public static byte[]? StandardKeyOf(string secret)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(secret[StandardSecret.Length..], bytes, out var length) && length >= 24 ? bytes[..length] : null;
    }

    static bool IsHex(string? written, ReadOnlySpan<byte> body, string secret)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        return written is { Length: 7 + (2 * SHA256.HashSizeInBytes) } && written.StartsWith(Hex, StringComparison.Ordinal)
            && Convert.FromHexString(written.AsSpan(Hex.Length), given, out _, out _) is System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
    }

    static bool IsBase64(string written, byte[] key, string before, ReadOnlySpan<byte> body)
    {
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        byte[] signed = [.. Encoding.UTF8.GetBytes(before), .. body];
        return Convert.TryFromBase64String(written, given, out var length) && length == given.Length
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(key, signed));
    }

    // Hashes have the same length, so that the time does not give the length of the secret away.
    static bool AreEqual(byte[] one, byte[] other) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(one), SHA256.HashData(other));
}
