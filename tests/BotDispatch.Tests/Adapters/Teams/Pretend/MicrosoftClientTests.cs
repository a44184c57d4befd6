using System.Text.Json.Nodes;
using BotDispatch.PretendTeams;
using BotDispatch.PretendTeams.Delivery;

namespace BotDispatch.Tests.Adapters.Teams.Pretend;

/// <summary>Microsoft's own client and verifier take the pretend Teams for Teams.</summary>
public sealed class MicrosoftClientTests
{
    const string Tenant = TeamsScene.TenantId;

    [NodeFact("botframework-connector")]
    public async Task Its_client_begins_threads_writes_rewrites_reads_members_and_is_refused_as_by_Teams()
    {
        await using var server = await StandInServer.StartAsync(TimeProvider.System, new() { Tokens = false });
        var teams = server.Teams;
        var acme = teams.AddTenant(Tenant, "Acme");
        var people = Enumerable.Range(1, 60).Select(n => acme.AddPerson($"Person {n}", $"p{n}@example.com")).ToList();
        var ops = acme.AddChannel("Operations", "ops", people);
        var bot = new JsonObject { ["id"] = teams.Options.BotId };

        var thread = await AskAsync(server, """{"call":"create"}""", ("parameters", new JsonObject
        {
            ["isGroup"] = true,
            ["tenantId"] = Tenant,
            ["bot"] = bot.DeepClone(),
            ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = ops.Id } },
            ["activity"] = TeamsScene.OfText("the root"),
        }));
        var root = ops.Roots.ShouldHaveSingleItem();
        (thread["id"]!.ToString(), thread["activityId"]!.ToString()).ShouldBe(($"{ops.Id};messageid={root.Id}", root.Id));
        var reply = await AskAsync(server, """{"call":"send"}""", ("conversation", thread["id"]!.DeepClone()), ("activity", TeamsScene.OfText("a reply")));
        (await AskAsync(server, """{"call":"update"}""", ("conversation", thread["id"]!.DeepClone()), ("message", reply["id"]!.DeepClone()), ("activity", TeamsScene.OfText("rewritten"))))["id"]!
            .ToString().ShouldBe(reply["id"]!.ToString());
        ops.RepliesTo(root).ShouldHaveSingleItem().Words.ShouldBe("rewritten");
        (await AskAsync(server, """{"call":"member"}""", ("conversation", ops.Id), ("person", people[3].ObjectId)))["id"]!.ToString().ShouldBe(people[3].Mri);
        var page = await AskAsync(server, """{"call":"members","pageSize":50}""", ("conversation", ops.Id));
        var rest = await AskAsync(server, """{"call":"members","pageSize":50}""", ("conversation", ops.Id), ("continuationToken", page["continuationToken"]!.DeepClone()));
        page["members"]!.AsArray().Concat(rest["members"]!.AsArray()).Select(each => each!.ToString()).ShouldBe(people.Select(each => each.Mri));
        var chat = await AskAsync(server, """{"call":"create"}""", ("parameters", new JsonObject
        {
            ["isGroup"] = false,
            ["tenantId"] = Tenant,
            ["bot"] = bot.DeepClone(),
            ["members"] = new JsonArray(new JsonObject { ["id"] = people[0].Mri }),
        }));
        chat["id"]!.ToString().ShouldBe(acme.PersonalChat(people[0]).Id);
        (await AskAsync(server, """{"call":"delete"}""", ("conversation", thread["id"]!.DeepClone()), ("message", reply["id"]!.DeepClone())))["status"].ShouldBeNull();
        ops.RepliesTo(root).ShouldBeEmpty();
        teams.Complaints.ShouldBeEmpty();

        ops.HasBot = false;
        var refused = await AskAsync(server, """{"call":"send"}""", ("conversation", ops.Id), ("activity", TeamsScene.OfText("x")));
        ((int)refused["status"]!, refused["code"]!.ToString()).ShouldBe((403, "BotNotInConversationRoster"));
    }

    [NodeFact("botframework-connector")]
    public async Task Its_verifier_takes_what_is_signed_and_nothing_that_is_forged()
    {
        var clock = new ManualClock();
        await using var server = await StandInServer.StartAsync(clock);
        var teams = server.Teams;
        var dana = teams.User(teams.AddTenant(Tenant, "Acme").AddPerson("Dana"));
        var activity = teams.Locked(() => Activities.Of(teams, "message", "1", dana.Person, dana.Chat));
        string[] tokens =
        [
            teams.Signing.For(activity), teams.Signing.For(activity, isForged: true), teams.Signing.For(activity, key: "web-1"), teams.Signing.For(activity, claims => claims["aud"] = "another"),
            teams.Signing.For(activity, claims => claims.Remove("serviceurl")), teams.Signing.For(activity, claims => claims["exp"] = 1),
        ];
        var lines = tokens.Select(token => new JsonObject { ["now"] = clock.GetUtcNow().ToUnixTimeSeconds(), ["authorization"] = token, ["activity"] = activity.DeepClone() }.ToJsonString()).ToList();
        var verdicts = await NodePackages.AskAsync("connector-verifier.mjs", lines, teams.Options.MetadataAddress.AbsoluteUri, teams.Options.AppId);
        verdicts.Select(each => (bool)JsonNode.Parse(each)!["accepts"]!).ShouldBe([true, false, false, false, false, false]);
    }

    static async Task<JsonObject> AskAsync(StandInServer server, string call, params (string Name, JsonNode? Value)[] more)
    {
        var made = JsonNode.Parse(call)!.AsObject();
        foreach (var (name, value) in more)
            made[name] = value;
        using var node = NodePackages.Start("connector-client.mjs", server.Teams.Options.ServiceUrl.AbsoluteUri.TrimEnd('/'));
        await node.StandardInput.WriteAsync(new JsonArray(made).ToJsonString());
        node.StandardInput.Close();
        var line = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return JsonNode.Parse(line)!.AsObject();
    }
}
