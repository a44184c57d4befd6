using BotDispatch.Core;
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
    public async Task<string?> MriOfAsync(Place where, string email, CancellationToken ct) => (await Members.FindAsync(
        connector, where.ServiceUrl, where.Conversation, each => email.Equals(each.Email, StringComparison.OrdinalIgnoreCase), clock, ct))
        .Member?.Mri;

    // Teams knows them everywhere by the id that they have for this bot, and almost everywhere by their object id.
    async Task<string> NameAsync(string tenant, string id, CancellationToken ct) =>
        (await store.FindPersonAsync(tenant, id, ct))?.Mri ?? id;

    async Task<Membership> ByEmailAsync(string tenant, Place where, Person person, string email, CancellationToken ct)
    {
        var (member, trouble) = await Members.FindAsync(
            connector, where.ServiceUrl, where.Conversation, each =>
                email.Equals(each.Email, StringComparison.OrdinalIgnoreCase), clock, ct);
        if (member is not null)
            return new Membership.Is(TeamsAddress.Person(tenant, member.ObjectId, member.Mri, person.Name));
        return trouble is null ? new Membership.IsNot() : NotKnown(trouble);
    }

    static Membership NotKnown(ConnectorAnswer answer) => answer switch
    {
        // If only our own credentials or settings are the reason, we ask again.
        ConnectorAnswer.Refused { Kind: Refusal.Credentials } or ConnectorAnswer.Refused { Code: ServiceAddress.NotAllowed } =>
            new Membership.Unknown("the app may not ask", TimeSpan.FromMinutes(5)),
        ConnectorAnswer.Refused refused => new Membership.Unseen(refused.Code),
        ConnectorAnswer.Throttled(var after) => new Membership.Unknown("Teams asks to wait", after),
        ConnectorAnswer.NotReached(var because) => new Membership.Unknown(because, MessagePosts.Soon),
        ConnectorAnswer.Lost(var because) => new Membership.Unknown(because, MessagePosts.Soon),
        _ => new Membership.Unknown(answer.GetType().Name, MessagePosts.AtOnce),
    };
}
