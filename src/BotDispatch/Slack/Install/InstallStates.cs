using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BotDispatch.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace BotDispatch.Slack.Install;

/// <summary>The state of an installation under way: signed by us, good for ten minutes, for the browser that began it, and for one time.</summary>
internal sealed class InstallStates(IDataProtectionProvider protection, SeenStore seen, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    readonly IDataProtector protector = protection.CreateProtector("slack", "install", "state");

    /// <summary>A new state, and what its browser is to keep.</summary>
    public (string State, string Browser) Begin()
    {
        var browser = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var state = string.Create(CultureInfo.InvariantCulture, $"{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16))}.{(clock.GetUtcNow() + Life).ToUnixTimeSeconds()}.{Mark(browser)}");
        return (protector.Protect(state), browser);
    }

    /// <summary>Whether it may be gone on with; never twice.</summary>
    public async Task<bool> TakeAsync(string? state, string? browser, CancellationToken ct)
    {
        if (state is not { Length: > 0 and < 2000 } || browser is not { Length: > 0 and < 200 } || Unprotect(state)?.Split('.') is not [var nonce, var ends, var mark])
            return false;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(mark), Encoding.ASCII.GetBytes(Mark(browser)))
            && clock.GetUtcNow().ToUnixTimeSeconds() < long.Parse(ends, CultureInfo.InvariantCulture)
            && await seen.TryAddAsync($"slack-install:{nonce}", ct);
    }

    static string Mark(string browser) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(browser)));

    string? Unprotect(string state)
    {
        try
        {
            return protector.Unprotect(state);
        }
        // What is no base64 at all is a wrong state like any other.
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
