using System.Text.RegularExpressions;
using BotDispatch.Core;

namespace BotDispatch.Slack;

/// <summary>
/// Slack's ids of channels and people, each after the id of its installation and a slash: <c>T0ACME/C0OPS</c>, <c>T0ACME/U0DANA</c>.
/// </summary>
internal static partial class SlackAddress
{
    public const string Platform = "slack";

    /// <summary>A channel. The id of a user stands for the app's direct messages with that user.</summary>
    public static ChatChannel Channel(string installation, string id) => new(Platform, $"{installation}/{id}");

    /// <summary>A user of that installation.</summary>
    public static Person Person(string installation, string id, string name) => new(Platform, $"{installation}/{id}", name);

    /// <summary>
    /// Reads a channel as an administrator writes it: <c>slack:T0ACME/C0OPS</c>, or the address that a browser shows for it. Null for any
    /// other text.
    /// </summary>
    public static ChatChannel? Read(string written) => Written().Match(written.Trim()) is { Success: true } found
        ? Channel(found.Groups["team"].Value, found.Groups["channel"].Value)
        : null;

    [GeneratedRegex(
        @"^(slack:|https://app\.slack\.com/client/)(?<team>[TE][A-Z0-9]{2,30})/(?<channel>[CG][A-Z0-9]{2,30})(/[^\s]*)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    /// <summary>The two parts of an address or a user id.</summary>
    public static (string Installation, string Id) Split(string address) =>
        address.IndexOf('/') is >= 0 and var slash ? (address[..slash], address[(slash + 1)..]) : ("", address);
}

/// <summary>Slack's id of a message: the channel in the answer to the post, and the <c>ts</c>, which is text and not a number.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage</remarks>
internal sealed record SlackMessageId(string Channel, string Ts)
{
    /// <summary>The form in which the id is stored.</summary>
    public override string ToString() => $"{Channel}:{Ts}";

    /// <summary>Reads the stored form.</summary>
    public static SlackMessageId Parse(string stored)
    {
        var colon = stored.IndexOf(':');
        return new(stored[..colon], stored[(colon + 1)..]);
    }
}
