using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Posting;

/// <summary>Where a message goes, and all that it takes to send it there.</summary>
/// <param name="Tenant">Whose conversation.</param>
/// <param name="ServiceUrl">Where Teams is called for it.</param>
/// <param name="Bot">The bot as it is called there.</param>
/// <param name="Conversation">The conversation, without any thread.</param>
/// <param name="Kind">As Teams says it; empty where it has not.</param>
/// <param name="Root">The post that the message goes under; empty for a new post, and in chats, which have no threads.</param>
internal sealed record Place(string Tenant, string ServiceUrl, string Bot, string Conversation, string Kind, string Root = "")
{
    /// <summary>Posts there have threads. Of a conversation that was not heard of, its id tells.</summary>
    public bool IsChannel => Kind.Length > 0 ? Kind == "channel" : TeamsAddress.IsChannel(Conversation);

    /// <summary>One person and the bot.</summary>
    public bool IsPersonal => Kind.Length > 0 ? Kind == "personal" : Conversation.StartsWith("a:", StringComparison.Ordinal);

    /// <summary>Where the message is sent to.</summary>
    public string ThreadId => TeamsAddress.ThreadId(Conversation, Root);
}

/// <summary>
/// Knows where conversations are reached. One that was not heard of, or that was forgotten, is tried where its tenant was last heard of, and before anything was heard,
/// where its cloud can be called: the app may have been added while nobody was there to hear of it, and Teams itself says best whether the bot is in there.
/// </summary>
internal sealed class Places(TeamsStore store, IOptions<TeamsOptions> options)
{
    const string Bot = "28:";

    /// <summary>Finds it; null if nothing was ever heard from its tenant and nobody knows where to call it.</summary>
    public async Task<Place?> FindAsync(string tenant, string conversation, CancellationToken ct)
    {
        if (await store.FindConversationAsync(tenant, conversation, ct) is { } known)
            return new(tenant, known.ServiceUrl, known.BotId, conversation, known.Kind);
        if (await NewestAsync(tenant, ct) is { } newest)
            return newest with { Conversation = conversation, Kind = "" };
        return options.Value.FirstServiceUrl(tenant) is { } address ? new(tenant, address, Bot + options.Value.AppId, conversation, "") : null;
    }

    /// <summary>The conversation of the tenant that was heard of last.</summary>
    public async Task<Place?> NewestAsync(string tenant, CancellationToken ct) =>
        await store.FindNewestConversationAsync(tenant, ct) is { } newest ? new(tenant, newest.ServiceUrl, newest.BotId, newest.Id, newest.Kind) : null;
}
