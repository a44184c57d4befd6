using BotDispatch.PretendTeams.State;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>The dispatch that is played in every place and under trouble (Marcus rejects, Ann accepts), and its expected lines.</summary>
internal static class TeamsTelling
{
    public static readonly string[] ExpectedLines =
    [
        "Asked for by Dana Dispatcher. To be called, in this order: Marcus Reed, Ann Lee.",
        "Calling Marcus Reed, attempt 1 of 3.",
        "Marcus Reed answered.",
        "Marcus Reed pressed 2: Rejected.",
        "Calling Ann Lee, attempt 1 of 3.",
        "Ann Lee answered.",
        "Accepted: Ann Lee pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside",
    ];

    public static async Task<TeamsWorld> BeginAsync(Dictionary<string, string>? settings = null, Action<IServiceCollection>? services = null)
    {
        var world = await TeamsWorld.BeginAsync(settings, services: services);
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        return world;
    }

    /// <summary>What the thread says, line by line, without the sign that says how a line is meant, and without the mention of the person who must see it.</summary>
    public static List<string> LinesOf(Post card) => [.. card.Place.RepliesTo(card).SelectMany(Lines)];

    public static IEnumerable<string> Lines(Post post) => post.Words.Split('\n').Where(line => line.Length > 0).Select(line => Bare(line, post));

    static string Bare(string line, Post post)
    {
        var plain = post.Mentions.Aggregate(line, (rest, person) => rest.Replace(person.Name + " ", "", StringComparison.Ordinal));
        // A mention is at the beginning of its line; a name in the line itself stays.
        plain = post.Mentions.Any(person => line.Contains(person.Name, StringComparison.Ordinal)) ? plain : line;
        return plain.TrimStart([.. plain.TakeWhile(letter => !char.IsAsciiLetterOrDigit(letter))]).Trim();
    }

    /// <summary>When each call was placed.</summary>
    public static List<DateTimeOffset> CallTimes(TeamsWorld world) => [.. world.World.Routee.Calls.Select(call => call.PlacedAt)];

    /// <summary>One number of the database.</summary>
    public static async Task<long> CountAsync(TeamsWorld world, string sql)
    {
        await using var connection = await world.World.App.Get<Database>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
