using BotDispatch.Core;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Posting;

/// <summary>A place for messages, and everything that is needed to send them there.</summary>
/// <param name="Tenant">The tenant of the conversation.</param>
/// <param name="ServiceUrl">The address at which Teams is called for it.</param>
/// <param name="Bot">The bot's id there.</param>
/// <param name="Conversation">The conversation, without any thread.</param>
/// <param name="Kind">The kind that Teams reported; empty if it did not.</param>
/// <param name="Root">The post at the top of the thread; empty for a new post, and in chats, which have no threads.</param>
internal sealed record Place(string Tenant, string ServiceUrl, string Bot, string Conversation, string Kind, string Root = "")
{
    /// <summary>Whether posts there have threads. If Teams has not reported the kind, the id tells.</summary>
    public bool IsChannel => Kind.Length > 0 ? Kind == "channel" : TeamsAddress.IsChannel(Conversation);

    /// <summary>Whether it is the chat of one person with the bot.</summary>
    public bool IsPersonal => Kind.Length > 0 ? Kind == "personal" : Conversation.StartsWith("a:", StringComparison.Ordinal);

    /// <summary>The id to which the message is sent.</summary>
    public string ThreadId => TeamsAddress.ThreadId(Conversation, Root);
}

/// <summary>
/// Knows where conversations are reached. An unknown or forgotten one is tried at the newest address of its tenant, and without such an
/// address at its cloud's standard address: the app may have been added while this process was not running, and Teams itself knows best
/// whether the bot is in there.
/// </summary>
internal sealed class Places(TeamsStore store, IOptions<TeamsOptions> options)
{
    const string Bot = "28:";

    /// <summary>Returns the place; null if no message ever came from its tenant and there is no address to call.</summary>
    public async Task<Place?> FindAsync(string tenant, string conversation, CancellationToken ct)
    {
        if (await store.FindConversationAsync(tenant, conversation, ct) is { } known)
            return new(tenant, known.ServiceUrl, known.BotId, conversation, known.Kind);
        if (await NewestAsync(tenant, ct) is { } newest)
            return newest with { Conversation = conversation, Kind = "" };
        return options.Value.FirstServiceUrl(tenant) is { } address
            ? new(tenant, address, Bot + options.Value.AppId, conversation, "")
            : null;
    }

    /// <summary>Returns the conversation of the tenant from which the newest message came.</summary>
    public async Task<Place?> NewestAsync(string tenant, CancellationToken ct) =>
        await store.FindNewestConversationAsync(tenant, ct) is { } newest
            ? new(tenant, newest.ServiceUrl, newest.BotId, newest.Id, newest.Kind)
            : null;
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
