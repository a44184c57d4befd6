using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;
using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Slack;

/// <summary>A channel that is shared with another organisation (Slack Connect): its people see the card, and Slack delivers what they press and write.</summary>
public sealed class SlackConnectTests
{
    [Fact]
    public async Task Somebody_of_another_organisation_changes_nothing_reads_why_and_sees_nothing_more_than_the_channel()
    {
        await using var world = await SlackTelling.BeginAsync();
        var (eve, card) = await SharedAsync(world);
        var events = await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events");

        foreach (var label in card.Buttons)
        {
            await eve.PressAsync(card, label);
            await world.SettleAsync();
        }
        foreach (var written in (string[])["list", "oncall", "cancel INC-1042", "Our lift is stuck", "help"])
        {
            await eve.MentionAsync(world.Ops, written);
            await world.SettleAsync();
        }
        await eve.MessageShortcutAsync(card, "dispatch_message");
        await world.SettleAsync();

        (await SlackTelling.CountAsync(world, "SELECT COUNT(*) FROM dispatch_events")).ShouldBe(events);
        eve.Dialog.ShouldBeNull();
        eve.Ephemerals.Count.ShouldBe(card.Buttons.Count + 6);
        eve.Ephemerals.ShouldAllBe(each => each.Words.StartsWith("This app answers only people of the organisation that installed it"));
        card.Words.ShouldContain("Calling");
    }

    [Fact]
    public async Task Where_the_settings_allow_it_somebody_of_another_organisation_may_press()
    {
        await using var world = await SlackTelling.BeginAsync(new() { ["Slack:AllowOtherOrganisations"] = "true" });
        var (eve, card) = await SharedAsync(world);
        await eve.PressAsync(card, "Cancel");
        await world.World.PassAsync(5);
        card.Words.ShouldContain("Cancelled");
    }

    static async Task<(SlackUser Eve, Message Card)> SharedAsync(SlackWorld world)
    {
        world.Team.AddPerson(new() { Id = "U0EVE", Team = "T0PARTNER", Name = "eve", RealName = "Eve Else", Email = "ann.lee@example.com" });
        world.Ops.With("U0EVE");
        world.World.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var card = await world.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
        await world.World.PassAsync(5);
        return (world.Slack.User("U0EVE"), card);
    }
}
