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
    public void A_reference_that_the_title_repeats_is_spoken_once() =>
        SpokenText.Of(Router with { Title = "inc-1042: Router down" }, null, "en-GB", Default).ShouldContain("4. 2. Router down. Priority");

    [Theory]
    [InlineData("INC-1042", "I. N. C. 1. 0. 4. 2.")]
    [InlineData("ops_7/b", "o. p. s. 7. b.")]
    [InlineData("#42", "4. 2.")]
    [InlineData("INC0010023", "I. N. C. 0. 0. 1. 0. 0. 2. 3.")]
    [InlineData("B7-214-68901", "B. 7. 2. 1. 4. 6. 8. 9. 0. 1.")]
    [InlineData("#123", "1. 2. 3.")]
    [InlineData("OPS-007", "O. P. S. 0. 0. 7.")]
    [InlineData("PRJ/2026/00042", "P. R. J. 2. 0. 2. 6. 0. 0. 0. 4. 2.")]
    [InlineData("ΣΥΝ-12", "Σ. Υ. Ν. 1. 2.")]
    [InlineData("---", "")]
    [InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301", "")]
    // espeak-ng 1.51 reads INC-1042 as "ink one thousand and forty-two" and groups the digits behind zeros (OPS-007), so each sign is a sentence of its own.
    public void A_reference_is_read_sign_by_sign(string reference, string spoken) => SpokenReference.Of(reference, Default.Pronunciations).ShouldBe(spoken);

    [Fact]
    public void Only_the_very_reference_is_taken_off_a_title()
    {
        SpokenText.Of(new("INC-1", "INC-10 is down"), null, "en-GB", Default).ShouldEndWith("I. N. C. 1. INC-10 is down.");
        SpokenText.Of(new("#123", "#123: -18 C wanted"), null, "en-GB", Default).ShouldEndWith("1. 2. 3. minus 18 C wanted.");
    }

    [Theory, MemberData(nameof(Lengths))]
    public void Typed_words_are_spoken_to_their_end_where_nothing_else_wants_the_room(int length)
    {
        var words = string.Concat(Enumerable.Repeat("lift two is stuck ", 60))[..length].Trim();
        var text = SpokenText.Read(new(words, words, IsFreeText: true), null, "en-GB", Default);
        text.Said.ShouldContain(words);
        text.NotSaid.ShouldBeEmpty();
    }

    public static TheoryData<int> Lengths => [239, 241, 300];

    [Fact]
    public void Every_word_is_either_spoken_or_named_as_not_spoken_and_then_the_listener_hears_that_there_is_more()
    {
        var ticket = Router with { Title = Numbered("title", 80), Description = Numbered("detail", 200), Priority = Numbered("soon", 20), Place = Numbered("hall", 40) };
        var text = SpokenText.Read(ticket, Numbered("note", 150), "en-GB", Default);
        foreach (var word in $"{ticket.Title} {ticket.Description} {ticket.Priority} {ticket.Place} {Numbered("note", 150)}".Split(' '))
            $" {text.Said} {text.NotSaid} ".Replace('.', ' ').ShouldContain($" {word} ");
        text.Said.ShouldEndWith("The rest of the text has been left out.");
    }

    [Fact]
    public void The_preview_ends_with_the_question_and_names_what_is_not_spoken()
    {
        var speaker = new Speaker(Microsoft.Extensions.Options.Options.Create(Default));
        var (spoken, notSpoken) = speaker.Preview(Router, Numbered("note", 150), "en-GB");
        spoken.ShouldBe(speaker.TicketText(Router, Numbered("note", 150), "en-GB") + " Press 1 to accept. Press 2 to reject.");
        notSpoken.ShouldContain("note149");
        speaker.Preview(Router, "short", "de-DE").ShouldBe(new(speaker.TicketText(Router, "short", "de-DE") + " " + Prompts.For("de-DE").Options));
    }

    static string Numbered(string word, int count) => string.Join(' ', Enumerable.Range(0, count).Select(number => $"{word}{number}"));

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
