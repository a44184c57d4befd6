using System.Text.Json;
using System.Text.RegularExpressions;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Voice.Routee;
using BotDispatch.Voice.Speech;
using static BotDispatch.Tests.Adapters.Routee.RouteeBench;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed partial class DialPlanTests
{
    const string Ticket = "Hello. This is the dispatch desk with a job for you. Ticket I. N. C. 4. 2. Router down. Priority: High. Location: Building 7. "
        + "The core router does not answer. Note: Bring a cable.";

    public static TheoryData<string> Languages => [.. SpokenLanguage.Codes];

    static readonly SpokenAnswer[] Closings =
    [
        new SpokenAnswer.YouHaveIt(), new SpokenAnswer.YouRejected(), new SpokenAnswer.YouRejectedBefore(), new SpokenAnswer.AlreadyTaken("Bob"),
        new SpokenAnswer.WasCancelled(), new SpokenAnswer.IsOver(), new SpokenAnswer.TooManyWrongKeys(), new SpokenAnswer.GoesOnWithoutYou(),
        new SpokenAnswer.NotNeeded(), new SpokenAnswer.YouHaveItChanged(),
    ];

    static readonly SpokenAnswer[] Questions = [new SpokenAnswer.AskAgain(), new SpokenAnswer.Nothing()];

    [Fact]
    public void The_responsive_plan_hears_a_key_at_every_moment_of_the_question() => Written(DialPlanKind.Responsive, plans => plans.ForCall(Plan, First)).ShouldBe($$"""
        {"verbs":[
        {"type":"COLLECT","eventUrl":"https://bot.example/routee/{token}/keys?language=en-GB","maxDigits":30,"submitOnHash":false},
        {"type":"PLAY","fileURL":"https://bot.example/audio/silence-1s.wav","bargeIn":true},
        {"type":"SAY","message":{"text":"{{Ticket}}","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PLAY","fileURL":"https://bot.example/audio/silence-10s.wav","bargeIn":true},
        {"type":"SAY","message":{"text":"{{Ticket}}","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PLAY","fileURL":"https://bot.example/audio/silence-10s.wav","bargeIn":true},
        {"type":"SAY","message":{"text":"No answer received. Goodbye.","language":"en-GB","gender":"female"},"bargeIn":false}
        ]}
        """);

    [Fact]
    public void The_source_plan_has_the_verbs_of_the_article() => Written(DialPlanKind.Source, plans => plans.ForCall(Plan, First)).ShouldBe($$"""
        {"verbs":[
        {"type":"PAUSE","duration":3},
        {"type":"SAY","message":{"text":"{{Ticket}}","language":"en-GB","gender":"female"},"bargeIn":false},
        {"type":"PAUSE","duration":4},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PAUSE","duration":10},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PAUSE","duration":6},
        {"type":"COLLECT","eventUrl":"https://bot.example/routee/{token}/keys?language=en-GB"}
        ]}
        """);

    [Fact]
    public void A_wrong_key_hears_the_question_with_its_silences_again() => Written(DialPlanKind.Responsive, plans => plans.Answering(new SpokenAnswer.AskAgain(), Plan, First)).ShouldBe("""
        {"verbs":[
        {"type":"COLLECT","eventUrl":"https://bot.example/routee/{token}/keys?language=en-GB","maxDigits":30,"submitOnHash":false},
        {"type":"SAY","message":{"text":"That key is not an option.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PLAY","fileURL":"https://bot.example/audio/silence-10s.wav","bargeIn":true},
        {"type":"SAY","message":{"text":"Press 1 to accept. Press 2 to reject.","language":"en-GB","gender":"female"},"bargeIn":true},
        {"type":"PLAY","fileURL":"https://bot.example/audio/silence-10s.wav","bargeIn":true},
        {"type":"SAY","message":{"text":"No answer received. Goodbye.","language":"en-GB","gender":"female"},"bargeIn":false}
        ]}
        """);

    [Fact]
    public void A_person_who_accepts_hears_it_and_the_call_ends() => Written(DialPlanKind.Responsive, plans => plans.Answering(new SpokenAnswer.YouHaveIt(), Plan, First)).ShouldBe("""
        {"verbs":[
        {"type":"SAY","message":{"text":"Thank you. You accepted ticket I. N. C. 4. 2. Goodbye.","language":"en-GB","gender":"female"},"bargeIn":false}
        ]}
        """);

    [Fact]
    public void Greek_is_sent_as_Greek() =>
        Written(DialPlanKind.Responsive, plans => plans.ForCall(Plan, new(Id, 1, 1))).ShouldContain("""{"text":"Πατήστε 1 για αποδοχή. Πατήστε 2 για απόρριψη.","language":"el-GR","gender":"female"}""");

    // Its length is computed from the first ticket and used for all.
    [Theory, MemberData(nameof(Languages))]
    public void A_closing_of_any_ticket_says_the_same_for_each_ticket(string language)
    {
        using var bench = Bench(DialPlanKind.Responsive);
        var speaker = bench.Get<Speaker>();
        var other = new Ticket("CHG-7", "Another title", "Another text", "Low", "Building 9", IsFreeText: true);
        foreach (var closing in DialPlans.ClosingsOfAnyTicket)
            speaker.AnswerText(closing, other, language).ShouldBe(speaker.AnswerText(closing, Plan.Ticket, language));
    }

    [Theory, MemberData(nameof(Languages))]
    public void No_answer_to_keys_is_ever_empty_in_either_plan(string language)
    {
        foreach (var kind in Enum.GetValues<DialPlanKind>())
        {
            using var bench = Bench(kind);
            var plans = bench.Get<DialPlans>();
            var plan = Plan with { Roster = [Ann with { Language = language }] };
            DialPlan[] all =
            [
                .. Closings.Concat(Questions).Select(answer => plans.Answering(answer, plan, First)),
                plans.OneMoment(First, language), plans.Question(First, language), DialPlans.Over(language),
            ];
            foreach (var answer in all)
            {
                answer.Verbs.ShouldNotBeEmpty();
                answer.Verbs.OfType<Verb.Say>().ShouldNotBeEmpty();
                answer.Verbs.OfType<Verb.Say>().ShouldAllBe(say => say.Message.Text.Length > 0 && say.Message.Text.Length < 1000 && say.Message.Language == language);
            }
        }
    }

    [Theory]
    [InlineData(DialPlanKind.Responsive), InlineData(DialPlanKind.Source)]
    internal void What_is_spoken_about_a_ticket_is_made_once_and_only_the_address_is_that_of_each_call(DialPlanKind kind)
    {
        using var bench = Bench(kind);
        var plans = bench.Get<DialPlans>();
        DialPlan first = plans.ForCall(Plan, First), second = plans.ForCall(Plan with { Policy = new() }, new(Id, 0, 2));
        second.Verbs.Length.ShouldBe(first.Verbs.Length);
        second.Verbs.Zip(first.Verbs).Where(each => !ReferenceEquals(each.First, each.Second)).ShouldHaveSingleItem().First.ShouldBeOfType<Verb.Collect>();
    }

    [Fact]
    public void Every_wait_for_a_key_is_a_verb_that_hears_it()
    {
        using var bench = Bench(DialPlanKind.Responsive);
        var plans = bench.Get<DialPlans>();
        foreach (var plan in Questions.Select(answer => plans.Answering(answer, Plan, First)).Append(plans.ForCall(Plan, First)).Append(plans.OneMoment(First, "en-GB")))
        {
            plan.Verbs[0].ShouldBeOfType<Verb.Collect>();
            plan.Verbs.OfType<Verb.Play>().ShouldNotBeEmpty();
            plan.Verbs.OfType<Verb.Play>().ShouldAllBe(play => play.BargeIn);
            plan.Verbs.OfType<Verb.Pause>().ShouldAllBe(pause => pause.Duration <= 1);
        }
    }

    [Fact]
    public void After_a_valid_key_nothing_is_asked_any_more()
    {
        using var bench = Bench(DialPlanKind.Responsive);
        foreach (var answer in Closings)
            bench.Get<DialPlans>().Answering(answer, Plan, First).Verbs.ShouldHaveSingleItem().ShouldBeOfType<Verb.Say>().BargeIn.ShouldBeFalse();
    }

    [Theory]
    [InlineData(DialPlanKind.Responsive, 1, 1), InlineData(DialPlanKind.Responsive, 3, 3), InlineData(DialPlanKind.Source, 1, 1), InlineData(DialPlanKind.Source, 3, 3)]
    internal void The_question_is_asked_as_often_as_the_policy_says(DialPlanKind kind, int plays, int asked)
    {
        using var bench = Bench(kind);
        var plan = Plan with { Policy = new() { Plays = plays, AnswerWindow = TimeSpan.FromSeconds(17) } };
        var verbs = bench.Get<DialPlans>().ForCall(plan, First).Verbs;
        verbs.OfType<Verb.Say>().Count(say => say.Message.Text.StartsWith("Press 1", StringComparison.Ordinal)).ShouldBe(asked);
        (verbs.OfType<Verb.Play>().Count(play => play.FileUrl is "https://bot.example/audio/silence-17s.wav") + verbs.OfType<Verb.Pause>().Count(pause => pause.Duration is 17))
            .ShouldBe(kind is DialPlanKind.Responsive ? asked : asked - 1);
    }

    [Fact]
    public void A_call_is_cut_only_after_every_repetition_that_wrong_keys_can_bring()
    {
        using var bench = Bench(DialPlanKind.Responsive);
        var gateway = bench.Get<IVoiceGateway>();
        var length = gateway.LengthOf(Plan, Ann);
        length.Full.ShouldBeInRange(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(90));
        length.Longest.ShouldBeGreaterThan(length.Full + TimeSpan.FromSeconds(2 * 25));
        var patient = gateway.LengthOf(Plan with { Policy = new() { WrongKeysPerCall = 5 } }, Ann);
        patient.Full.ShouldBe(length.Full);
        patient.Longest.ShouldBeGreaterThan(length.Longest + TimeSpan.FromSeconds(3 * 25));
        var longer = gateway.LengthOf(Plan with { Note = string.Join(' ', Enumerable.Repeat("Bring the long ladder.", 20)) }, Ann);
        longer.Full.ShouldBeGreaterThan(length.Full + TimeSpan.FromSeconds(40));
    }

    // The policy of a list makes another plan for each call.
    [Fact]
    public void A_ticket_is_put_into_words_once_for_all_of_its_calls()
    {
        using var bench = Bench(DialPlanKind.Responsive);
        string TextOf(DispatchPlan plan) => bench.Get<DialPlans>().ForCall(plan, First).Verbs.OfType<Verb.Say>().First().Message.Text;
        TextOf(Plan with { Policy = Plan.Policy with { } }).ShouldBeSameAs(TextOf(Plan));
        TextOf(Plan with { Note = "Bring two cables." }).ShouldContain("Bring two cables.");
    }

    [Fact]
    public void Somebody_who_is_not_on_the_roster_has_a_length_too()
    {
        using var bench = Bench(DialPlanKind.Source);
        bench.Get<IVoiceGateway>().LengthOf(Plan, new(new("zoe"), "Zoe", "+41791234567", "de-DE")).Full.ShouldBeGreaterThan(TimeSpan.FromSeconds(30));
    }

    static RouteeBench Bench(DialPlanKind kind) => new(settings => settings["Routee:DialPlan"] = kind.ToString());

    // One verb a line, and the token, which is another one for each attempt and key, left out.
    static string Written(DialPlanKind kind, Func<DialPlans, DialPlan> make)
    {
        using var bench = Bench(kind);
        var json = JsonSerializer.Serialize(make(bench.Get<DialPlans>()), RouteeJson.Wire.DialPlan);
        return Token().Replace(json, "/{token}/").Replace("{\"type\"", "\n{\"type\"", StringComparison.Ordinal).Replace("}]}", "}\n]}", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"/abcdefgh-\d-1\.[\w-]{43}/")]
    private static partial Regex Token();
}
