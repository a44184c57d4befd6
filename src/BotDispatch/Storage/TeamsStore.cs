using System.Data.Common;

namespace BotDispatch.Storage;

/// <summary>How a conversation of Teams is reached, as of the newest activity.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The conversation's, without <c>;messageid=</c>: all threads of a channel are reached at one address.</param>
/// <param name="ServiceUrl">The connector's address. It is called with our token, so it may come from verified activities alone.</param>
/// <param name="BotId">The bot's own id there.</param>
/// <param name="Kind">As Teams says it: <c>personal</c>, <c>groupChat</c>, <c>channel</c>.</param>
/// <param name="Team">The team's id, for a channel.</param>
/// <param name="Name">Its name, if an activity had one.</param>
/// <param name="At">When this was last confirmed.</param>
internal sealed record TeamsConversation(
    string Tenant, string Id, string ServiceUrl, string BotId, string Kind, string? Team, string? Name, DateTimeOffset At);

/// <summary>A person in Teams, as of the newest activity.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The Entra object id; for who has none, the <paramref name="Mri"/>.</param>
/// <param name="Mri">The id that this bot mentions and addresses them by, <c>29:...</c>.</param>
/// <param name="Name">Their name, if an activity had one.</param>
/// <param name="Email">Their email address, if an activity or the connector gave one.</param>
/// <param name="At">When this was last confirmed.</param>
internal sealed record TeamsPerson(string Tenant, string Id, string Mri, string? Name, string? Email, DateTimeOffset At);

/// <summary>
/// Remembers the conversations and people of Teams over restarts. The newest word wins; what it leaves out stays as it was.
/// </summary>
internal sealed class TeamsStore(Database database) : IDisposable
{
    // Every activity repeats who wrote it and where: a row without news is written only this often.
    static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    const string Conversations = "SELECT tenant, id, service_url, bot_id, kind, team, name, at FROM teams_conversations";
    const string People = "SELECT tenant, id, mri, name, email, at FROM teams_people";

    readonly SharedCommits commits = new(database);
    readonly RememberedRows<TeamsConversation> conversations = new(database);
    readonly RememberedRows<TeamsPerson> people = new(database), peopleByMri = new(database);

    /// <summary>
    /// Keeps where a conversation is reached. Only from an activity whose sender, service address and tenant were verified.
    /// </summary>
    public async Task RememberAsync(TeamsConversation conversation, CancellationToken ct)
    {
        conversation = conversation with { At = Moment.From(Moment.Of(conversation.At)) };
        if (await FindConversationAsync(conversation.Tenant, conversation.Id, ct) is { } known
            && IsKnown(known.At, conversation.At,
                conversation with { At = known.At, Team = conversation.Team ?? known.Team, Name = conversation.Name ?? known.Name }
                == known))
            return;
        await conversations.WriteAsync(() => commits.WriteRowAsync($"conversation {conversation.Tenant} {conversation.Id}", new(
            """
            INSERT INTO teams_conversations (tenant, id, service_url, bot_id, kind, team, name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant, id) DO UPDATE SET service_url = excluded.service_url, bot_id = excluded.bot_id, kind = excluded.kind,
              team = COALESCE(excluded.team, teams_conversations.team), name = COALESCE(excluded.name, teams_conversations.name),
              at = excluded.at
            WHERE excluded.at >= teams_conversations.at
            """, conversation.Tenant, conversation.Id, conversation.ServiceUrl, conversation.BotId, conversation.Kind,
            Text(conversation.Team), Text(conversation.Name), Moment.Of(conversation.At)), ct));
    }

    /// <summary>How a conversation is reached; null if no activity came from it.</summary>
    public Task<TeamsConversation?> FindConversationAsync(string tenant, string id, CancellationToken ct) =>
        conversations.FindAsync(tenant, id, async () => (await database.ReadAsync(
            new Statement($"{Conversations} WHERE tenant = $1 AND id = $2", StoredText.Of(tenant), StoredText.Of(id)), Conversation, ct))
        .SingleOrDefault());

    /// <summary>
    /// The tenant's conversation with the newest activity, null if there is none. Its service URL is where a new chat is opened.
    /// </summary>
    public async Task<TeamsConversation?> FindNewestConversationAsync(string tenant, CancellationToken ct) =>
        (await database.ReadAsync(
            new Statement($"{Conversations} WHERE tenant = $1 ORDER BY at DESC, id LIMIT 1", StoredText.Of(tenant)), Conversation, ct))
        .SingleOrDefault();

    /// <summary>The bot was removed from there.</summary>
    public Task ForgetConversationAsync(string tenant, string id, CancellationToken ct) =>
        conversations.WriteAsync(() =>
            commits.WriteAloneAsync(new("DELETE FROM teams_conversations WHERE tenant = $1 AND id = $2", tenant, id), ct));

    /// <summary>The bot was removed from the team, and so from all its channels.</summary>
    public Task ForgetTeamAsync(string tenant, string team, CancellationToken ct) =>
        conversations.WriteAsync(() => commits.WriteAloneAsync(
            new("DELETE FROM teams_conversations WHERE tenant = $1 AND (team = $2 OR id = $2)", tenant, team), ct));

    /// <summary>Keeps who somebody is. Only from a verified activity, or from the connector's own answer.</summary>
    public async Task RememberAsync(TeamsPerson person, CancellationToken ct)
    {
        person = person with { At = Moment.From(Moment.Of(person.At)) };
        if (await FindPersonAsync(person.Tenant, person.Id, ct) is { } known
            && IsKnown(known.At, person.At,
                person with { At = known.At, Name = person.Name ?? known.Name, Email = person.Email ?? known.Email } == known))
            return;
        await people.WriteAsync(() => peopleByMri.WriteAsync(() => commits.WriteRowAsync($"person {person.Tenant} {person.Id}", new(
            """
            INSERT INTO teams_people (tenant, id, mri, name, email, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (tenant, id) DO UPDATE SET mri = excluded.mri,
              name = COALESCE(excluded.name, teams_people.name), email = COALESCE(excluded.email, teams_people.email), at = excluded.at
            WHERE excluded.at >= teams_people.at
            """, person.Tenant, person.Id, person.Mri, Text(person.Name), Text(person.Email), Moment.Of(person.At)), ct)));
    }

    /// <summary>A person by object id, or by MRI if they have none; null if they are unknown.</summary>
    public Task<TeamsPerson?> FindPersonAsync(string tenant, string id, CancellationToken ct) =>
        people.FindAsync(tenant, id, async () => (await database.ReadAsync(
            new Statement($"{People} WHERE tenant = $1 AND id = $2", StoredText.Of(tenant), StoredText.Of(id)), Person, ct))
        .SingleOrDefault());

    /// <summary>Who is addressed so. Somebody first seen without an object id is known twice; the one with it counts.</summary>
    public Task<TeamsPerson?> FindPersonByMriAsync(string tenant, string mri, CancellationToken ct)
    {
        var query = new Statement(
            $"{People} WHERE tenant = $1 AND mri = $2 ORDER BY CASE WHEN id = mri THEN 1 ELSE 0 END, at DESC LIMIT 1",
            StoredText.Of(tenant), StoredText.Of(mri));
        return peopleByMri.FindAsync(tenant, mri, async () => (await database.ReadAsync(query, Person, ct)).SingleOrDefault());
    }

    /// <summary>Deletes people who have done nothing since <paramref name="moment"/>. Returns how many.</summary>
    public async Task<int> ForgetPeopleAsync(DateTimeOffset moment, CancellationToken ct)
    {
        var deleted = 0;
        await people.WriteAsync(() => peopleByMri.WriteAsync(async () => deleted = await database.DeleteAsync(
            new("""
                DELETE FROM teams_people WHERE (tenant, id) IN (SELECT tenant, id FROM teams_people WHERE at < $1 LIMIT $2)
                """, Moment.Of(moment), (long)BoundedDelete.MostAtOnce), ct)));
        return deleted;
    }

    public void Dispose() => commits.Dispose();

    static bool IsKnown(DateTimeOffset known, DateTimeOffset now, bool isSame) => now < known || isSame && now - known < Freshness;

    // An empty text is nobody's name.
    static string? Text(string? text) => text is { Length: > 0 } ? text : null;

    static TeamsConversation Conversation(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.TextAt(5), row.TextAt(6),
            Moment.From(row.GetInt64(7)));

    static TeamsPerson Person(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.TextAt(3), row.TextAt(4), Moment.From(row.GetInt64(5)));
}
