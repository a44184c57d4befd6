using BotDispatch.Simulator;
using BotDispatch.Tests.Storage;
using Npgsql;

namespace BotDispatch.Tests.Published;

/// <summary>Whole dispatches in each chat and on each database.</summary>
public sealed class PublishedChatTests
{
    const string Ann = "+447700900101", Marcus = "+12025550105", Priya = "+447700900106";

    [Fact]
    public async Task A_dispatch_in_Slack_over_HTTP_goes_on_after_the_program_was_started_again()
    {
        await using var world = await PublishedWorld.MakeAsync();
        await using var slack = await PublishedSlack.StartAsync(world);
        // A list that stays empty would let everybody skip.
        world.Settings["Access:Skip:0"] = "marcus.reed";
        await world.StartAsync();
        world.Answers(Marcus, "2");
        var card = await slack.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Priya Nair");
        await slack.ThreadAsync(card, "Marcus Reed pressed 2: Rejected.");
        await world.UntilAsync(() => world.Routee.Phone(Priya).Snapshot.State is PhoneState.Ringing, () => "the second phone never rings");
        await slack.Dana.PressAsync(card, "Skip");
        await world.UntilAsync(() => slack.Dana.Ephemerals.Any(each => each.Words.Contains("Marcus Reed", StringComparison.Ordinal)), () => "nobody says who may skip");
        await world.StopAsync();
        await world.StartAsync();
        world.Answers(Priya, "1");
        await slack.ThreadAsync(card, "Accepted: Priya Nair pressed 1");
        world.SpokenTo(Priya)[0].ShouldContain("Lift 2 is stuck between floors");
        await world.UntilAsync(() => card.Buttons.Contains("Done"), () => "the card never offers Done");
        await slack.Dana.PressAsync(card, "Done");
        await slack.ThreadAsync(card, "done");
        await slack.Dana.OpenHomeAsync();
        await world.UntilAsync(() => slack.Dana.Home is not null, () => "Home is never shown");
        await world.StopAsync();
        slack.Complaints.ShouldBeEmpty();
    }

    [Theory, OnPostgreSql]
    public async Task A_dispatch_over_a_socket_of_Slack_is_stored_in_PostgreSQL(On on)
    {
        on.ShouldBe(On.PostgreSql);
        var schema = "p" + Guid.NewGuid().ToString("N");
        await AdministerAsync($"CREATE SCHEMA {schema}");
        try
        {
            await using var world = await PublishedWorld.MakeAsync();
            await using var slack = await PublishedSlack.StartAsync(world, socketMode: true);
            world.Settings["Storage:Provider"] = "PostgreSql";
            world.Settings["Storage:ConnectionString"] = $"{OnPostgreSqlAttribute.Server};Search Path={schema};Maximum Pool Size=20";
            (await world.CommandAsync("--check")).ShouldContain("Database     PostgreSQL");
            await world.UseKeyAsync();
            await world.StartAsync();
            await world.UntilAsync(() => slack.Slack.Sockets.Ready.Count > 0, () => "no socket is ready");
            world.Answers(Ann, "1");
            var card = await slack.DispatchAsync("/dispatch INC-1042", "Ann Lee");
            await slack.ThreadAsync(card, "Accepted: Ann Lee pressed 1");
            await world.UntilAsync(() => card.Buttons.Contains("Done"), () => "the card never offers Done");
            (await slack.AskAsync("/dispatch away until 18:00")).ShouldNotBeEmpty();
            (await world.Http.GetStringAsync("/readyz")).ShouldContain("slack", Case.Insensitive);
            await world.StopAsync();
            await world.StartAsync();
            await world.UntilAsync(() => slack.Slack.Sockets.Ready.Count > 0, () => "no socket is ready after the second start");
            await slack.Dana.PressAsync(card, "Done");
            await slack.ThreadAsync(card, "done");
            await world.StopAsync();
            slack.Complaints.ShouldBeEmpty();
        }
        finally
        {
            await AdministerAsync($"DROP SCHEMA {schema} CASCADE");
        }
    }

    // One certificate is trusted by an environment variable of OpenSSL.
    [LinuxTheory]
    [InlineData(false), InlineData(true)]
    public async Task A_dispatch_in_Teams_with_tokens_on_both_sides(bool byCertificate)
    {
        await using var world = await PublishedWorld.MakeAsync();
        await using var teams = await PublishedTeams.StartAsync(world, byCertificate);
        await world.StartAsync();
        world.Answers(Ann, "1");
        var card = await teams.DispatchAsync("INC-1042", "Ann Lee");
        await world.UntilAsync(() => card.Buttons.Contains("Done"), () => $"the card never says that it is accepted: {card.Words}");
        await teams.Dana.PressAsync(card, "Done");
        await world.UntilAsync(() => card.Buttons.Contains("Re-dispatch"), () => $"the card never says that it is done: {card.Words}");
        (await teams.StrangersAsync()).ShouldAllBe(status => status == 401 || status == 403);
        await world.StopAsync();
        teams.Complaints.ShouldBeEmpty();
    }

    static async Task AdministerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(OnPostgreSqlAttribute.Server + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
