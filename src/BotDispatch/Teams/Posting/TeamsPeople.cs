using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>Asks Teams about people. A person whose message came once stays known; an email is asked for again after ten minutes.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context, "Get single member details"</remarks>
internal sealed class TeamsPeople(IConnector connector, TeamsStore store, Places places, TimeProvider clock)
{
    const int Most = 5000;
    const string Mri = "29:";

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    readonly ExpiringCache<(string Tenant, string Id), string?> emails = new(Most, Remembered, clock);

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
