using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Finds out whether a person is a member of a conversation, and their account in its tenant. People of other tenants are found by their
/// email.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context</remarks>
internal sealed class TeamsMembers(IConnector connector, TeamsStore store, Places places, TimeProvider clock)
{
    /// <summary>Asks Teams.</summary>
    public async Task<Membership> FindAsync(ChatChannel place, Person person, string? email, CancellationToken ct)
    {
        var (tenant, conversation) = TeamsAddress.Split(place.Address);
        if (await places.FindAsync(tenant, conversation, ct) is not { } where)
            return new Membership.Unseen("the app is not installed there");
        var (home, id) = TeamsAddress.Split(person.UserId);
        if (person.Platform == TeamsAddress.Platform && home == tenant)
            return await connector.CallAsync(
                new ConnectorCall.Member(where.ServiceUrl, where.Conversation, await NameAsync(tenant, id, ct)), ct) switch
            {
                ConnectorAnswer.Done => new Membership.Is(person),
                ConnectorAnswer.Refused { Kind: Refusal.Gone, Code: not ConnectorErrors.NoConversation } => new Membership.IsNot(),
                var trouble => NotKnown(trouble),
            };
        return email is null ? new Membership.IsNot() : await ByEmailAsync(tenant, where, person, email, ct);
    }

    /// <summary>
    /// Returns Teams' id of the member of a conversation who has this email; null if there is none, or Teams cannot be asked.
    /// </summary>
    public async Task<string?> MriOfAsync(Place where, string email, CancellationToken ct) =>
        (await FindAsync(where, email, ct)).Member?.Mri;

    // Teams knows them everywhere by the id that they have for this bot, and almost everywhere by their object id.
    async Task<string> NameAsync(string tenant, string id, CancellationToken ct) =>
        (await store.FindPersonAsync(tenant, id, ct))?.Mri ?? id;

    async Task<Membership> ByEmailAsync(string tenant, Place where, Person person, string email, CancellationToken ct)
    {
        var (member, trouble) = await FindAsync(where, email, ct);
        if (member is not null)
            return new Membership.Is(TeamsAddress.Person(tenant, member.ObjectId, member.Mri, person.Name));
        return trouble is null ? new Membership.IsNot() : NotKnown(trouble);
    }

    Task<Sought> FindAsync(Place where, string email, CancellationToken ct) => Members.FindAsync(
        connector, where.ServiceUrl, where.Conversation, each => email.Equals(each.Email, StringComparison.OrdinalIgnoreCase), clock, ct);

    static Membership NotKnown(ConnectorAnswer answer) => answer switch
    {
        // If only our own credentials or settings are the reason, we ask again.
        ConnectorAnswer.Refused { Kind: Refusal.Credentials } or ConnectorAnswer.Refused { Code: ServiceAddress.NotAllowed } =>
            new Membership.Unknown("the app may not ask", TimeSpan.FromMinutes(5)),
        ConnectorAnswer.Refused refused => new Membership.Unseen(refused.Code),
        ConnectorAnswer.Throttled(var after) => new Membership.Unknown("Teams asks to wait", after),
        ConnectorAnswer.NotReached(var because) => new Membership.Unknown(because, PostingTrouble.Soon),
        ConnectorAnswer.Lost(var because) => new Membership.Unknown(because, PostingTrouble.Soon),
        _ => new Membership.Unknown(answer.GetType().Name, MessagePosts.AtOnce),
    };
}

/// <summary>Asks Teams about people. A person whose message came once stays known; an email is asked for again after ten minutes.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context, "Get single member details"</remarks>
internal sealed class TeamsPeople(IConnector connector, TeamsStore store, Places places, TimeProvider clock)
{
    const int Most = 5000;
    const string Mri = "29:";

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    // The client names its zone with everything that its user does, so only the newest counts, and nothing is lost with the process.
    static readonly TimeSpan ZoneRemembered = TimeSpan.FromHours(12);

    readonly ExpiringCache<(string Tenant, string Id), string?> emails = new(Most, Remembered, clock);
    readonly ExpiringCache<string, string> zones = new(Most, ZoneRemembered, clock);

    /// <summary>Remembers the time zone of the client with which somebody did something.</summary>
    public void RecordTimeZone(Person person, string? zone)
    {
        if (zone is not null)
            zones.Set(person.UserId, zone);
    }

    /// <summary>Returns the time zone of the client that somebody used last; null if it is not known.</summary>
    public string? TimeZoneOf(Person person) => zones.TryGet(person.UserId, out var zone) ? zone : null;

    /// <summary>
    /// Returns the id by which this bot mentions and addresses them; null if no message of theirs ever came and they are not in that place,
    /// or nobody can be asked.
    /// </summary>
    public async Task<string?> MriOfAsync(Place place, Person person, CancellationToken ct)
    {
        var (tenant, id) = TeamsAddress.Split(person.UserId);
        if (person.Platform != TeamsAddress.Platform || tenant != place.Tenant || id.Length == 0)
            return null;
        if (id.StartsWith(Mri, StringComparison.Ordinal))
            return id;
        return await store.FindPersonAsync(tenant, id, ct) is { } known ? known.Mri : (await AskAsync(place, id, id, ct)).Member?.Mri;
    }

    /// <summary>
    /// Returns their email; null if Teams sends none. Throws if Teams cannot be asked, because then nobody knows whether they have one.
    /// </summary>
    public async Task<string?> EmailOfAsync(string tenant, string id, CancellationToken ct)
    {
        if (emails.TryGet((tenant, id), out var found))
            return found;
        var stored = await store.FindPersonAsync(tenant, id, ct);
        var place = await places.NewestAsync(tenant, ct);
        // Teams knows them everywhere by the id that they have for this bot, and almost everywhere by their object id.
        var name = stored?.Mri ?? id;
        var (member, trouble) = place is null
            ? (null, new ConnectorAnswer.NotReached("no conversation is known"))
            : await AskAsync(place, id, name, ct);
        // Not everybody is a member of the place from which the newest message came. But everybody is in their own chat with the bot, also
        // a person who was only mentioned.
        if (place is not null && trouble is ConnectorAnswer.Refused { Kind: Refusal.Gone or Refusal.NotInRoster }
            && await connector.CallAsync(new ConnectorCall.PersonalChat(place.ServiceUrl, tenant, place.Bot, name), ct) is var opened)
            (member, trouble) = opened is ConnectorAnswer.Done { Conversation: { } chat }
                ? await AskAsync(place with { Conversation = chat }, id, name, ct)
                : (null, opened);
        if ((member?.Email ?? stored?.Email) is { } email)
            return emails.Set((tenant, id), email);
        return trouble is null || SaysSomethingOfThem(trouble)
            ? emails.Set((tenant, id), null)
            : throw new IOException("Teams cannot be asked about a person just now.");
    }

    async Task<(TeamsMember? Member, ConnectorAnswer? Trouble)> AskAsync(Place place, string id, string name, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Member(place.ServiceUrl, place.Conversation, name), ct);
        if (answer is not ConnectorAnswer.Done { Body: var body })
            return (null, answer);
        // An answer about another person is not an answer.
        if (Members.One(body) is not { } member || !(id == member.Mri || id.Equals(member.ObjectId, StringComparison.OrdinalIgnoreCase)))
            return (null, null);
        await store.RememberAsync(new TeamsPerson(place.Tenant, id, member.Mri, member.Name, member.Email, clock.GetUtcNow()), ct);
        return (member, null);
    }

    // If Teams refuses the app itself, that says nothing about the person.
    static bool SaysSomethingOfThem(ConnectorAnswer trouble) => trouble is ConnectorAnswer.Refused
    {
        Kind: not (Refusal.Credentials or Refusal.Disabled), Code: not ServiceAddress.NotAllowed,
    };
}

/// <summary>A member of a conversation.</summary>
/// <param name="Mri">The id by which the bot mentions and addresses them.</param>
/// <param name="ObjectId">Their Entra object id; null for a member without one, such as another bot.</param>
/// <param name="Name">Their name; empty if Teams does not send it.</param>
/// <param name="Email">Their email, or their sign-in name; null if Teams sends neither.</param>
internal sealed record TeamsMember(string Mri, string? ObjectId, string Name, string? Email);

/// <summary>The result of looking for a member.</summary>
/// <param name="Member">The member; null if none was found.</param>
/// <param name="Trouble">What ended the search too early; null if all members were read.</param>
internal sealed record Sought(TeamsMember? Member, ConnectorAnswer? Trouble);

/// <summary>Reads members from the connector's answers.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context</remarks>
internal static class Members
{
    const int PageSize = 500;
    // A team has 25,000 members at most.
    const int MostPages = 50;

    // The caller holds a lane of a dispatch meanwhile.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Reads page after page until the member is found, or no page is left.</summary>
    public static async Task<Sought> FindAsync(
        IConnector connector, string serviceUrl, string conversation, Func<TeamsMember, bool> isMeant, TimeProvider clock,
            CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        string? continuation = null;
        for (var page = 0; page < MostPages && clock.GetElapsedTime(begun) < Longest; page++)
        {
            var answer = await connector.CallAsync(new ConnectorCall.Members(serviceUrl, conversation, PageSize, continuation), ct);
            if (answer is not ConnectorAnswer.Done { Body: var body })
                return new(null, answer);
            if (Page(body).FirstOrDefault(isMeant) is { } found)
                return new(found, null);
            var next = body.Name("continuationToken");
            // The same page again would be the last page for ever.
            if (next is null || next == continuation)
                return new(null, null);
            continuation = next;
        }
        return new(null, new ConnectorAnswer.Lost("there are more members than can be read in a minute"));
    }

    /// <summary>Returns the members on one page. An entry without an id is left out.</summary>
    public static IEnumerable<TeamsMember> Page(JsonElement body) => body.List("members").Select(One).OfType<TeamsMember>();

    /// <summary>Returns one member; null if the answer names none.</summary>
    public static TeamsMember? One(JsonElement said) => said.Name("id") is { } mri
        ? new(mri, said.Name("aadObjectId") ?? said.Name("objectId"), said.Name("name") ?? "", said.Name("email")
            ?? said.Name("userPrincipalName"))
        : null;
}
