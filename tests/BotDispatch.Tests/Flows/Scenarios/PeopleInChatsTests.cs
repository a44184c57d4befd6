using BotDispatch.Tests.Employees;
using BotDispatch.Tests.Flows.Slack;
using BotDispatch.Tests.Flows.Teams;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>Shifts as people see them in Slack and in Teams.</summary>
public sealed class PeopleInChatsTests
{
    const string Schedule = "- {shift: Lifts, zone: Europe/Athens, hours: daily 08:00-20:00, people: [priya.nair]}\n";

    [Fact]
    public async Task In_Slack_the_one_who_is_taken_over_for_is_sent_one_direct_message_with_both_zones()
    {
        await using var world = await SlackWorld.BeginAsync();
        world.Team.AddPerson(new() { Id = "U0ANN", Team = world.Team.Id, Name = "ann", RealName = "Ann Lee", Email = "ann.lee@example.com" });
        world.Ops.With("U0ANN");
        var ann = world.Slack.User("U0ANN");
        await ann.TypeAsync("/dispatch cover @priya.nair until 12:00", world.Ops);
        await world.SettleAsync();
        SlackWorld.Read(ann.Ephemerals.ShouldHaveSingleItem().Words).ShouldContain("A direct message says so to Priya Nair.");
        SlackWorld.Read(world.Team.DirectWith("U0PRIYA").Messages.ShouldHaveSingleItem().Words)
            .ShouldStartWith("Ann Lee is on shift for you from 09:00 (UTC) to 12:00 (UTC), and you are off for that time. "
                + "If that is wrong, take it back: /dispatch cover @ann.lee until 2026-01-05 12:00");
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_Slack_the_one_who_has_no_account_there_is_not_reached_and_that_is_said()
    {
        await using var world = await SlackWorld.BeginAsync();
        await world.Priya.TypeAsync("/dispatch cover @jonas.weber until 12:00", world.Ops);
        await world.SettleAsync();
        SlackWorld.Read(world.Priya.Ephemerals.ShouldHaveSingleItem().Words)
            .ShouldContain("No direct message could be sent to Jonas Weber: let them know yourself.");
    }

    [Fact]
    public async Task In_Slack_the_schedule_is_answered_and_stands_on_the_home()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await SlackWorld.BeginAsync(new() { ["Employees:Schedule"] = shifts.FilePath });
        await world.Dana.TypeAsync("/dispatch schedule", world.Ops);
        await world.Priya.OpenHomeAsync();
        await world.SettleAsync();
        // Dana is no employee, so she reads the time that Slack knows of her; Priya's is in the directory.
        var words = SlackWorld.Read(world.Dana.Ephemerals.ShouldHaveSingleItem().Words);
        words.ShouldContain("in the time of Europe/Athens");
        words.ShouldContain("Lifts: Priya Nair until 20:00 (UTC+2)");
        var home = SlackWorld.Read(world.Priya.Home.ShouldNotBeNull().Words);
        home.ShouldContain("Lifts: Priya Nair until 18:00 (UTC)");
        home.ShouldContain("Tue 6 Jan (UTC)");
        world.Slack.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_Teams_the_one_who_is_taken_over_for_is_sent_one_direct_message()
    {
        await using var world = await TeamsWorld.BeginAsync();
        var ann = world.Teams.User(world.Tenant.AddPerson("Ann Lee", "ann.lee@example.com"));
        var channel = world.Tenant.AddChannel("Operations", "desk", [ann.Person, world.Priya.Person]);
        await ann.SayAsync("@BotDispatch cover @priya.nair until 12:00", channel);
        await world.SettleAsync();
        world.Priya.Chat.Posts.Where(each => each.IsFromBot).ShouldHaveSingleItem().Words.ShouldContain("is on shift for you from 09:00 (UTC) to 12:00 (UTC)");
        world.Teams.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_Teams_the_schedule_is_answered_where_it_was_asked_for()
    {
        using var shifts = new TemporaryFile("shifts.yaml", Schedule);
        await using var world = await TeamsWorld.BeginAsync(new() { ["Employees:Schedule"] = shifts.FilePath });
        world.Dana.Person.TimeZone = "Europe/Athens";
        var asked = await world.Dana.SayAsync("@BotDispatch schedule", world.Ops);
        await world.SettleAsync();
        var card = world.Ops.RepliesTo(asked).Where(each => each.IsFromBot).ShouldHaveSingleItem();
        // Dana is no employee, so she reads the time of the client with which she asks.
        card.Words.ShouldContain("in the time of Europe/Athens");
        card.Words.ShouldContain("Lifts: Priya Nair until 20:00 (UTC+2)");
        card.Words.ShouldContain("Mon 5 Jan (UTC+2)");
        world.Teams.Complaints.ShouldBeEmpty();
    }
}
