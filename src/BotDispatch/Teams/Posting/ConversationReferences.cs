using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Teams.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Remembers every conversation and person that something came from, so that they can be written to later. A database that is slow or
/// broken holds no answer up for long.
/// </summary>
internal sealed class ConversationReferences(
    TeamsStore store, BackgroundWork background, TimeProvider clock, ILogger<ConversationReferences> log,
    TeamsPeople? people = null)
{
    /// <summary>Remembers who and where; where the bot was removed, forgets it. Returns whether the place is new.</summary>
    public async Task<bool> RecordAsync(TeamsDelivery delivery)
    {
        people?.RecordTimeZone(delivery.From.Person, delivery.TimeZone);
        // While somebody else writes, SQLite's driver waits on its caller's own thread, for half a minute.
        var meeting = Task.Run(
            () => ResponseDeadline.UnbrokenAsync(() => KeepAsync(delivery, background.Stopping), log.NotRemembered, background.Stopping),
            CancellationToken.None);
        return await background.Deadline(TeamsDeadlines.Reference).IsMetByAsync(meeting) && await meeting;
    }

    /// <summary>
    /// Who it is, by the id and the name that came before where none comes now: some events of guests leave them out.
    /// </summary>
    public async Task<Person> WhoAsync(TeamsOrigin origin)
    {
        var person = origin.Person;
        if (origin.AadObjectId is null && origin.UserId.Length > 0
            && await FindAsync(() => store.FindPersonByMriAsync(origin.Tenant, origin.UserId, background.Stopping)) is { } known)
            person = TeamsAddress.Person(origin.Tenant, known.Id, origin.UserId, person.Name.Length > 0 ? person.Name : known.Name ?? "");
        return person.Name.Length > 0 ? person : person with { Name = await NameAsync(person) ?? "Somebody" };
    }

    /// <summary>Mentions by the ids that a directory may know: in a text Teams names people as this bot knows them.</summary>
    public async Task<IReadOnlyList<Mention>> ReadAsync(IEnumerable<Mention> mentions) =>
        await Task.WhenAll(mentions.Select(async mention =>
    {
        var (tenant, id) = TeamsAddress.Split(mention.Person.UserId);
        var known = await FindAsync(() => store.FindPersonByMriAsync(tenant, id, background.Stopping));
        return known is null ? mention : mention with { Person = TeamsAddress.Person(tenant, known.Id, id, mention.Person.Name) };
    }));

    async Task<string?> NameAsync(Person person)
    {
        var (tenant, id) = TeamsAddress.Split(person.UserId);
        return (await FindAsync(() => store.FindPersonAsync(tenant, id, background.Stopping)))?.Name;
    }

    async Task<TeamsPerson?> FindAsync(Func<Task<TeamsPerson?>> find)
    {
        var deadline = background.Deadline(TeamsDeadlines.Reference);
        var finding = Task.Run(
            () => ResponseDeadline.UnbrokenAsync(find, log.AnsweringBroken, background.Stopping), CancellationToken.None);
        return await deadline.IsMetByAsync(finding) ? await finding : null;
    }

    async Task<bool> KeepAsync(TeamsDelivery delivery, CancellationToken ct)
    {
        var (where, from, now) = (delivery.Where, delivery.From, clock.GetUtcNow());
        if (delivery.Action is ChatAction.Removed)
        {
            await ForgetAsync(where, ct);
            return false;
        }
        var isNew = false;
        if (where.Conversation.Length > 0 && where.ServiceUrl.Length > 0)
        {
            isNew = await store.FindConversationAsync(where.Tenant, where.Conversation, ct) is null;
            var conversation = new TeamsConversation(
                where.Tenant, where.Conversation, where.ServiceUrl, where.BotId, KindOf(where.Kind), where.Team, where.Name, now);
            await store.RememberAsync(conversation, ct);
        }
        if (from.UserId.Length > 0 && from.UserId != where.BotId)
        {
            var name = from.Name.Length > 0 ? from.Name : null;
            var person = new TeamsPerson(from.Tenant, TeamsAddress.Split(from.Person.UserId).Id, from.UserId, name, null, now);
            await store.RememberAsync(person, ct);
        }
        return isNew;
    }

    async Task ForgetAsync(ConversationReference where, CancellationToken ct)
    {
        if (where is { Kind: ConversationKind.Channel, Team: { Length: > 0 } team })
            await store.ForgetTeamAsync(where.Tenant, team, ct);
        await store.ForgetConversationAsync(where.Tenant, where.Conversation, ct);
        log.Removed();
    }

    static string KindOf(ConversationKind kind) => kind switch
    {
        ConversationKind.Personal => "personal",
        ConversationKind.GroupChat => "groupChat",
        _ => "channel",
    };
}

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
