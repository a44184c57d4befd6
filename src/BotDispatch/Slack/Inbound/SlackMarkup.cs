using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Chat;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Inbound;

/// <summary>
/// A text as it was typed. The people in it have Slack's id alone, without an installation, and the name that Slack wrote beside it,
/// which is often empty: a surface completes them.
/// </summary>
internal sealed record TypedText(string Text, ImmutableArray<Mention> Mentions);

/// <summary>
/// Reads text as Slack sends it: what it made of typed names, channels and addresses becomes what was typed, and only people stay marked.
/// </summary>
/// <remarks>
/// https://docs.slack.dev/messaging/formatting-message-text and https://docs.slack.dev/interactivity/implementing-slash-commands
/// </remarks>
internal static partial class SlackMarkup
{
    /// <summary>Reads it.</summary>
    public static TypedText Read(string escaped)
    {
        var mentions = ImmutableArray.CreateBuilder<Mention>();
        // A link that is all that was said is what is meant, not the words on it.
        if (OnlyLink().Match(escaped) is { Success: true } link)
            escaped = $"{link.Groups["verb"].Value}<{link.Groups["target"].Value}>";
        var text = Marks().Replace(escaped, mark => Plain(mark.Groups["inside"].Value, mentions));
        return new(SlackText.Unescaped(text), mentions.ToImmutable());
    }

    /// <summary>
    /// The text without quoted lines and without the mentions of this user; null if they are not mentioned in what is left.
    /// </summary>
    public static string? WrittenTo(string userId, string escaped)
    {
        var own = CommandText.Unquoted(escaped);
        var isNamed = false;
        var text = Marks().Replace(own, mark =>
        {
            var inside = mark.Groups["inside"].Value;
            if (userId.Length == 0 || (inside != "@" + userId && !inside.StartsWith($"@{userId}|", StringComparison.Ordinal)))
                return mark.Value;
            isNamed = true;
            return " ";
        });
        return isNamed ? text.Trim() : null;
    }

    static string Plain(string inside, ImmutableArray<Mention>.Builder mentions)
    {
        var (target, label) = inside.IndexOf('|') is >= 0 and var bar ? (inside[..bar], inside[(bar + 1)..]) : (inside, "");
        switch (target)
        {
            case ['@', .. var user] when IsId(user):
                var token = $"<@{user}>";
                mentions.Add(new(token, new(SlackAddress.Platform, user, SlackText.Unescaped(label).TrimStart('@'))));
                return token;
            case ['#', .. var channel] when IsId(channel):
                return "#" + (label.Length > 0 ? label : channel);
            case ['!', .. var special] when special.Split('^')[0] is "here" or "channel" or "everyone" or "group" or "subteam" or "date":
                return label.Length > 0 ? label : "@" + special.Split('^')[0];
            // Brackets around anything else were typed.
            case var other when !Address().IsMatch(other):
                return $"<{inside}>";
            default:
                return label.Length > 0 ? label
                    : target.StartsWith("mailto:", StringComparison.Ordinal) ? target["mailto:".Length..]
                    : target;
        }
    }

    static bool IsId(string id) =>
        id.Length > 0
        && id.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter))
        && char.IsAsciiLetterUpper(id[0]);

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]*:", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(
        @"^\s*(?<verb>[\w-]+\s+)?<(?<target>https?://[^<>|]+)\|[^<>]*>\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OnlyLink();

    [GeneratedRegex("<(?<inside>[^<>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
