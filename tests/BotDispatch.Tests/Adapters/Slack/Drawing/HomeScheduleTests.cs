using BotDispatch.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Drawing;

/// <summary>The schedule on the app's Home.</summary>
public sealed class HomeScheduleTests
{
    [Fact]
    public void Each_day_of_the_schedule_is_a_section_that_begins_with_its_title() =>
        Sections("usual").Select(text => text.Split('\n')[0]).ShouldBe(
        [
            "*Now*", "*Mon 5 Jan (UTC+2)*", "*Tue 6 Jan (UTC+2)*", "*Wed 7 Jan (UTC+2)*", "*Thu 8 Jan (UTC+2)*", "*Fri 9 Jan (UTC+2)*",
            "*Sat 10 Jan (UTC+2)*", "*Sun 11 Jan (UTC+2)*", "*Mon 12 Jan (UTC+2)*",
        ]);

    [Fact]
    public void A_long_day_goes_on_in_a_further_section_and_what_is_left_out_is_counted()
    {
        var sections = Sections("long");
        sections.ShouldAllBe(text => text.Length <= 3000);
        sections.ShouldContain(text => text.StartsWith('•'));
        var shown = sections.SelectMany(text => text.Split('\n')).Count();
        Home("long").Select(block => (string?)block["elements"]?[0]?["text"]).ShouldContain(
            $"… and {1 + 30 + (8 * 31) - shown} more lines. Name a list or a person to see less at once: /dispatch schedule @\u200Bann");
    }

    static List<string> Sections(string name) => [.. Home(name).Where(block => (string?)block["type"] == "section").Select(block => (string)block["text"]!["text"]!)];

    // What comes after the schedule's own title.
    static List<System.Text.Json.Nodes.JsonNode> Home(string name) =>
    [
        .. HomeView.Of(new([], []) { Schedule = PicturedSchedule.All.Single(each => each.Name == name).Week }, [], new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero)).AsObject()["blocks"]!
            .AsArray().SkipWhile(block => (string?)block!["text"]?["text"] != "Schedule").Select(block => block!),
    ];
}
