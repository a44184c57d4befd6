using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.Delivery;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>A sender that is not Teams, or not of our tenant, gets a status and nothing else: nobody is called, written to or remembered.</summary>
public sealed class TeamsGateTests
{
    public static TheoryData<string, int> Forgeries => new()
    {
        { "no token", 401 },
        { "another scheme", 401 },
        { "forged", 401 },
        { "a key of no name", 401 },
        { "for another bot", 401 },
        { "of another issuer", 401 },
        { "too old", 401 },
        { "not yet", 401 },
        { "for another address", 403 },
        { "for no address", 403 },
        { "by a key for another channel", 403 },
        { "with another address in the activity", 403 },
        { "of another channel", 403 },
        { "of another tenant", 403 },
        { "of no tenant", 403 },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_request_that_is_not_from_Teams_is_refused_and_nothing_else_happens(string forgery, int status)
    {
        await using var world = await TeamsTelling.BeginAsync();
        foreach (var genuine in Activities(world))
        {
            var (activity, token) = Forge(world, genuine, forgery);
            var answer = await world.Teams.Courier.SendAsync(activity, token);
            answer.Status.ShouldBe(status);
            answer.Body.ShouldBeEmpty();
        }
        await world.World.PassAsync(60);

        world.Teams.Log.Calls.Where(call => call.Call != "keys").ShouldBeEmpty();
        world.World.Routee.Calls.ShouldBeEmpty();
        await RemembersNothingAsync(world);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task People_of_another_tenant_are_refused_with_all_that_they_can_do()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var other = world.Teams.AddTenant("33333333-0000-4000-8000-000000000003", "Other");
        var eve = world.Teams.User(other.AddPerson("Eve Else", "ann.lee@example.com"));
        var theirs = other.AddChannel("Theirs", "theirs", eve.Person);
        await eve.SayAsync("@BotDispatch dispatch INC-1042", theirs);
        await eve.SlashAsync("dispatch list", theirs);
        await eve.CommandInAsync(theirs, "dispatchCompose");
        await world.Teams.Installs.AddAsync(theirs, eve.Person);
        await world.World.PassAsync(60);

        world.Teams.Courier.Deliveries.ShouldAllBe(each => each.Answer.Status == 403 && each.Answer.Body.Length == 0);
        world.Teams.Log.Calls.Where(call => call.Call != "keys").ShouldBeEmpty();
        eve.Dialog.ShouldBeNull();
        theirs.Everything.Where(each => each.IsFromBot).ShouldBeEmpty();
        await RemembersNothingAsync(world);
    }

    [Fact]
    public async Task A_button_of_our_card_does_nothing_when_another_tenant_sends_its_data()
    {
        await using var world = await TeamsTelling.BeginAsync();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(2);
        var other = world.Teams.AddTenant("33333333-0000-4000-8000-000000000003", "Other");
        var eve = world.Teams.User(other.AddPerson("Eve Else"));
        var theirs = other.AddChannel("Theirs", "theirs", eve.Person);
        var copy = theirs.Add("1", "", null, null, card.Activity.DeepClone().AsObject());
        var (events, calls) = (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events"), world.Teams.Log.Calls.Count);
        await eve.PressAsync(copy, "Skip");
        await eve.PressAsync(copy, "I take it");
        await world.SettleAsync();
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        world.Teams.Log.Calls.Count.ShouldBe(calls);
    }

    [Theory]
    [InlineData("""{"type":"somethingNew"}""", 200)]
    [InlineData("""{"type":"event","name":"application/vnd.microsoft.readReceipt","value":{"lastReadMessageId":"1"}}""", 200)]
    [InlineData("""{"type":"messageReaction","reactionsAdded":[{"type":"like"}],"replyToId":"1"}""", 200)]
    [InlineData("""{"type":"messageDelete","channelData":{"eventType":"softDeleteMessage","tenant":{"id":"22222222-0000-4000-8000-000000000002"}}}""", 200)]
    [InlineData("""{"type":"conversationUpdate","membersAdded":[{"id":"29:1new"}]}""", 200)]
    [InlineData("""{"type":"conversationUpdate","channelData":{"eventType":"channelRestored","tenant":{"id":"22222222-0000-4000-8000-000000000002"}}}""", 200)]
    [InlineData("""{"type":"message","text":null,"entities":"none","attachments":7}""", 200)]
    [InlineData("""{"type":"message","value":{"unheardOf":true}}""", 200)]
    [InlineData("""{"type":"message","value":[1,2],"text":"good morning","entities":[{"type":"ProductInfo","id":5},null,3]}""", 200)]
    [InlineData("""{"type":null}""", 200)]
    [InlineData("""{"type":"invoke","name":"composeExtension/query","value":{"commandId":"x"}}""", 501)]
    [InlineData("""{"type":"invoke","name":"tab/fetch"}""", 501)]
    [InlineData("""{"type":"invoke"}""", 501)]
    [InlineData("""{"type":"invoke","name":"adaptiveCard/action","value":{"action":{"type":"Action.Execute","verb":"unheardOf","data":7}}}""", 200)]
    [InlineData("""{"type":"invoke","name":"adaptiveCard/action","value":null}""", 200)]
    [InlineData("""{"type":"invoke","name":"task/fetch","value":"?"}""", 200)]
    [InlineData("""{"type":"invoke","name":"task/submit","value":{"data":{"dispatchWish":"send","dispatchKept":"forged","people":"ann.lee"}}}""", 200)]
    [InlineData("""{"type":"invoke","name":"composeExtension/submitAction","value":{"commandId":"dispatchMessage","data":{"dispatchWish":"next"}}}""", 200)]
    [InlineData("""{"type":"invoke","name":"application/search","value":{"dataset":"unheardOf","queryOptions":{"skip":-1,"top":"x"}}}""", 200)]
    public async Task An_unknown_activity_is_accepted_or_said_to_be_unknown_and_never_breaks(string odd, int status)
    {
        await using var world = await TeamsTelling.BeginAsync();
        var activity = Delivery(world);
        foreach (var (name, value) in JsonNode.Parse(odd)!.AsObject())
            activity[name] = value?.DeepClone();
        var answer = await world.Teams.Courier.SendAsync(activity);
        answer.Status.ShouldBe(status, answer.Body);
        await world.World.PassAsync(10);
        world.Teams.Log.Calls.Where(call => call.Sends).ShouldBeEmpty();
        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatches")).ShouldBe(0);
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_JSON_is_refused_as_such()
    {
        await using var world = await TeamsTelling.BeginAsync();
        foreach (var body in (string[])["", "{", "[]", "\"text\"", "{\"type\":\"message\""])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost/api/messages") { Content = new StringContent(body) };
            request.Headers.TryAddWithoutValidation("Authorization", world.Teams.Signing.For(Delivery(world)));
            using var sender = new HttpMessageInvoker(world.World.Door);
            using var response = await sender.SendAsync(request, default);
            ((int)response.StatusCode).ShouldBe(400, body);
        }
    }

    [Fact]
    public async Task A_key_that_signs_anew_is_asked_for_and_believed()
    {
        await using var world = await TeamsTelling.BeginAsync();
        await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        await world.World.PassAsync(120);
        world.Teams.Signing.Rotate();
        await world.AskAsync(world.Dana, "@BotDispatch dispatch INC-1042", world.Ops);
        world.Teams.Log.Of("keys").Count.ShouldBe(4, "metadata and keys, twice");
        world.Teams.Courier.Deliveries.ShouldAllBe(each => each.Answer.Status == 200);
    }

    static JsonObject Delivery(TeamsWorld world) =>
        world.Teams.Locked(() => PretendTeams.Delivery.Activities.Of(world.Teams, "message", world.Teams.Ids.Event(), world.Dana.Person, world.Ops));

    // One of each way in which something could be begun.
    static IEnumerable<JsonObject> Activities(TeamsWorld world)
    {
        var post = world.Teams.Locked(() => world.Ops.Add(world.Teams.Ids.Message(), "", world.Dana.Person, null, Typed.Read(world.Teams, world.Tenant, "@BotDispatch dispatch INC-1042 @Ann Lee").Message));
        yield return world.Teams.Locked(() => PretendTeams.Delivery.Activities.Message(world.Teams, post));
        yield return Invoke(world, "composeExtension/fetchTask", new() { ["commandId"] = "dispatchCompose", ["commandContext"] = "compose" });
        yield return Invoke(world, "task/fetch", new() { ["data"] = new JsonObject { ["dispatchWish"] = "open" } });
        var installed = Delivery(world);
        (installed["type"], installed["action"]) = ("installationUpdate", "add");
        yield return installed;
    }

    static JsonObject Invoke(TeamsWorld world, string name, JsonObject value) =>
        world.Teams.Locked(() => PretendTeams.Delivery.Activities.Invoke(world.Teams, name, world.Dana.Person, world.Ops, null, value));

    static (JsonObject Activity, string Token) Forge(TeamsWorld world, JsonObject activity, string forgery)
    {
        var (signing, now) = (world.Teams.Signing, world.World.Clock.GetUtcNow().ToUnixTimeSeconds());
        switch (forgery)
        {
            case "no token":
                return (activity, "");
            case "another scheme":
                return (activity, signing.For(activity).Replace("Bearer", "Basic", StringComparison.Ordinal));
            case "forged":
                return (activity, signing.For(activity, isForged: true));
            case "a key of no name":
                return (activity, Renamed(signing.For(activity)));
            case "for another bot":
                return (activity, signing.For(activity, claims => claims["aud"] = Guid.Empty.ToString()));
            case "of another issuer":
                return (activity, signing.For(activity, claims => claims["iss"] = "https://sts.windows.net/" + TeamsWorld.TenantId));
            case "too old":
                return (activity, signing.For(activity, claims => (claims["nbf"], claims["exp"]) = (now - 7200, now - 301)));
            case "not yet":
                return (activity, signing.For(activity, claims => (claims["nbf"], claims["exp"]) = (now + 301, now + 7200)));
            case "for another address":
                return (activity, signing.For(activity, claims => claims["serviceurl"] = "https://smba.trafficmanager.net/emea/"));
            case "for no address":
                return (activity, signing.For(activity, claims => claims.Remove("serviceurl")));
            case "by a key for another channel":
                return (activity, signing.For(activity, key: "web-1"));
            case "with another address in the activity":
                activity["serviceUrl"] = "https://evil.example.com/amer/";
                return (activity, signing.For(activity));
            case "of another channel":
                activity["channelId"] = "directline";
                return (activity, signing.For(activity));
            case "of another tenant":
                (activity["conversation"]!["tenantId"], activity["channelData"]!["tenant"]!["id"]) = ("33333333-0000-4000-8000-000000000003", "33333333-0000-4000-8000-000000000003");
                return (activity, signing.For(activity));
            default:
                activity["conversation"]!.AsObject().Remove("tenantId");
                activity["channelData"]!.AsObject().Remove("tenant");
                return (activity, signing.For(activity));
        }
    }

    // Another header before the same claims.
    static string Renamed(string bearer)
    {
        var parts = bearer.Split('.');
        return $"Bearer {System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"RS256","kid":"teams-9","typ":"JWT"}"""u8)}.{parts[1]}.{parts[2]}";
    }

    static async Task RemembersNothingAsync(TeamsWorld world)
    {
        await using var connection = await world.World.App.Get<Database>().OpenAsync(default);
        foreach (var table in (string[])["dispatches", "seen", "teams_conversations", "teams_people"])
            (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}")).ShouldBe(0, table);
    }
}
