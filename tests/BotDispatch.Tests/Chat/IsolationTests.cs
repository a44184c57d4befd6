using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack.Drawing;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters;
using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Tests.Chat;

/// <summary>Names that are written from right to left, in sentences that are not.</summary>
public sealed class IsolationTests
{
    const string Shlomi = "שלומי כהן", Ahmad = "أحمد", Dana = "דנה";
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    static readonly DispatchId Id = new("d1");
    static readonly Person Asker = new("playground", "dana", Dana);
    static readonly Ticket Lift = new("מעלית-7", "המעלית תקועה", Place: "קומה 3", Priority: "דחוף");
    static readonly DispatchPlan Plan = new(
        Id, Lift, "קחו מפתח",
        [new(new("s"), Shlomi, "+447700900101", "en-GB"), new(new("a"), Ahmad, "+447700900102", "en-GB"), new(new("ann"), "Ann", "+447700900103", "en-GB")],
        new(), Asker, new("slack", "C0OPS"));
    static readonly AttemptId First = new(Id, 0, 1), Second = new(Id, 1, 1);

    [Theory]
    [InlineData(Shlomi, "\u2068" + Shlomi + "\u2069")]
    [InlineData(Ahmad, "\u2068" + Ahmad + "\u2069")]
    [InlineData("Ann אבי 2", "\u2068Ann אבי 2\u2069")]
    [InlineData("Ann Lee", "Ann Lee")]
    [InlineData("Ελένη Łucja 李", "Ελένη Łucja 李")]
    [InlineData("", "")]
    [InlineData("a\u202Eb\u2066c\u2068d\u200F", "abcd")]
    [InlineData("\u2069\u202E" + Ahmad + "\u2068", "\u2068" + Ahmad + "\u2069")]
    public void What_is_written_from_right_to_left_is_isolated_and_brings_no_marks_of_its_own(string foreign, string shown) => foreign.Isolated().ShouldBe(shown);

    [Theory]
    [InlineData("\u2068" + Ahmad + "\u2069, 2", "\u2068" + Ahmad + "\u2069, 2")]
    [InlineData("a\u2068b\u2068c\u2069d\u2069e\u2069", "a\u2068bc\u2069de")]
    [InlineData("a\u2068b", "ab")]
    [InlineData("\u202Ea\u2066b\u2069c\u202C", "abc")]
    public void Only_isolates_that_end_are_left_in_a_sentence(string sentence, string left)
    {
        Isolation.Paired(sentence).ShouldBe(left);
        PlainWords.Sentence(sentence).ShouldBe(left);
        SlackText.Inert(sentence).ShouldBe(left);
        TeamsText.Inert(sentence, 100).ShouldBe(left);
    }

    [Theory]
    [InlineData(6), InlineData(9), InlineData(12), InlineData(13)]
    public void A_sentence_that_is_cut_inside_a_name_ends_its_isolate(int most)
    {
        foreach (var cut in new[] { SlackText.Inert($"Call \u2068{Shlomi}\u2069 now", most), SlackText.Plain($"Call \u2068{Shlomi}\u2069 now", most), TeamsText.Inert($"Call \u2068{Shlomi}\u2069 now", most) })
        {
            cut.Length.ShouldBeLessThanOrEqualTo(most);
            Isolation.Paired(cut).ShouldBe(cut);
        }
    }

    [Fact]
    public void An_ordered_list_of_names_keeps_its_order() =>
        LinesOf([], new Started(Plan, Noon.AddHours(2))).ShouldBe([$"Asked for by \u2068{Dana}\u2069. To be called, in this order: \u2068{Shlomi}\u2069, \u2068{Ahmad}\u2069, Ann."]);

    [Fact]
    public void Every_line_of_a_thread_isolates_the_names_in_it()
    {
        var start = new Started(Plan, Noon.AddHours(2));
        var call = new CallBegun(First, 1, 1, Noon, Noon.AddMinutes(2), new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90)));
        var mirror = new Mirror(new("teams", "x"), "תפעול", Asker, IsByRule: false);
        DispatchEvent[] events =
        [
            start, call, new LegMoved(First, new(LegStatus.InProgress), Noon), new KeyRecorded(First, Key.Wrong, "7", false, Noon), new KeyRecorded(First, Key.Reject, "2", false, Noon),
            new AttemptEnded(First, CallOutcome.NoAnswer, Evidence.None), new AttemptEnded(First, CallOutcome.BadNumber, Evidence.None), new RetryPauseBegan(0, Noon),
            new PassedOver(1, PassedOverReason.OffDuty, null), new Skipped(1, Asker), new MirrorAdded(mirror, AtStart: false), new Cancelled(Asker, Noon),
            new Exhausted(ExhaustedBecause.TimeIsUp, Noon), new Taken(Asker, new("a"), 1, Noon, Noon), new Accepted(First, Noon, Noon),
        ];
        foreach (var happened in events.Skip(1))
            LinesOf([start, call], happened).ShouldAllBe(line => LeftOpen(line) == "");
        LinesOf([start, call, new Accepted(First, Noon, Noon)], new MarkedDone(Asker, Noon)).ShouldAllBe(line => LeftOpen(line) == "");
        LinesOf([start, call], events[1..^4]).Count.ShouldBeGreaterThan(9);
    }

    [Fact]
    public void Every_chat_shows_the_reply_with_its_isolates()
    {
        var update = new ThreadUpdate("k", [.. LinesOf([], new Started(Plan, Noon.AddHours(2))).Select(line => new UpdateLine(Tone.Alert, line, Asker))], false);
        foreach (var text in new[] { ReplyMessage.Draw(update).Text, ReplyDrawing.Draw(update, new Dictionary<Person, string>()).AsObject()["text"]!.GetValue<string>(),
            ReplyDrawing.Draw(update, new Dictionary<Person, string> { [Asker] = "29:dana" }).AsObject()["text"]!.GetValue<string>() })
        {
            LeftOpen(text).ShouldBe("");
            text.ShouldContain($"in this order: \u2068{Shlomi}\u2069, \u2068{Ahmad}\u2069, Ann.");
        }
    }

    [Fact]
    public void Every_chat_draws_the_card_with_its_isolates()
    {
        DispatchCard[] cards =
        [
            DispatchCard.Of(StateAfter([new Started(Plan, Noon.AddHours(2)), new CallWanted(First), new CallBegun(First, 1, 1, Noon, Noon.AddMinutes(2), new(default, default))])),
            DispatchCard.Of(StateAfter([new Started(Plan, Noon.AddHours(2)), new Cancelled(Asker, Noon)])) with { AlsoIn = ["תפעול", "Ops"] },
        ];
        foreach (var card in cards)
        {
            LeftOpen(card.Headline).ShouldBe("");
            Texts(BotDispatch.Slack.Drawing.CardView.Draw(card, Noon).Blocks.AsNode()).Concat(Texts(BotDispatch.Teams.Drawing.CardView.Draw(card, Noon).AsNode())).ShouldAllBe(text => LeftOpen(text) == "");
        }
        Texts(BotDispatch.Slack.Drawing.CardView.Draw(cards[0], Noon).Blocks.AsNode()).ShouldContain(text => text.Contains($"1. *\u2068{Shlomi}\u2069*", StringComparison.Ordinal));
        Texts(BotDispatch.Teams.Drawing.CardView.Draw(cards[0], Noon).AsNode()).ShouldContain(text => text.Contains($"1. \u2068{Shlomi}\u2069", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_dialog_isolates_the_names_in_it()
    {
        var form = new DispatchForm("f", Lift, "קחו מפתח",
            [new(new("s"), Shlomi, "lifts · en-GB", null, "Hello."), new(new("a"), Ahmad, "en-GB", "No phone number in the directory.", "Hello.")], [new("s"), new("a")], null, Noon, []);
        var slack = FormView.Of(form, DialogContext.Of(form, new("slack", "T1/C0OPS"))).AsObject();
        var teams = DispatchDialog.Of(form, new(Surface.Dialog, "kept", ConversationKind.Channel, System.Collections.Immutable.ImmutableDictionary<string, string>.Empty)).AsNode();
        Texts(slack).Concat(Texts(teams)).Where(text => text != form.Note).ShouldAllBe(text => LeftOpen(text) == "");
        Texts(slack).ShouldContain(text => text.Contains($"1. \u2068{Shlomi}\u2069", StringComparison.Ordinal));
        Texts(teams).ShouldContain(text => text.Contains($"1. \u2068{Shlomi}\u2069", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Replies_isolate_names_and_a_name_copied_from_there_is_found()
    {
        var office = new Office();
        office.People.List.Add(new(new("shlomi"), Shlomi, "shlomi@example.com", "+447700900109", "en-GB", "Europe/London", ["מעליות"]));
        LeftOpen(await office.TypeAndRead("oncall")).ShouldBe("");
        LeftOpen(await office.TypeAndRead($"INC-1042 @{Ahmad}")).ShouldBe("");
        (await office.Open($"INC-1042 @\"\u2068{Shlomi}\u2069\"")).Picked.ShouldBe([new EmployeeId("shlomi")]);
    }

    static DispatchState StateAfter(IEnumerable<DispatchEvent> events) => events.Aggregate(DispatchState.Initial, Evolution.Evolve);

    static List<string> LinesOf(DispatchEvent[] before, params DispatchEvent[] now) =>
        UpdateLines.Of(StateAfter(before.Concat(now)), before.Length + 1, now) is { } update ? [.. update.Lines.Select(line => line.Text)] : [];

    // What of the right-to-left letters stands in a sentence with others and outside of an isolate.
    static string LeftOpen(string text)
    {
        var outside = System.Text.RegularExpressions.Regex.Replace(text, "\u2068[^\u2068\u2069]*\u2069", "");
        var open = string.Concat(outside.Where(letter => letter is >= '\u0590' and <= '\u08FF'));
        return outside.Any(char.IsAsciiLetter) ? open : "";
    }

    static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Texts),
        JsonObject map => map.Where(each => each.Key is not ("value" or "data" or "private_metadata")).SelectMany(each => Texts(each.Value)),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
