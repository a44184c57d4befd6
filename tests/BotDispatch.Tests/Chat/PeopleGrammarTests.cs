using BotDispatch.Chat;
using BotDispatch.Core;

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
    [InlineData("away 2026-12-24T18:00-2026-12-24T20:00", "2026-12-24T18:00-2026-12-24T20:00")]
    public void Words_about_a_time_after_away_are_a_command(string typed, string when) =>
        CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Away(when));

    /// <summary>A dialog for such words would phone people.</summary>
    [Fact]
    public void No_numbers_and_days_after_away_or_cover_are_a_job_however_they_are_separated()
    {
        var random = new Random(20261130);
        string[] pieces = ["24.12.", "24.1", "1.2.2027", "1800", "06:00", "18.30", "18h", "6pm", "8", "mon", "fri", "24/12", "2026-12-24", "3rd", "dec", "2jan", "tomorrow", "noon"];
        string[] signs = ["-", " - ", "\u2013", " \u2013 ", "..", " to ", " until ", "/", " ", ", ", " and ", " & ", "+", ";"];
        for (var n = 0; n < 5000; n++)
        {
            string One() => pieces[random.Next(pieces.Length)];
            var words = string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => One() + signs[random.Next(signs.Length)])) + One() + (random.Next(4) == 0 ? "!" : "");
            CommandGrammar.Parse($"away {words}").ShouldBeOfType<ChatCommand.Away>(words);
            CommandGrammar.Parse($"cover @ben {words}").ShouldBeOfType<ChatCommand.Cover>(words).When.Length.ShouldBeGreaterThan(0);
        }
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
    [InlineData("away monitor is dark")]
    [InlineData("back door is stuck")]
    [InlineData("back office printer")]
    [InlineData("cover the hole in the fence @ben")]
    [InlineData("off-line printer in hall 3")]
    [InlineData("out of paper in hall 3")]
    [InlineData("leave the gate open")]
    [InlineData("black smoke in the kitchen")]
    [InlineData("lift 2 stuck since monday")]
    public void Real_jobs_are_something_to_dispatch(string typed) => CommandGrammar.Parse(typed).ShouldBeOfType<ChatCommand.Open>();

    [Theory]
    [InlineData("bak", "Did you mean /dispatch back?")]
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
    [InlineData("away zorro", "Nobody in the employee directory is called zorro. Everybody says for themselves")]
    [InlineData("away bob until 18:00", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away Cleo Reed tomorrow", "Everybody says for themselves that they are away, or back.")]
    [InlineData("away Celo Reed", "Nobody in the employee directory is called Celo Reed. Did you mean Cleo Reed (@cleo)? Everybody says")]
    [InlineData("back zorro", "Nobody in the employee directory is called zorro. Everybody says for themselves")]
    [InlineData("back ann", "Everybody says for themselves that they are away, or back.")]
    [InlineData("back ann tomorrow", "Everybody says for themselves that they are away, or back.")]
    public async Task What_is_nearly_a_command_never_opens_a_dialog(string typed, string answer) =>
        (await new Office().TypeAndRead(typed)).ShouldStartWith(answer);

    [Theory]
    [InlineData("cover plate is loose until further notice")]
    [InlineData("cover the stairs until 18:00")]
    [InlineData("cover lamps")]
    [InlineData("cover the bobbin tomorrow")]
    [InlineData("hover lamp tomorrow")]
    [InlineData("away team bus tomorrow")]
    [InlineData("Back Office Printer")]
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
