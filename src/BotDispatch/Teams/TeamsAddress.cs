using System.Text.RegularExpressions;
using BotDispatch.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace BotDispatch.Teams;

/// <summary>
/// Teams' ids of conversations and people, each after its tenant's id and a slash: <c>2222…/19:aa@thread.tacv2</c>, <c>2222…/1111…</c>.
/// </summary>
internal static partial class TeamsAddress
{
    public const string Platform = "teams";

    const string RootBegins = ";messageid=";

    /// <summary>A channel or chat. The thread in the id is cut off.</summary>
    public static ChatChannel Channel(string tenant, string conversationId) =>
        new(Platform, $"{tenant}/{SplitThread(conversationId).Conversation}");

    /// <summary>
    /// A user of that tenant, by the Entra object id if Teams sends it, because <paramref name="id"/> is valid for this bot only.
    /// </summary>
    public static Person Person(string tenant, string? aadObjectId, string id, string name) =>
        new(Platform, $"{tenant}/{(string.IsNullOrEmpty(aadObjectId) ? id : aadObjectId)}", name);

    /// <summary>
    /// Reads a conversation as an administrator writes it: <c>teams:2222…/19:aa@thread.tacv2</c>, or the link to a channel. Null for any
    /// other text.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams</remarks>
    public static ChatChannel? Read(string written)
    {
        if (Written().Match(written.Trim()) is { Success: true } found)
            return Channel(found.Groups["tenant"].Value.ToLowerInvariant(), found.Groups["conversation"].Value);
        return Uri.TryCreate(written.Trim(), UriKind.Absolute, out var link)
            && link.Scheme == Uri.UriSchemeHttps
            && link.Segments is ["/", "l/", "channel/", var id, ..]
            && Guid.TryParse(QueryHelpers.ParseQuery(link.Query).GetValueOrDefault("tenantId"), out var tenant)
            && Uri.UnescapeDataString(id.TrimEnd('/')) is ['1', '9', ':', ..] and var conversation
            ? Channel(tenant.ToString(), conversation)
            : null;
    }

    [GeneratedRegex(@"^teams:(?<tenant>[0-9a-fA-F-]{36})/(?<conversation>(19|a):[^\s;]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    /// <summary>The two parts of an address or a user id.</summary>
    public static (string Tenant, string Id) Split(string address) =>
        address.IndexOf('/') is >= 0 and var slash ? (address[..slash], address[(slash + 1)..]) : ("", address);

    /// <summary>Splits a conversation's id into the id without a thread and the thread's root message; empty if there is none.</summary>
    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations</remarks>
    public static (string Conversation, string Root) SplitThread(string conversationId)
    {
        var end = conversationId.IndexOf(';');
        if (end < 0)
            return (conversationId, "");
        var rest = conversationId[end..];
        if (!rest.StartsWith(RootBegins, StringComparison.OrdinalIgnoreCase))
            return (conversationId[..end], "");
        rest = rest[RootBegins.Length..];
        return (conversationId[..end], rest.IndexOf(';') is >= 0 and var next ? rest[..next] : rest);
    }

    /// <summary>Whether it is the id of a channel, with a thread or without. The ids of other conversations end differently.</summary>
    public static bool IsChannel(string conversationId) => SplitThread(conversationId).Conversation is var id
        && (id.EndsWith("@thread.tacv2", StringComparison.Ordinal) || id.EndsWith("@thread.skype", StringComparison.Ordinal));

    /// <summary>The id to which messages of that thread are sent: the conversation's own if there is no root.</summary>
    public static string ThreadId(string conversation, string root) =>
        root.Length == 0 ? conversation : conversation + RootBegins + root;
}

/// <summary>Teams' id of a message.</summary>
/// <param name="Conversation">The conversation's id without a thread.</param>
/// <param name="Root">The root post of its thread; empty in chats, because they have no threads.</param>
/// <param name="Activity">The id of the message itself.</param>
internal sealed record TeamsMessageId(string Conversation, string Root, string Activity)
{
    /// <summary>The conversation id with which the message is sent, updated and deleted.</summary>
    public string ThreadId => TeamsAddress.ThreadId(Conversation, Root);

    /// <summary>The form in which the id is stored. The conversation comes last, because Teams may put spaces into its id.</summary>
    public override string ToString() => $"{Activity} {Root} {Conversation}";

    /// <summary>Reads the stored form.</summary>
    public static TeamsMessageId Parse(string stored)
    {
        var parts = stored.Split(' ', 3);
        return new(parts[2], parts[1], parts[0]);
    }
}

/// <summary>
/// Stands in for the id of a card that Teams accepted without naming it. Such a card can never be redrawn, so the mark says which dispatch
/// it shows, and whether it shows the end. So a dispatch gets two cards at most: one when it begins, and one when it has ended.
/// </summary>
/// <remarks>202 without a body: https://github.com/MicrosoftDocs/bot-docs/issues/2263</remarks>
internal static class NamelessCard
{
    const char Begins = '?';

    /// <summary>Returns the mark, such as <c>?abc234.open</c>.</summary>
    public static string Of(DispatchCard card) => $"{Begins}{card.Id}.{(card.IsClosed ? "closed" : "open")}";

    /// <summary>Returns whether the text is such a mark.</summary>
    public static bool Is(string activity) => activity is [Begins, ..];
}
