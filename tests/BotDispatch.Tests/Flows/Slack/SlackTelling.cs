using System.Text.RegularExpressions;
using BotDispatch.PretendSlack.State;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>The dispatch that is played under trouble (Marcus rejects, Ann accepts), and its expected lines.</summary>
internal static partial class SlackTelling
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

    public static async Task<SlackWorld> BeginAsync(Dictionary<string, string>? settings = null, bool byOAuth = false, Action<IServiceCollection>? services = null)
    {
        var world = await SlackWorld.BeginAsync(settings, services: services, byOAuth: byOAuth);
        world.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
        return world;
    }

    public static void MayReadHistory(SlackWorld world) => world.Team.Scopes.UnionWith(["channels:history", "groups:history"]);

    /// <summary>What the thread says, without the sign that says how a line is meant, and without the mention of the person who must see it.</summary>
    public static List<string> LinesOf(Message card) => [.. SlackWorld.ThreadOf(card).Select(Bare)];

    public static string Bare(string line)
    {
        var plain = Mention().Replace(line, "");
        return plain.TrimStart([.. plain.TakeWhile(letter => !char.IsAsciiLetter(letter))]).Trim();
    }

    [GeneratedRegex("<@[A-Z0-9]+>")]
    private static partial Regex Mention();

    /// <summary>When each call was placed.</summary>
    public static List<DateTimeOffset> CallTimes(SlackWorld world) => [.. world.World.Routee.Calls.Select(call => call.PlacedAt)];

    /// <summary>One number of the database.</summary>
    public static Task<long> CountAsync(SlackWorld world, string sql) => CountAsync(world.World, sql);

    public static async Task<long> CountAsync(World world, string sql)
    {
        await using var connection = await world.App.Get<Database>().OpenAsync(default);
        return await connection.ExecuteScalarAsync<long>(sql);
    }
}
