using BotDispatch.Core;
using BotDispatch.Voice.Speech;

namespace BotDispatch.Tests.Adapters.Speech;

public sealed class SpokenTextTests
{
    static readonly SpeechOptions Default = new();

    static readonly Ticket Router = new("INC-1042", "Router down", "The core router does not answer. Ping fails.", "High", "Building 7");

    [Fact]
    public void A_ticket_is_spoken_in_this_order() =>
        SpokenText.Of(Router, "Bring a cable", "en-GB", Default).ShouldBe(
            "Hello. This is the dispatch desk with a job for you. Ticket I. N. C. 1. 0. 4. 2. Router down. Priority: High. Location: Building 7. "
            + "The core router does not answer. Ping fails. Note: Bring a cable.");

    [Fact]
    public void It_is_spoken_in_the_callees_language() =>
        SpokenText.Of(new("INC-7", "Διαρροή"), null, "el-GR", Default).ShouldBe("Γεια σας. Σας καλούμε από το κέντρο αναθέσεων για μια εργασία. Αίτημα I. N. C. 7. Διαρροή.");

    [Fact]
    public void Typed_words_have_no_reference() =>
        SpokenText.Of(new("Fix the door", "Fix the door", IsFreeText: true), null, "en-GB", Default).ShouldBe("Hello. This is the dispatch desk with a job for you. Fix the door.");

    [Fact]
    public void A_reference_that_the_title_repeats_is_heard_once() =>
        SpokenText.Of(Router with { Title = "inc-1042: Router down" }, null, "en-GB", Default).ShouldContain("4. 2. Router down. Priority");

    [Theory]
    [InlineData("INC-1042", "I. N. C. 1. 0. 4. 2.")]
    [InlineData("ops_7/b", "o. p. s. 7. b.")]
    [InlineData("#42", "4. 2.")]
    [InlineData("---", "")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "")]
    public void A_reference_is_read_sign_by_sign(string reference, string spoken) => SpokenReference.Of(reference, Default.Pronunciations).ShouldBe(spoken);

    [Fact]
    public void The_list_makes_a_word_of_an_acronym()
    {
        var options = new SpeechOptions { Pronunciations = new() { ["INC"] = "incident", ["RAID"] = "raid", ["VPN"] = "V. P. N.", ["IT"] = "I. T." } };
        SpokenText.Of(new("inc-12", "RAID and VPN gone", "it is IT"), null, "en-GB", options)
            .ShouldEndWith("Ticket incident. 1. 2. raid and V. P. N. gone. it is I. T.");
    }

    [Fact]
    public void A_long_description_gives_way_to_the_note()
    {
        var text = SpokenText.Of(Router with { Description = Sentences(100) }, "Bring a cable", "en-GB", Default);
        text.ShouldContain("Note: Bring a cable.");
        text.ShouldEndWith("The rest of the text has been left out.");
    }

    [Fact]
    public void A_long_note_leaves_the_title_whole_and_is_never_cut_in_silence()
    {
        var text = SpokenText.Of(Router, Sentences(100), "en-GB", Default);
        text.ShouldContain("Router down.");
        text.ShouldContain("Priority: High. Location: Building 7.");
        text.ShouldEndWith("Sentence 25 is here. The rest of the text has been left out.");
    }

    [Theory]
    [InlineData("en-GB"), InlineData("ru-RU"), InlineData("el-GR"), InlineData("hu-HU"), InlineData("fr-FR")]
    public void However_long_everything_is_it_stays_well_under_a_thousand_characters(string language)
    {
        var endless = new Ticket(new string('A', 5000), new string('b', 5000), new string('c', 50_000), new string('d', 5000), new string('e', 5000));
        foreach (var budget in (int[])[100, 600, 800])
        {
            var text = SpokenText.Of(endless, new string('f', 5000), language, new() { Budget = budget });
            text.Length.ShouldBeLessThan(Math.Max(budget + 260, 400));
            text.ShouldContain("bbb");
            text.ShouldContain("fff");
        }
        SpokenText.Of(endless with { Reference = "A-123456789012" }, Sentences(200), language, Default).Length.ShouldBeLessThan(950);
    }

    [Theory]
    [InlineData("One. Two three. Four", 17, "One. Two three.", true)]
    [InlineData("One two three four five", 15, "One two three.", true)]
    [InlineData("Abcdefghijklmnop", 8, "Abcdefg.", true)]
    [InlineData("Short.", 6, "Short.", false)]
    [InlineData("Short.", 1, "", true)]
    [InlineData("abcdef😀😀😀😀", 8, "abcdef.", true)]
    public void A_cut_falls_where_a_listener_expects_an_end(string text, int room, string expected, bool wasCut) =>
        Excerpt.Of(text, room).ShouldBe(new Excerpt(expected, wasCut));

    [Fact]
    public void Reading_sign_by_sign_takes_longer_than_the_same_number_of_letters()
    {
        var speaker = new Speaker(Microsoft.Extensions.Options.Options.Create(Default));
        speaker.TimeToSay("1. 0. 4. 2.").ShouldBeGreaterThan(speaker.TimeToSay("Abcdefghijk"));
        speaker.TimeToSay(new string('a', 150)).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_wrong_setting_is_named()
    {
        var options = new SpeechOptions { Budget = 5000, CharactersPerSecond = double.NaN, Pronunciations = new() { ["X"] = " " } };
        var failures = new SpeechOptionsValidator().Validate(null, options).Failures!.ToList();
        failures.Count.ShouldBe(3);
        failures.ShouldContain(each => each.StartsWith("Speech:Budget ", StringComparison.Ordinal));
        failures.ShouldContain(each => each.StartsWith("Speech:Pronunciations:X ", StringComparison.Ordinal));
        new SpeechOptionsValidator().Validate(null, Default).Succeeded.ShouldBeTrue();
    }

    static string Sentences(int count) => string.Join(' ', Enumerable.Range(1, count).Select(number => $"Sentence {number} is here."));
}
