using System.Data.Common;

namespace BotDispatch.Storage;

/// <summary>Where a conversation of Teams is reached, as last heard.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The conversation's, without <c>;messageid=</c>: all threads of a channel are reached at one address.</param>
/// <param name="ServiceUrl">The connector's address. It is called with our token, so it may come from verified activities alone.</param>
/// <param name="BotId">The bot's own id there.</param>
/// <param name="Kind">As Teams says it: <c>personal</c>, <c>groupChat</c>, <c>channel</c>.</param>
/// <param name="Team">The team's id, for a channel.</param>
/// <param name="Name">How people call it, where that was told.</param>
/// <param name="At">When it was heard.</param>
internal sealed record TeamsConversation(string Tenant, string Id, string ServiceUrl, string BotId, string Kind, string? Team, string? Name, DateTimeOffset At);

/// <summary>Somebody in Teams, as last heard.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The Entra object id; for who has none, the <paramref name="Mri"/>.</param>
/// <param name="Mri">The id that this bot mentions and addresses them by, <c>29:...</c>.</param>
/// <param name="Name">How people call them, where that was told.</param>
/// <param name="Email">Their address, where that was told.</param>
/// <param name="At">When it was heard.</param>
internal sealed record TeamsPerson(string Tenant, string Id, string Mri, string? Name, string? Email, DateTimeOffset At);

/// <summary>Remembers the conversations and people of Teams over restarts. The newest word wins; what it leaves out stays as it was.</summary>
internal sealed class TeamsStore(Database database) : IDisposable
{
    // Everybody who writes anything is heard of again: what says nothing new is written this often.
    static readonly TimeSpan Freshness = TimeSpan.FromHours(1);

    const string Conversations = "SELECT tenant, id, service_url, bot_id, kind, team, name, at FROM teams_conversations";
    const string People = "SELECT tenant, id, mri, name, email, at FROM teams_people";

    readonly SharedCommits commits = new(database);

    /// <summary>Keeps where a conversation is reached. Only from an activity whose sender, service address and tenant were verified.</summary>
    public async Task RememberAsync(TeamsConversation heard, CancellationToken ct)
    {
        heard = heard with { At = Moment.From(Moment.Of(heard.At)) };
        if (await FindConversationAsync(heard.Tenant, heard.Id, ct) is { } known
            && IsKnown(known.At, heard.At, heard with { At = known.At, Team = heard.Team ?? known.Team, Name = heard.Name ?? known.Name } == known))
            return;
        await commits.WriteRowAsync($"conversation {heard.Tenant} {heard.Id}", new(
            """
            INSERT INTO teams_conversations (tenant, id, service_url, bot_id, kind, team, name, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (tenant, id) DO UPDATE SET service_url = excluded.service_url, bot_id = excluded.bot_id, kind = excluded.kind,
              team = COALESCE(excluded.team, teams_conversations.team), name = COALESCE(excluded.name, teams_conversations.name), at = excluded.at
            WHERE excluded.at >= teams_conversations.at
            """, heard.Tenant, heard.Id, heard.ServiceUrl, heard.BotId, heard.Kind, Text(heard.Team), Text(heard.Name), Moment.Of(heard.At)), ct);
    }

    /// <summary>Where it is reached; null if it was never heard of.</summary>
    public async Task<TeamsConversation?> FindConversationAsync(string tenant, string id, CancellationToken ct) =>
        (await database.ReadAsync(new Statement($"{Conversations} WHERE tenant = $1 AND id = $2", StoredText.Of(tenant), StoredText.Of(id)), Conversation, ct)).SingleOrDefault();

    /// <summary>The conversation of a tenant that was heard of last: what a new chat with somebody there is opened at; null if there is none.</summary>
    public async Task<TeamsConversation?> FindNewestConversationAsync(string tenant, CancellationToken ct) =>
        (await database.ReadAsync(new Statement($"{Conversations} WHERE tenant = $1 ORDER BY at DESC, id LIMIT 1", StoredText.Of(tenant)), Conversation, ct)).SingleOrDefault();

    /// <summary>The bot was removed from there.</summary>
    public Task ForgetConversationAsync(string tenant, string id, CancellationToken ct) =>
        commits.WriteAloneAsync(new("DELETE FROM teams_conversations WHERE tenant = $1 AND id = $2", tenant, id), ct);

    /// <summary>The bot was removed from the team, and so from all its channels.</summary>
    public Task ForgetTeamAsync(string tenant, string team, CancellationToken ct) =>
        commits.WriteAloneAsync(new("DELETE FROM teams_conversations WHERE tenant = $1 AND (team = $2 OR id = $2)", tenant, team), ct);

    /// <summary>Keeps who somebody is. Only from a verified activity, or from the connector's own answer.</summary>
    public async Task RememberAsync(TeamsPerson heard, CancellationToken ct)
    {
        heard = heard with { At = Moment.From(Moment.Of(heard.At)) };
        if (await FindPersonAsync(heard.Tenant, heard.Id, ct) is { } known
            && IsKnown(known.At, heard.At, heard with { At = known.At, Name = heard.Name ?? known.Name, Email = heard.Email ?? known.Email } == known))
            return;
        await commits.WriteRowAsync($"person {heard.Tenant} {heard.Id}", new(
            """
            INSERT INTO teams_people (tenant, id, mri, name, email, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (tenant, id) DO UPDATE SET mri = excluded.mri,
              name = COALESCE(excluded.name, teams_people.name), email = COALESCE(excluded.email, teams_people.email), at = excluded.at
            WHERE excluded.at >= teams_people.at
            """, heard.Tenant, heard.Id, heard.Mri, Text(heard.Name), Text(heard.Email), Moment.Of(heard.At)), ct);
    }

    /// <summary>Who it is, by object id, or by MRI for who has none; null if they were never heard of.</summary>
    public async Task<TeamsPerson?> FindPersonAsync(string tenant, string id, CancellationToken ct) =>
        (await database.ReadAsync(new Statement($"{People} WHERE tenant = $1 AND id = $2", StoredText.Of(tenant), StoredText.Of(id)), Person, ct)).SingleOrDefault();

    /// <summary>Who is addressed so. Somebody first seen without an object id is known twice; the one with it counts.</summary>
    public async Task<TeamsPerson?> FindPersonByMriAsync(string tenant, string mri, CancellationToken ct)
    {
        var query = new Statement(
            $"{People} WHERE tenant = $1 AND mri = $2 ORDER BY CASE WHEN id = mri THEN 1 ELSE 0 END, at DESC LIMIT 1", StoredText.Of(tenant), StoredText.Of(mri));
        return (await database.ReadAsync(query, Person, ct)).SingleOrDefault();
    }

    public void Dispose() => commits.Dispose();

    static bool IsKnown(DateTimeOffset known, DateTimeOffset heard, bool isSame) => heard < known || isSame && heard - known < Freshness;

    // An empty text is nobody's name.
    static string? Text(string? told) => told is { Length: > 0 } ? told : null;

    static TeamsConversation Conversation(DbDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.TextAt(5), row.TextAt(6), Moment.From(row.GetInt64(7)));

    static TeamsPerson Person(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.TextAt(3), row.TextAt(4), Moment.From(row.GetInt64(5)));
}
