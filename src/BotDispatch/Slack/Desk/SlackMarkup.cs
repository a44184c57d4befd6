using System.Collections.Immutable;
using System.Text.RegularExpressions;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Desk;

/// <summary>Somebody mentioned in a text.</summary>
/// <param name="Token">What stands for them in the text, exactly.</param>
/// <param name="UserId">Slack's id.</param>
/// <param name="Name">As Slack wrote it beside the id; often empty.</param>
internal sealed record SlackMention(string Token, string UserId, string Name);

/// <summary>A text as it was typed.</summary>
internal sealed record TypedText(string Text, ImmutableArray<SlackMention> Mentions);

/// <summary>Reads text as Slack sends it: what it made of typed names, channels and addresses becomes what was typed, and only people stay marked.</summary>
/// <remarks>https://docs.slack.dev/messaging/formatting-message-text and https://docs.slack.dev/interactivity/implementing-slash-commands</remarks>
internal static partial class SlackMarkup
{
    /// <summary>Reads it.</summary>
    public static TypedText Read(string escaped)
    {
        var mentions = ImmutableArray.CreateBuilder<SlackMention>();
        var text = Marks().Replace(escaped, mark => Plain(mark.Groups["inside"].Value, mentions));
        return new(SlackText.Unescaped(text), mentions.ToImmutable());
    }

    /// <summary>The text without the first mention of this user.</summary>
    public static string Without(string escaped, string userId)
    {
        var mention = Marks().Matches(escaped).FirstOrDefault(mark => mark.Groups["inside"].Value is var inside && (inside == "@" + userId || inside.StartsWith($"@{userId}|", StringComparison.Ordinal)));
        return mention is null ? escaped.Trim() : $"{escaped[..mention.Index]} {escaped[(mention.Index + mention.Length)..]}".Trim();
    }

    static string Plain(string inside, ImmutableArray<SlackMention>.Builder mentions)
    {
        var (target, label) = inside.IndexOf('|') is >= 0 and var bar ? (inside[..bar], inside[(bar + 1)..]) : (inside, "");
        switch (target)
        {
            case ['@', .. var user] when user.Length > 0:
                var token = $"<@{user}>";
                mentions.Add(new(token, user, SlackText.Unescaped(label).TrimStart('@')));
                return token;
            case ['#', .. var channel]:
                return "#" + (label.Length > 0 ? label : channel);
            case ['!', .. var special]:
                return label.Length > 0 ? label : "@" + special.Split('^')[0];
            default:
                return label.Length > 0 ? label : target.StartsWith("mailto:", StringComparison.Ordinal) ? target["mailto:".Length..] : target;
        }
    }

    [GeneratedRegex("<(?<inside>[^<>]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();
}
