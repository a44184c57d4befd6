using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>The dialog of Teams with named lists.</summary>
public sealed class ListDialogTests
{
    static readonly DispatchForm Form = new(
        "form", new("INC-1042", "Lift 2 is stuck"), null,
        [new(new("ann"), "Ann Lee", "lifts", null, "There is a job.", "", "first: on shift until 08:00 (UTC), lifts, longest since last called (19 days)")], [new("ann")], null,
        DateTimeOffset.UnixEpoch)
    {
        Lists = [new("lifts", "Lift engineers", true), new("two words", "House", false)],
        ListWords = "From the list Lift engineers.",
    };

    [Fact]
    public void A_list_can_be_chosen_and_each_of_its_people_has_their_sentence()
    {
        var card = Draw(Form);
        var field = Field(card).ShouldNotBeNull();
        field["choices"]!.AsArray().Select(each => (string)each!["value"]!).ShouldBe(["-", "lifts", "two%20words"]);
        ((string)field["value"]!).ShouldBe("lifts");
        card.ToJsonString().ShouldContain("From the list Lift engineers.");
        card.ToJsonString().ShouldContain("first: on shift until 08:00 (UTC), lifts, longest since last called (19 days)");
    }

    [Fact]
    public void Without_lists_nothing_is_offered() => Field(Draw(Form with { Lists = [], ListWords = null })).ShouldBeNull();

    [Theory]
    [InlineData("two%20words", "two words")]
    [InlineData("-", "")]
    [InlineData(null, null)]
    public void A_chosen_list_comes_back(string? value, string? list)
    {
        var data = new Dictionary<string, string> { ["dispatchWish"] = DialogIntent.Look, ["dispatchKept"] = "kept" };
        if (value is not null)
            data["list"] = value;
        var read = DialogData.Read(data.ToImmutableDictionary()).ShouldNotBeNull();
        read.List.ShouldBe(list);
        var again = read.Again(DialogIntent.Send).AsObject().ToDictionary(each => each.Key, each => (string)each.Value!).ToImmutableDictionary();
        DialogData.Read(again).ShouldNotBeNull().List.ShouldBe(list, "a card without fields says the same again");
    }

    static JsonObject Draw(DispatchForm form) =>
        DispatchDialog.Of(form, new(Surface.Dialog, "kept", ConversationKind.Channel, ImmutableDictionary<string, string>.Empty)).AsObject();

    static JsonNode? Field(JsonObject card) => card["body"]!.AsArray().FirstOrDefault(each => (string?)each!["id"] == DialogData.ListField);
}
