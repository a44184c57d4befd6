using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

/// <summary>The schedule as Teams shows it.</summary>
public sealed class ScheduleCardTests
{
    [Fact]
    public void Who_is_on_now_stands_first_then_two_days_and_the_others_behind_a_button()
    {
        var card = ScheduleCard.Of(new(Week(lines: 2), "Lifts")).AsObject();
        var shown = Texts(card["body"]!.AsArray().TakeWhile(each => (string?)each!["id"] is null)).ToList();
        shown.Take(6).ShouldBe(["Schedule of Lifts", "Now and the next seven days, in the time of Europe/Athens", "Now", "• Lifts: Ann Lee until 18:00 (UTC+2)", "Mon 5 Jan (UTC+2)", "• Duty 0: Ann Lee"]);
        shown.ShouldContain("Tue 6 Jan (UTC+2)");
        shown.ShouldNotContain("Wed 7 Jan (UTC+2)");
        var rest = card["body"]!.AsArray().Single(each => (string?)each!["id"] is not null)!;
        rest["isVisible"]!.GetValue<bool>().ShouldBeFalse();
        Texts(rest["items"]!.AsArray()).ShouldContain("Wed 7 Jan (UTC+2)");
        var button = card["body"]!.AsArray().Last()!["actions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)button["targetElements"]![0]!).ShouldBe((string)rest["id"]!);
    }

    [Fact]
    public void A_long_schedule_fits_into_a_message_and_says_how_much_is_left_out()
    {
        var card = ScheduleCard.Of(new(Week(lines: 60), null)).AsObject();
        SafeJson.Bytes(card).Length.ShouldBeLessThanOrEqualTo(CardParts.MostBytes);
        Texts(card["body"]!.AsArray()).Last().ShouldMatch(@"^… and \d+ more lines\.");
    }

    [Fact]
    public void What_makes_the_schedule_old_stands_at_its_end_and_a_few_of_many()
    {
        var card = ScheduleCard.Of(new(Week(lines: 60), null)
        {
            Notices = ["Employees:Schedule: line 1: the calendar cannot be read (its server answers with status 500); the copy in use is 24 min old.", .. Enumerable.Repeat("<at>Ann</at>", 8)],
        }).AsObject();
        SafeJson.Bytes(card).Length.ShouldBeLessThanOrEqualTo(CardParts.MostBytes);
        var last = Texts(card["body"]!.AsArray()).TakeLast(5).ToList();
        last[0].ShouldBe("⚠ Employees:Schedule: line 1: the calendar cannot be read (its server answers with status 500); the copy in use is 24 min old.");
        last[^1].ShouldBe("and 5 more: /dispatch list");
        last.ShouldAllBe(each => !each.Contains("<at>", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_cannot_make_links_mentions_or_dates()
    {
        var week = new ScheduleWeek("UTC", ["[Click](https://evil.example) {{DATE(2026-01-05T09:00:00Z)}} <at>Ann</at>"], []);
        var text = Texts(ScheduleCard.Of(new(week, "<at>Ann</at>")).AsObject()["body"]!.AsArray()).ToList();
        text.ShouldAllBe(each => !each.Contains("<at>", StringComparison.Ordinal) && !each.Contains("{{", StringComparison.Ordinal));
        ScheduleCard.Of(new(week, null)).AsObject()["body"]!.AsArray().Where(each => (string?)each!["type"] == "TextBlock").ShouldBeEmpty("only rich text reads no Markdown");
    }

    static ScheduleWeek Week(int lines) => new("Europe/Athens", ["Lifts: Ann Lee until 18:00 (UTC+2)"],
        [.. ((string[])["Mon 5", "Tue 6", "Wed 7", "Thu 8", "Fri 9", "Sat 10", "Sun 11", "Mon 12"]).Select(day => new ScheduleDay($"{day} Jan (UTC+2)",
            [.. Enumerable.Range(0, lines).Select(n => $"Duty {n}: {(n == 0 ? "Ann Lee" : new string('x', 200))}")]))]);

    static IEnumerable<string> Texts(IEnumerable<JsonNode?> parts) => parts.SelectMany(each => each!["inlines"]?.AsArray() ?? [])
        .Select(run => (string)run!["text"]!);
}
