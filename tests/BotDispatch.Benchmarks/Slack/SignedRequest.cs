using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>
/// A signed request, ready for the wire. Each time only its number, its moment and its signature are written anew, in place: what measures must cost little.
/// </summary>
/// <remarks>https://docs.slack.dev/authentication/verifying-requests-from-slack</remarks>
internal sealed class SignedRequest : IDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    const int NumberLength = 12;
    const int MomentLength = 10;
    const int HexLength = 64;

    static long last = Random.Shared.NextInt64(1_000_000) * 100_000;

    readonly IncrementalHash hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret));
    readonly byte[] wire;
    readonly int moment, signature, body;
    readonly int[] numbers;

    /// <summary>A request for that address. Where <paramref name="content"/> says <c>{number}</c> stands what makes each delivery a new one.</summary>
    public SignedRequest(Uri address, string contentType, string content, string? authorization = null)
    {
        content = content.Replace("{number}", Number(0), StringComparison.Ordinal);
        var head = $"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nUser-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"
            + $"Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\n"
            + (authorization is null ? "" : $"Authorization: {authorization}\r\n")
            + $"X-Slack-Request-Timestamp: {new string('0', MomentLength)}\r\nX-Slack-Signature: v0={new string('0', HexLength)}\r\n\r\n";
        wire = Encoding.UTF8.GetBytes(head + content);
        body = head.Length;
        moment = head.IndexOf("Timestamp: ", StringComparison.Ordinal) + "Timestamp: ".Length;
        signature = head.IndexOf("v0=", StringComparison.Ordinal) + "v0=".Length;
        numbers = [.. Places(wire, Encoding.ASCII.GetBytes(Number(0)))];
    }

    /// <summary>The next delivery. The bytes stand until the one after it.</summary>
    public ReadOnlySpan<byte> Next()
    {
        var number = Encoding.ASCII.GetBytes(Number(Interlocked.Increment(ref last)));
        foreach (var place in numbers)
            number.CopyTo(wire, place);
        DateTimeOffset.UtcNow.ToUnixTimeSeconds().TryFormat(wire.AsSpan(moment, MomentLength), out _, "D10", CultureInfo.InvariantCulture);
        hmac.AppendData("v0:"u8);
        hmac.AppendData(wire, moment, MomentLength);
        hmac.AppendData(":"u8);
        hmac.AppendData(wire, body, wire.Length - body);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        hmac.GetHashAndReset(hash);
        Convert.TryToHexStringLower(hash, wire.AsSpan(signature, HexLength), out _);
        return wire;
    }

    public void Dispose() => hmac.Dispose();

    // Not to be found anywhere else in a request.
    static string Number(long number) => $"n{number.ToString("D" + (NumberLength - 1), CultureInfo.InvariantCulture)}";

    static IEnumerable<int> Places(byte[] bytes, byte[] wanted)
    {
        for (var from = 0; bytes.AsSpan(from).IndexOf(wanted) is >= 0 and var at; from += at + wanted.Length)
            yield return from + at;
    }
}
