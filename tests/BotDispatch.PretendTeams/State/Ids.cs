using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BotDispatch.PretendTeams.State;

/// <summary>Makes the names that Teams gives to things: never twice the same, and the same in every run.</summary>
internal sealed class Ids(TimeProvider clock)
{
    readonly Lock gate = new();
    long last;
    int count;

    /// <summary>A message's: the moment in milliseconds, later than every one before.</summary>
    public string Message()
    {
        lock (gate)
        {
            last = Math.Max(last + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
            return last.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>An event's or an invoke's.</summary>
    public string Event() => "f:" + Guid(Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture));

    /// <summary>As somebody or something is called in a directory.</summary>
    public static string Guid(string of) => new Guid(HashOf(of)).ToString("D");

    /// <summary>Letters as they stand in the ids of chats and of people for one bot.</summary>
    public static string Letters(string of) => Convert.ToHexStringLower(HashOf(of));

    static byte[] HashOf(string of) => SHA256.HashData(Encoding.UTF8.GetBytes(of))[..16];
}
