using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>What Teams says about somebody. Who was heard of is known from then on; an email is asked for again after ten minutes.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context, "Get single member details"</remarks>
internal sealed class TeamsPeople(IConnector connector, TeamsStore store, Places places, TimeProvider clock)
{
    const int Most = 5000;
    const string Mri = "29:";

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    readonly ExpiringCache<(string Tenant, string Id), string?> emails = new(Most, Remembered, clock);

    /// <summary>The id that this bot mentions and addresses them by; null if they were never heard of and are not in that place, or nobody can be asked.</summary>
    public async Task<string?> MriOfAsync(Place place, Person person, CancellationToken ct)
    {
        var (tenant, id) = TeamsAddress.Split(person.UserId);
        if (person.Platform != TeamsAddress.Platform || tenant != place.Tenant || id.Length == 0)
            return null;
        if (id.StartsWith(Mri, StringComparison.Ordinal))
            return id;
        return await store.FindPersonAsync(tenant, id, ct) is { } known ? known.Mri : (await AskAsync(place, id, id, ct)).Member?.Mri;
    }

    /// <summary>Their email; null where Teams tells none. Throws where Teams cannot be asked: that they have none is not known then.</summary>
    public async Task<string?> EmailOfAsync(string tenant, string id, CancellationToken ct)
    {
        if (emails.TryGet((tenant, id), out var found))
            return found;
        var stored = await store.FindPersonAsync(tenant, id, ct);
        var place = await places.NewestAsync(tenant, ct);
        // Everywhere they are known by the id that they are for this bot; by their object id, not quite everywhere.
        var name = stored?.Mri ?? id;
        var (member, trouble) = place is null ? (null, new ConnectorAnswer.NotReached("no conversation is known")) : await AskAsync(place, id, name, ct);
        // Not everybody is a member where the tenant was last heard of, but everybody is in their own chat, also who was only ever mentioned.
        if (place is not null && trouble is ConnectorAnswer.Refused { Kind: Refusal.Gone or Refusal.NotInRoster }
            && await connector.CallAsync(new ConnectorCall.PersonalChat(place.ServiceUrl, tenant, place.Bot, name), ct) is var opened)
            (member, trouble) = opened is ConnectorAnswer.Done { Conversation: { } chat } ? await AskAsync(place with { Conversation = chat }, id, name, ct) : (null, opened);
        if ((member?.Email ?? stored?.Email) is { } email)
            return emails.Set((tenant, id), email);
        return trouble is null || SaysSomethingOfThem(trouble) ? emails.Set((tenant, id), null) : throw new IOException("Teams cannot be asked about a person just now.");
    }

    async Task<(TeamsMember? Member, ConnectorAnswer? Trouble)> AskAsync(Place place, string id, string name, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Member(place.ServiceUrl, place.Conversation, name), ct);
        if (answer is not ConnectorAnswer.Done { Body: var body })
            return (null, answer);
        // An answer about somebody else is none.
        if (Members.One(body) is not { } member || !(id == member.Mri || id.Equals(member.ObjectId, StringComparison.OrdinalIgnoreCase)))
            return (null, null);
        await store.RememberAsync(new TeamsPerson(place.Tenant, id, member.Mri, member.Name, member.Email, clock.GetUtcNow()), ct);
        return (member, null);
    }

    // What is refused to the app itself, whomever it asks for, is no word about anybody.
    static bool SaysSomethingOfThem(ConnectorAnswer trouble) => trouble is ConnectorAnswer.Refused
    {
        Kind: not (Refusal.Credentials or Refusal.Disabled), Code: not ServiceAddress.NotAllowed,
    };
}
