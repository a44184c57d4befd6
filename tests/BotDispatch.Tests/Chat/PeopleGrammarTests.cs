using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

/// <summary>Commands about people and their times, what resembles them, and what does not.</summary>
public sealed class PeopleGrammarTests
{
    [Theory]
    [InlineData("away next week", "next week")]
    [InlineData("away until further notice", "until further notice")]
    [InlineData("away 18:00 - 08:00", "18:00 - 08:00")]
    [InlineData("away mon-fri 2020-01-06", "mon-fri 2020-01-06")]
    [InlineData("away 2020-12-24..2020-12-26", "2020-12-24..2020-12-26")]
    [InlineData("away until 6pm", "until 6pm")]
    [InlineData("Away on vacation until mon", "on vacation until mon")]
    [InlineData("away tonight", "tonight")]
    [InlineData("away next month", "next month")]
    [InlineData("I am away until 18:00", "until 18:00")]
    [InlineData("I'm away", "")]
    [InlineData("away forever", "forever")]
    [InlineData("away for ever", "for ever")]
    [InlineData("away for two weeks", "for two weeks")]
    [InlineData("away for -1 hour", "for -1 hour")]
    [InlineData("away for 99999999999 days", "for 99999999999 days")]
    [InlineData("away until: 18:00", "until: 18:00")]
    [InlineData("away 6pm-8pm", "6pm-8pm")]
    [InlineData("away since monday", "since monday")]
    [InlineData("away after 18:00", "after 18:00")]
    [InlineData("away bis montag", "bis montag")]
    [InlineData("away 18 uhr", "18 uhr")]
    [InlineData("away 24.12.2026-02.01.2027", "24.12.2026-02.01.2027")]
    [InlineData("away until １８：００", "until 18:00")]
    [InlineData("away 1800-2030", "1800-2030")]
    [InlineData("away 0600-1400", "0600-1400")]
    [InlineData("away 18.00-20.30", "18.00-20.30")]
    [InlineData("away 24.1.-26.1.", "24.1.-26.1.")]
    [InlineData("away 24.1-26.1", "24.1-26.1")]
    [InlineData("away 24.12.2026-2.1.2027", "24.12.2026-2.1.2027")]
    [InlineData("away 24.12.-", "24.12.-")]
    [InlineData("away 24.-26.12.", "24.-26.12.")]
    [InlineData("away 24/12-26/12", "24/12-26/12")]
    [InlineData("away 24dec-2jan", "24dec-2jan")]
    [InlineData("away 24 dec-2 jan", "24 dec-2 jan")]
    [InlineData("away mon 1800-2030", "mon 1800-2030")]
    [InlineData("away 1800h-2030h", "1800h-2030h")]
    [InlineData("away 06h00-14h00", "06h00-14h00")]
    [InlineData("away 6-8pm", "6-8pm")]
    [InlineData("away 24-12-2026", "24-12-2026")]
    [InlineData("away 20261224-20261226", "20261224-20261226")]
    [InlineData("away 2026-12-24/2026-12-26", "2026-12-24/2026-12-26")]
    [InlineData("away 2026/12/24", "2026/12/24")]
    [InlineData("away 2400-0600", "2400-0600")]
    [InlineData("away mon & tue", "mon & tue")]
    [InlineData("away mon+tue", "mon+tue")]
    [InlineData("away (mon-fri)", "(mon-fri)")]
    [InlineData("away mid-december", "mid-december")]
    [InlineData("away 2 h", "2 h")]
    [InlineData("away for 2 h", "for 2 h")]
    [InlineData("away 30 m", "30 m")]
    [InlineData("away 1h 30 m", "1h 30 m")]
    [InlineData("away 1h30m", "1h30m")]
    [InlineData("away 18 h - 20 h", "18 h - 20 h")]
    [InlineData("away 24-26 dez", "24-26 dez")]
    [InlineData("away 2 stunden", "2 stunden")]
    [InlineData("away 24 dec thru 26 dec", "24 dec thru 26 dec")]
    [InlineData("away 1 or 2 hours", "1 or 2 hours")]
    [InlineData("away eod", "eod")]
    [InlineData("away half past 6", "half past 6")]
    [InlineData("away 2026-12-24T18:00-2026-12-24T20:00", "2026-12-24T18:00-2026-12-24T20:00")]
    public void Words_about_a_time_after_away_are_a_command(string typed, string when) =>
        CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Away(when));

    /// <summary>A dialog for such words would phone people.</summary>
    [Fact]
    public void No_numbers_and_days_after_away_or_cover_are_a_job_however_they_are_separated_and_however_somebody_is_named()
    {
        var random = new Random(20261130);
        string[] pieces = ["24.12.", "24.1", "1.2.2027", "1800", "06:00", "18.30", "18h", "6pm", "8", "mon", "fri", "24/12", "2026-12-24", "3rd", "dec", "2jan", "tomorrow", "noon",
            "2 h", "30 m", "1h 30 m", "1h30m", "18 h", "18 h 30", "3 d", "1,5 h", "1.5 w", "2 hrs", "24 dez", "2 stunden", "eod", "half past 6", "1 or 2 hours"];
        string[] signs = ["-", " - ", "\u2013", " \u2013 ", "..", " to ", " until ", "/", " ", ", ", " and ", " & ", "+", ";", " thru ", " or "];
        for (var n = 0; n < 5000; n++)
        {
            string One() => pieces[random.Next(pieces.Length)];
            var words = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => One() + signs[random.Next(signs.Length)])) + One() + (random.Next(4) == 0 ? "!" : "");
            CommandGrammar.Parse($"away {words}").ShouldBeOfType<ChatCommand.Away>(words);
            foreach (var person in (string[])["@ben", "ben", "@\"Ben Lee\"", "Ben Lee", "ann2", "<@U1>"])
            {
                CommandGrammar.Parse($"cover {person} {words}", InChat).ShouldBeOfType<ChatCommand.Cover>($"{person} {words}").When.Length.ShouldBeGreaterThan(0);
                CommandGrammar.Parse($"away {person} {words}", InChat).ShouldNotBeOfType<ChatCommand.Open>($"{person} {words}");
            }
        }
    }

    /// <summary>Somebody who is named is ticked in a dialog.</summary>
    [Fact]
    public void A_person_after_a_verb_with_a_mistyped_or_foreign_time_never_opens_the_dialog()
    {
        var random = new Random(20261201);
        string[] right = ["tomorrow", "until 18:00", "until", "monday", "24 december", "thursday", "2 hours", "24-26 dec", "next week", "midnight"];
        string[] foreign = ["24-26 dez", "24 dec thru 2 jan", "2 stunden", "24 dec au 2 jan", "bis nachher", "dis aprem", "manana", "jusqu'à 18h", "1 oder 2 tage"];
        for (var n = 0; n < 3000; n++)
        {
            var words = random.Next(3) == 0 ? foreign[random.Next(foreign.Length)] : Mistyped(right[random.Next(right.Length)], random);
            foreach (var verb in (string[])["cover", "cover for", "away", "back"])
                foreach (var person in (string[])["@ben", "@\"Ben Lee\"", "<@U1>"])
                    CommandGrammar.Parse($"{verb} {person} {words}", InChat).ShouldNotBeOfType<ChatCommand.Open>($"{verb} {person} {words}");
        }
    }

    static readonly Mention[] InChat = [new("<@U1>", new Person("slack", "U1", "Ben"))];

    static string Mistyped(string words, Random random)
    {
        var at = random.Next(words.Length - 1);
        return random.Next(3) switch
        {
            0 => words.Remove(at, 1),
            1 => words.Insert(at, words[at].ToString()),
            _ => words[..at] + words[at + 1] + words[at] + words[(at + 2)..],
        };
    }

    [Theory]
    [InlineData("back now")]
    [InlineData("back at work")]
    [InlineData("back on duty!")]
    [InlineData("I'm back")]
    [InlineData("im back")]
    public void Being_back_is_said_in_several_ways(string typed) => CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Back());

    [Theory]
    [InlineData("awya until 18:00", "away until 18:00")]
    [InlineData("ooo until mon", "away until mon")]
    [InlineData("off tomorrow", "away tomorrow")]
    [InlineData("afk for 2 hours", "away for 2 hours")]
    [InlineData("bak now", "back")]
    public void A_mistyped_word_with_a_time_is_asked_back(string typed, string command) =>
        CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Resembling(command, typed));

    [Theory]
    [InlineData("back tomorrow", "back")]
    [InlineData("back in 2 hours", "back")]
    [InlineData("away @ben until 18:00", "away")]
    [InlineData("away @ben", "away")]
    [InlineData("away @ben 2 h", "away")]
    [InlineData("away @ben tomorow", "away")]
    [InlineData("away @ben untill 18:00", "away")]
    [InlineData("away @Ann Lee until 18:00", "away")]
    [InlineData("off @ben tomorrow", "away")]
    [InlineData("awya @ben until 18:00", "away")]
    [InlineData("covr @ben @ann tomorrow", "cover")]
    [InlineData("cover @ben and @ann tomorow", "cover")]
    [InlineData("cover @ben 24 dec au 2 jan", "cover")]
    [InlineData("cover @ben dis aprem", "cover")]
    [InlineData("back @ben at nine", "away")]
    [InlineData("back 2 stundn", "back")]
    [InlineData("away 2 doors", "away when")]
    [InlineData("away for 24 dec au 2 jan", "away when")]
    [InlineData("cover me until 18:00", "cover")]
    [InlineData("cover @ben @ann until 18:00", "cover")]
    [InlineData("cover @ben @ann", "cover")]
    [InlineData("back @ben", "away")]
    [InlineData("cover", "cover")]
    [InlineData("cover @ben", "cover")]
    [InlineData("cover mon 18:00 - tue 08:00", "cover")]
    public void A_command_that_lacks_something_is_answered_with_how_it_is_written(string typed, string command) =>
        CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Incomplete(command, typed));

    [Theory]
    [InlineData("cover @ben until 18:00", "ben", "until 18:00")]
    [InlineData("cover @ben until friday", "ben", "until friday")]
    [InlineData("cover for @ben tomorrow", "ben", "tomorrow")]
    [InlineData("cover @ben's shift mon", "ben", "mon")]
    [InlineData("cover @ben for 2 hours", "ben", "for 2 hours")]
    [InlineData("cover @ben until yesterday", "ben", "until yesterday")]
    [InlineData("cover @ben forever", "ben", "forever")]
    [InlineData("cover @ben 2 h", "ben", "2 h")]
    [InlineData("cover ben until 18 h", "ben", "until 18 h")]
    [InlineData("cover @ben 24-26 dez", "ben", "24-26 dez")]
    [InlineData("cover @ben 24 dec thru 2 jan", "ben", "24 dec thru 2 jan")]
    [InlineData("cover mai until 18:00", "mai", "until 18:00")]
    [InlineData("cover frida tomorrow", "frida", "tomorrow")]
    [InlineData("cover ben until 18:00", "ben", "until 18:00")]
    [InlineData("cover ann lee tomorrow", "ann lee", "tomorrow")]
    [InlineData("cover ben 1800-2030", "ben", "1800-2030")]
    [InlineData("cover ann lee 24.1.-26.1.", "ann lee", "24.1.-26.1.")]
    [InlineData("cover jean-luc 24dec-2jan", "jean-luc", "24dec-2jan")]
    [InlineData("cover @Ann Lee until 18:00", "Ann Lee", "until 18:00")]
    public void Taking_over_is_said_in_several_ways(string typed, string name, string when)
    {
        var cover = CommandGrammar.Parse(typed).ShouldBeOfType<ChatCommand.Cover>();
        (cover.For, cover.When, cover.Meant).ShouldBe((new NamedPerson.Typed(name), when, null));
    }

    [Theory]
    [InlineData("away from keyboard light is red")]
    [InlineData("away team bus has a flat tyre")]
    [InlineData("away 2 doors are open")]
    [InlineData("away team 24/7 line is dead")]
    [InlineData("off-line since x-ray 1800-b")]
    [InlineData("cover the hole in the fence @ben")]
    [InlineData("cover the hole in the fence of hall 3 @ben")]
    [InlineData("cover @ben the hole in the fence")]
    [InlineData("away team is locked out @ben")]
    [InlineData("off-line printer in hall 3")]
    [InlineData("lift 2 stuck since monday")]
    public void Real_jobs_are_something_to_dispatch(string typed) => CommandGrammar.Parse(typed).ShouldBeOfType<ChatCommand.Open>();

    [Theory]
    [InlineData("bak", "Did you mean /dispatch back?")]
    [InlineData("sick", "Did you mean /dispatch away?")]
    [InlineData("I'm sick", "Did you mean /dispatch away?")]
    [InlineData("i am ill", "Did you mean /dispatch away?")]
    [InlineData("I am off", "Did you mean /dispatch away?")]
    [InlineData("awya", "Did you mean /dispatch away?")]
    [InlineData("shcedule", "Did you mean /dispatch schedule?")]
    [InlineData("rota", "Did you mean /dispatch schedule?")]
    [InlineData("awya until 18:00", "Did you mean /dispatch away until 18:00? To dispatch these words as they are, write: /dispatch text: awya until 18:00")]
    [InlineData("covr bob until 18:00", "Did you mean /dispatch cover @bob until 18:00?")]
    [InlineData("back tomorrow", "/dispatch back means that you are back now. To say until when you are away: /dispatch away until mon 08:00. Nothing was noted down.")]
    [InlineData("cover bob", "Say for whom and when you take over: /dispatch cover @ben mon 18:00 - tue 08:00")]
    [InlineData("away @bob until 18:00", "Everybody says for themselves that they are away, or back.")]
    [InlineData("cover @bob", "Say for whom and when you take over: /dispatch cover @ben mon 18:00 - tue 08:00")]
    [InlineData("cover zorro tomorrow", "Nobody in the employee directory is called zorro. Say for whom and when you take over: ")]
    [InlineData("cover bbo until 18:00", "Nobody in the employee directory is called bbo. Did you mean Bob Reed (@bob)? Say for whom")]
    [InlineData("cover Reeed mon-fri", "Nobody in the employee directory is called Reeed. Did you mean Bob Reed (@bob) or Cleo Reed (@cleo)? Say for whom")]
    [InlineData("cover for Zorro Diaz's shift tomorrow", "Nobody in the employee directory is called Zorro Diaz. Say for whom")]
    [InlineData("cover @zorro diaz tomorrow", "Nobody in the employee directory is called zorro diaz. Say for whom")]
    [InlineData("cover @bbo tomorrow", "Nobody in the employee directory is called @bbo. Did you mean Bob Reed (@bob)? Write the id")]
    [InlineData("covr bbo tomorrow", "Nobody in the employee directory is called bbo. Did you mean Bob Reed (@bob)? Say for whom")]
    [InlineData("away zorro tomorrow", "Nobody in the employee directory is called zorro. Everybody says for themselves that they are away, or back.")]
    [InlineData("away zorro", AbsenceMistakes.Away + " Nobody in the employee directory is called zorro. Everybody says for themselves")]
    [InlineData("away alarm", AbsenceMistakes.Away + " Nobody in the employee directory is called alarm. Everybody says for themselves")]
    [InlineData("away tomorow", AbsenceMistakes.Away + " Everybody says for themselves that they are away, or back.")]
    [InlineData("away untill 18:00", AbsenceMistakes.Away + " Everybody says for themselves")]
    [InlineData("away unitl 6", AbsenceMistakes.Away + " Everybody says for themselves")]
    [InlineData("away untill tomorow", AbsenceMistakes.Away + " Everybody says for themselves")]
    [InlineData("away next tomorow", AbsenceMistakes.Away + " Everybody says for themselves")]
    [InlineData("ooo tomorow", "Did you mean /dispatch away tomorow?")]
    [InlineData("cover next tomorow", "Say for whom and when you take over: ")]
    [InlineData("cover tomorow", "Say for whom and when you take over: ")]
    [InlineData("cover @bob tomorow", "Say for whom and when you take over: ")]
    [InlineData("cover bob untill 18:00", "Say for whom and when you take over: ")]
    [InlineData("cover bob morgn", "Say for whom and when you take over: ")]
    [InlineData("cover bob morgn 18:00", "Say for whom and when you take over: ")]
    [InlineData("cover bob dis aprem", "Say for whom and when you take over: ")]
    [InlineData("cover bob's shift morgn", "Say for whom and when you take over: ")]
    [InlineData("cover Bob Reed morgn", "Say for whom and when you take over: ")]
    [InlineData("covr bob morgn", "Say for whom and when you take over: ")]
    [InlineData("away bob morgn", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away bob reed", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away cleo reed morgn", "Everybody says for themselves that they are away, or back.")]
    [InlineData("back bob morgn", "Everybody says for themselves that they are away, or back.")]
    [InlineData("awya bob morgn", "Everybody says for themselves that they are away, or back.")]
    [InlineData("awya bob until 18:00", "Everybody says for themselves that they are away, or back.")]
    [InlineData("off bob tomorrow", "Everybody says for themselves that they are away, or back.")]
    [InlineData("sick bob morgn", "Everybody says for themselves that they are away, or back.")]
    [InlineData("list opn", "Did you mean /dispatch list? To dispatch these words as they are, write: /dispatch text: list opn")]
    [InlineData("cover bob and ann until 18:00", "Say for whom and when you take over: /dispatch cover @ben mon 18:00 - tue 08:00, or until 18:00, today, tomorrow, mon-fri, 24-26 dec, 6-8pm. One command is for one person.")]
    [InlineData("cover bob, ann tomorrow", "Say for whom and when you take over: ")]
    [InlineData("cover @bob and ann until 18:00", "Say for whom and when you take over: ")]
    [InlineData("away bob and ann until 18:00", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away bob and ann", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away bob2 until 18:00", "Nobody in the employee directory is called bob2. Did you mean Bob Reed (@bob)? Everybody says")]
    [InlineData("cover lid 24-26 dec", "Nobody in the employee directory is called lid. Say for whom")]
    [InlineData("away bob until 18:00", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away Cleo Reed tomorrow", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away Celo Reed", "Nobody in the employee directory is called Celo Reed. Did you mean Cleo Reed (@cleo)? Everybody says")]
    [InlineData("back zorro", "Nobody in the employee directory is called zorro. Everybody says for themselves")]
    [InlineData("back ann", "Everybody says for themselves that they are away, or back.")]
    [InlineData("back ann tomorrow", "Everybody says for themselves that they are away, or back.")]
    public async Task What_is_nearly_a_command_never_opens_a_dialog(string typed, string answer) =>
        (await new Office().TypeAndRead(typed)).ShouldStartWith(answer);

    [Theory]
    [InlineData("away ann2 until 18:00")]
    [InlineData("back ann2")]
    [InlineData("away frida tomorrow")]
    [InlineData("away frida")]
    public async Task A_name_with_digits_or_like_a_day_is_somebodys_if_the_directory_has_it(string typed)
    {
        var office = new Office();
        office.People.List.Add(new(new("ann2"), "Frida Holm", "frida@example.com", "+447700900104", "en-GB", "Europe/London", []));
        (await office.TypeAndRead(typed)).ShouldStartWith("Everybody says for themselves that they are away, or back.");
    }

    /// <summary>A job that is asked back can still be dispatched.</summary>
    [Theory]
    [InlineData("back door")]
    [InlineData("away alarm")]
    [InlineData("away 2 doors")]
    [InlineData("cover lid 24-26 dec")]
    [InlineData("cover @bob the roof now")]
    [InlineData("away tomorow")]
    public async Task What_is_asked_back_says_how_it_is_dispatched(string typed)
    {
        var office = new Office();
        (await office.TypeAndRead(typed)).ShouldEndWith($"To dispatch these words as they are, write: /dispatch text: {typed}");
        (await office.Open($"text: {typed}")).Ticket.Title.ShouldBe(typed);
    }

    [Theory]
    [InlineData("cover plate is loose until further notice")]
    [InlineData("cover gate 4 until 18:00")]
    [InlineData("cover pump 3")]
    [InlineData("away bus 12")]
    [InlineData("back lift 2")]
    [InlineData("back lift 2 now")]
    [InlineData("away ward 112 tomorrow")]
    [InlineData("cover unit 4 mon-fri")]
    [InlineData("cover the stairs until 18:00")]
    [InlineData("cover lamps")]
    [InlineData("cover the bobbin tomorrow")]
    [InlineData("hover lamp tomorrow")]
    [InlineData("away team bus tomorrow")]
    [InlineData("Back Office Printer")]
    [InlineData("back office printer")]
    [InlineData("out of paper in hall 3")]
    [InlineData("away monitor is dark")]
    [InlineData("black smoke in the kitchen")]
    [InlineData("leave the gate open")]
    [InlineData("cover the hole in the fence")]
    [InlineData("cover bobbin winder jammed")]
    [InlineData("cover bob is standing in the rain")]
    [InlineData("list 2 is stuck")]
    [InlineData("help desk phone dead")]
    [InlineData("oncall phone is broken")]
    [InlineData("schedule a technician for lift 2")]
    [InlineData("back door is stuck")]
    [InlineData("hover board out of order")]
    public async Task Words_that_name_nobody_and_no_list_open_the_dialog(string typed) =>
        (await new Office().Open(typed)).Ticket.Title.ShouldBe(typed);

    [Theory]
    [InlineData("aw", "away")]
    [InlineData("away ", "away until 18:00|away until mon 08:00|away today|away tomorrow|away mon-fri|away next week|away for 2 hours")]
    [InlineData("away until ", "away until 18:00|away until mon 08:00")]
    [InlineData("ba", "back")]
    [InlineData("co", "cover")]
    [InlineData("on", "oncall")]
    [InlineData("wh", "who")]
    [InlineData("sche", "schedule")]
    public void Commands_about_people_are_completed(string typed, string ways) =>
        string.Join('|', CommandCompletion.Suggest(typed, (IReadOnlyList<Ticket>)[]).Select(each => each.Text)).ShouldBe(ways);

    [Fact]
    public async Task A_person_is_completed_after_cover() => (await new Office().Lists.SuggestAsync(Office.Ops, "cover @bo", default))
        .ShouldHaveSingleItem().Text.ShouldBe("cover @bob");
}
