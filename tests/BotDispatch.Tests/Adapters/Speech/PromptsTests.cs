using BotDispatch.Core;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Speech;

public sealed class PromptsTests
{
    public static TheoryData<string> Languages => [.. SpokenLanguage.Codes];

    static readonly string[] WithAWord = [nameof(Prompts.Ticket), nameof(Prompts.Priority), nameof(Prompts.Place), nameof(Prompts.Note), nameof(Prompts.AcceptedTicket), nameof(Prompts.TakenBy), nameof(Prompts.Changed)];

    static IEnumerable<(string Name, string Text)> All(string language) =>
        typeof(Prompts).GetProperties().Where(each => each.PropertyType == typeof(string)).Select(each => (each.Name, (string)each.GetValue(Prompts.For(language))!));

    [Theory, MemberData(nameof(Languages))]
    public void Every_sentence_is_there_and_has_its_word_where_it_needs_one(string language)
    {
        foreach (var (name, text) in All(language))
        {
            text.ShouldNotBeNullOrWhiteSpace(name);
            text.Contains("{0}", StringComparison.Ordinal).ShouldBe(WithAWord.Contains(name), name);
            text.ShouldNotContain("  ");
        }
    }

    [Theory, MemberData(nameof(Languages))]
    public void Every_sentence_is_in_the_languages_own_letters(string language)
    {
        var letters = string.Concat(All(language).Select(each => each.Text.Replace("{0}", ""))).Where(char.IsLetter).ToList();
        var (from, to) = language[..2] switch { "el" => ('Ͱ', 'Ͽ'), "bg" or "ru" => ('Ѐ', 'ӿ'), _ => ('A', 'ɏ') };
        letters.ShouldAllBe(letter => letter >= from && letter <= to);
    }

    [Theory, MemberData(nameof(Languages))]
    public void The_question_names_both_keys_in_their_order(string language) =>
        string.Concat(Prompts.For(language).Options.Where(char.IsAsciiDigit)).ShouldBe("12");

    [Theory, MemberData(nameof(Languages))]
    public void Every_answer_has_words_and_is_over_before_the_dispatch_stops_waiting_for_it(string language)
    {
        var speaker = new Speaker(Options.Create(new SpeechOptions()));
        var ticket = new Ticket("INC-1042", "Router down");
        foreach (var answer in Answers())
            if (answer is not SpokenAnswer.Nothing)
            {
                var text = speaker.AnswerText(answer, ticket, language);
                text.ShouldNotBeNullOrWhiteSpace(answer.ToString());
                text.ShouldNotContain("{0}");
                speaker.TimeToSay(text).ShouldBeLessThan(TimeSpan.FromSeconds(15), text);
            }
    }

    [Fact]
    public void Different_languages_say_different_things() =>
        SpokenLanguage.Codes.Where(code => code is not "en-US").Select(code => Prompts.For(code).Options).Distinct().Count().ShouldBe(13);

    [Fact]
    public void Every_kind_of_answer_is_known_here() =>
        Answers().Select(answer => answer.GetType()).Order(Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name)))
            .ShouldBe(typeof(SpokenAnswer).GetNestedTypes().OrderBy(type => type.Name, StringComparer.Ordinal));

    [Fact]
    public void A_hostile_name_of_the_faster_person_is_made_speakable() =>
        new Speaker(Options.Create(new SpeechOptions())).AnswerText(new SpokenAnswer.AlreadyTaken("<b>Ann</b> 🚀 *Smith* https://evil.example/x"), new("A-1", "x"), "en-GB")
            .ShouldBe("Ann Smith has already taken this job. Thank you. Goodbye.");

    [Fact]
    public void A_name_of_nothing_but_signs_is_left_out() =>
        new Speaker(Options.Create(new SpeechOptions())).AnswerText(new SpokenAnswer.AlreadyTaken("🚀"), new("A-1", "x"), "en-GB")
            .ShouldBe("This job is no longer available. Goodbye.");

    [Fact]
    public void A_person_who_accepts_hears_which_ticket() =>
        new Speaker(Options.Create(new SpeechOptions())).AnswerText(new SpokenAnswer.YouHaveIt(), new("INC-42", "x"), "en-GB")
            .ShouldBe("Thank you. You accepted ticket I. N. C. 4. 2. Goodbye.");

    static SpokenAnswer[] Answers() =>
    [
        new SpokenAnswer.YouHaveIt(), new SpokenAnswer.YouRejected(), new SpokenAnswer.YouRejectedBefore(), new SpokenAnswer.AlreadyTaken("Ann"), new SpokenAnswer.WasCancelled(),
        new SpokenAnswer.IsOver(), new SpokenAnswer.AskAgain(), new SpokenAnswer.TooManyWrongKeys(), new SpokenAnswer.Nothing(), new SpokenAnswer.GoesOnWithoutYou(),
        new SpokenAnswer.NotNeeded(), new SpokenAnswer.YouHaveItChanged(),
    ];
}
