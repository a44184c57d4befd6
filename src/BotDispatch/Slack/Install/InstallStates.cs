using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Install;

/// <summary>The key that signs the states of installations; the same on every node.</summary>
internal sealed record InstallKey(ReadOnlyMemory<byte> Value);

/// <summary>
/// The state of an installation in progress: signed by us, good for ten minutes, for the browser that began it, and for one use. A forged
/// one is refused without asking the database.
/// </summary>
/// <remarks>
/// We sign it ourselves, because Data Protection (ASP.NET 10) reads all its keys again, here from the database, for each payload that names
/// an unknown key within two minutes of its first use, and anybody can write such a payload.
/// </remarks>
internal sealed class InstallStates(InstallKey key, SeenStore seen, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    // Ours have about 120 characters.
    const int Longest = 200;

    /// <summary>Returns a new state, and what its browser must keep.</summary>
    public (string State, string Browser) Begin()
    {
        var browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
        var ends = (clock.GetUtcNow() + Life).ToUnixTimeSeconds();
        var state = string.Create(CultureInfo.InvariantCulture, $"{nonce}.{ends}.{Mark(browser)}");
        return ($"{state}.{Sign(state)}", browser);
    }

    /// <summary>Returns whether the installation may continue with this state; never twice.</summary>
    public async Task<bool> TakeAsync(string? state, string? browser, CancellationToken ct)
    {
        if (state is not { Length: <= Longest } || browser is not { Length: > 0 and <= Longest }
            || state.LastIndexOf('.') is not (> 0 and var dot))
            return false;
        var signed = state[..dot];
        return IsSame(state[(dot + 1)..], Sign(signed)) && signed.Split('.') is [var nonce, var ends, var mark]
            && IsSame(mark, Mark(browser))
            && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(ends, CultureInfo.InvariantCulture)
            && await seen.TryAddAsync($"slack-install:{nonce}", ct);
    }

    static bool IsSame(string given, string ours) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(ours));

    static string Mark(string browser) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(browser)));

    // The prefix makes a signature with the same key for another purpose useless here.
    string Sign(string state) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value.Span, Encoding.UTF8.GetBytes("slack install " + state)));
}
