using BotDispatch.Core;

namespace BotDispatch.Slack;

/// <summary>Slack's names for places and people, with the installation they belong to before a slash: <c>T0ACME/C0OPS</c>, <c>T0ACME/U0DANA</c>.</summary>
internal static class SlackAddress
{
    public const string Platform = "slack";

    /// <summary>A channel, or a user for the app's direct messages with them.</summary>
    public static ChatChannel Channel(string installation, string id) => new(Platform, $"{installation}/{id}");

    /// <summary>Somebody there.</summary>
    public static Person Person(string installation, string id, string name) => new(Platform, $"{installation}/{id}", name);

    /// <summary>The two parts of an address or a user id.</summary>
    public static (string Installation, string Id) Split(string address) =>
        address.IndexOf('/') is >= 0 and var slash ? (address[..slash], address[(slash + 1)..]) : ("", address);
}

/// <summary>A message, as Slack knows it: the channel of the answer to its posting, and its <c>ts</c>, which is text.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
internal sealed record SlackMessageId(string Channel, string Ts)
{
    /// <summary>As stored.</summary>
    public override string ToString() => $"{Channel}:{Ts}";

    /// <summary>Reads what was stored.</summary>
    public static SlackMessageId Parse(string stored)
    {
        var colon = stored.IndexOf(':');
        return new(stored[..colon], stored[(colon + 1)..]);
    }
}
