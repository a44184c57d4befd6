using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Teams;

/// <summary>An app that is registered for many tenants serves two of them: neither knows of the other's dispatches.</summary>
public sealed class TeamsTenantTests
{
    [Fact]
    public async Task A_press_from_another_tenant_does_nothing_and_says_nothing_of_the_dispatch()
    {
        await using var world = await TeamsWorld.BeginAsync(new() { ["Teams:TenantId"] = "" }, options => options.IsMultiTenant = true);
        var other = world.Teams.AddTenant("33333333-0000-4000-8000-000000000003", "Other");
        var eve = world.Teams.User(other.AddPerson("Eve Else", "ann.lee@example.com"));
        var theirs = other.AddChannel("Theirs", "theirs", eve.Person);
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("@BotDispatch dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(5);
        var events = await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events");

        // The same buttons under a message of their own: only the id in them is another's.
        var copy = theirs.Add("1", "", null, null, card.Activity.DeepClone().AsObject());
        foreach (var title in (string[])["Skip", "I take it", "Cancel", "Cancel it"])
        {
            await eve.PressAsync(copy, title);
            await world.SettleAsync();
        }
        eve.PrivateNotices.Count.ShouldBe(3);
        foreach (var typed in (string[])["status INC-1042", "cancel INC-1042", "done INC-1042", "list", "status", "INC-1042"])
        {
            await eve.SayAsync($"@BotDispatch dispatch {typed}", theirs);
            await world.World.PassAsync(3);
        }

        (await TeamsTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        string[] seen = [.. eve.PrivateNotices.Select(each => each.Text), .. theirs.Posts.Where(each => each.IsFromBot && each != copy).Select(each => each.Words)];
        seen.Length.ShouldBe(9);
        foreach (var secret in (string[])["Dana", "Marcus Reed, ", "Calling", "Ringing", "attempt", world.Ops.Id, card.Id])
            seen.ShouldAllBe(words => !words.Contains(secret, StringComparison.Ordinal), $"'{secret}' in {string.Join(" | ", seen)}");
        card.Words.ShouldContain("Ringing Marcus Reed");
        world.World.CallsTo("marcus.reed").ShouldHaveSingleItem();
        world.Teams.Log.Of("token").ShouldHaveSingleItem().Path.ShouldBe("https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token");
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
