using BotDispatch.Chat;

namespace BotDispatch.Tests.Chat;

public sealed class CommandGrammarTests
{
    [Theory]
    [InlineData("INC\u00AD-1042"), InlineData("\u061CINC-1042\u061C"), InlineData("\u2066INC-1042\u2069")]
    public void Letters_that_nobody_sees_are_no_part_of_a_reference(string typed) =>
        CommandGrammar.Parse(typed).ShouldBeOfType<ChatCommand.Open>().ResolvedTicket.ShouldBe("INC-1042");

    [Theory]
    [InlineData("", "Empty")]
    [InlineData("   \u00a0 ", "Empty")]
    [InlineData("/dispatch", "Empty")]
    [InlineData("help", "Help")]
    [InlineData("HELP cancel", "Help")]
    [InlineData("?", "Help")]
    [InlineData("help desk printer is broken", "Open(help desk printer is broken)")]
    [InlineData("list", "List")]
    [InlineData("list 3", "List(3)")]
    [InlineData("List page 12", "List(12)")]
    [InlineData("list 0", "Open(list 0)")]
    [InlineData("list of lamps to be changed", "Open(list of lamps to be changed)")]
    [InlineData("on call", "OnCall")]
    [InlineData("OnCall", "OnCall")]
    [InlineData("on-call", "OnCall")]
    [InlineData("status", "Status()")]
    [InlineData("Status  inc-1042", "Status(inc-1042)")]
    [InlineData("cancel \u201cINC-1042\u201d", "Cancel(INC-1042)")]
    [InlineData("cancel", "Cancel()")]
    [InlineData("cancel Lift 2 is stuck", "Cancel(Lift 2 is stuck)")]
    [InlineData("done INC\u20131042", "Done(INC-1042)")]
    [InlineData("status INC-1042 note: x", "Open(status INC-1042) note x")]
    public void Subcommands_are_distinguished_from_things_to_dispatch(string text, string means) => Read(text).ShouldBe(means);

    [Theory]
    [InlineData("INC-1042", "Open(INC-1042)")]
    [InlineData("  /dispatch \t INC-1042 \n", "Open(INC-1042)")]
    [InlineData("\"INC-1042\"", "Open(INC-1042)")]
    [InlineData("\u2018INC-1042\u2019", "Open(INC-1042)")]
    [InlineData("\u00abLift 2\u00bb", "Open(Lift 2)")]
    [InlineData("\"Lift 2\" and \"Lift 3\"", "Open(\"Lift 2\" and \"Lift 3\")")]
    [InlineData("\"don't panic\"", "Open(don't panic)")]
    [InlineData("Lift   2\u00a0is\r\nstuck", "Open(Lift 2 is stuck)")]
    [InlineData("INC-1042 note: bring the key", "Open(INC-1042) note bring the key")]
    [InlineData("INC-1042 NOTE:\u201cbring the key\u201d", "Open(INC-1042) note bring the key")]
    [InlineData("INC-1042 note:", "Open(INC-1042)")]
    [InlineData("note: only a note", "Open() note only a note")]
    [InlineData("INC-1042 note: one note: two", "Open(INC-1042) note one note: two")]
    [InlineData("keynote:speaker missing", "Open(keynote:speaker missing)")]
    public void What_is_to_be_done_and_the_note_are_taken_apart(string text, string means) => Read(text).ShouldBe(means);

    [Theory]
    [InlineData("INC-1042 @ann @bob", "Open(INC-1042) for @ann @bob")]
    [InlineData("INC-1042 to @ann, @bob and @cleo", "Open(INC-1042) for @ann @bob @cleo")]
    [InlineData("@ann INC-1042", "Open(INC-1042) for @ann")]
    [InlineData("INC-1042 @ann or @bob", "Open(INC-1042) for @ann @bob")]
    [InlineData("INC-1042 @ann oder @bob", "Open(INC-1042) for @ann @bob")]
    [InlineData("dispatch INC-1042 @ann", "Open(INC-1042) for @ann")]
    [InlineData("/dispatch dispatch INC-1042", "Open(INC-1042)")]
    [InlineData("Dispatch cancel INC-1042", "Cancel(INC-1042)")]
    [InlineData("dispatch desk is on fire", "Open(dispatch desk is on fire)")]
    [InlineData("dispatch", "Open(dispatch)")]
    [InlineData("INC-1042 @\"Ann Lee\" @\u201cBob Reed\u201d", "Open(INC-1042) for @Ann Lee @Bob Reed")]
    [InlineData("INC-1042 @ann@example.com", "Open(INC-1042) for @ann@example.com")]
    [InlineData("INC-1042 @ann @ann", "Open(INC-1042) for @ann")]
    [InlineData("mail ann@example.com about it", "Open(mail ann@example.com about it)")]
    [InlineData("Meet @ the gate", "Open(Meet @ the gate)")]
    [InlineData("INC-1042 @ann note: ask @bob for the key", "Open(INC-1042) for @ann note ask @bob for the key")]
    [InlineData("@ann", "Open() for @ann")]
    public void People_are_named_after_an_at_sign(string text, string means) => Read(text).ShouldBe(means);

    [Theory]
    [InlineData("text: INC-1042", "Open(INC-1042) verbatim")]
    [InlineData("TEXT:cancel everything", "Open(cancel everything) verbatim")]
    [InlineData("text: mail @ann", "Open(mail @ann) verbatim")]
    [InlineData("@ann text: status of @bob note: x", "Open(status of @bob) verbatim for @ann note x")]
    [InlineData("wrong text: on the sign", "Open(wrong text: on the sign)")]
    [InlineData("text:", "Open() verbatim")]
    public void Words_after_text_are_taken_as_they_are(string text, string means) => Read(text).ShouldBe(means);

    [Theory]
    [InlineData("<script>alert(1)</script>", "Open(<script>alert(1)</script>)")]
    [InlineData("<!channel> *bold* `x`", "Open(<!channel> *bold* `x`)")]
    [InlineData("a\u0000b\u0007c", "Open(a b c)")]
    [InlineData("safe\u202Eevil\u202C", "Open(safeevil)")]
    [InlineData("zero\u200Bwidth\uFEFF", "Open(zerowidth)")]
    [InlineData("\uE000 \uE001 posing as a mention", "Open(posing as a mention)")]
    [InlineData("'; DROP TABLE dispatches; --", "Open('; DROP TABLE dispatches; --)")]
    [InlineData("{{7*7}} ${env:HOME} %s %n", "Open({{7*7}} ${env:HOME} %s %n)")]
    [InlineData("@ @@ @, @\"\" @\u201c \u201d", "Open(@ @@ @, @\"\" @\u201c \u201d)")]
    public void Hostile_text_is_only_text(string text, string means) => Read(text).ShouldBe(means);

    [Fact]
    public void A_mention_of_the_chat_names_its_person_and_leaves_the_words() =>
        Read("INC-1042 to <@U1|ann>,<@U2> note: thank <@U1|ann>", new("<@U1|ann>", new("slack", "U1", "Ann")), new("<@U2>", new("slack", "U2", "Bob")), new("<@U1|ann>", new("slack", "U1", "Ann")))
            .ShouldBe("Open(INC-1042) for slack:U1 slack:U2 note thank @Ann");

    [Fact]
    public void Two_people_of_the_same_name_stay_two_people() =>
        Read("INC-1 <at>Sam</at> <at>Sam</at>", new("<at>Sam</at>", new("teams", "29:a", "Sam")), new("<at>Sam</at>", new("teams", "29:b", "Sam")))
            .ShouldBe("Open(INC-1) for teams:29:a teams:29:b");

    [Fact]
    public void A_mention_in_words_taken_as_they_are_is_its_name() =>
        Read("text: sign for <@U1> fell off", new Mention("<@U1>", new("slack", "U1", "Ann"))).ShouldBe("Open(sign for @Ann fell off) verbatim");

    [Fact]
    public void Very_long_text_is_understood_at_once()
    {
        var long_ = string.Concat(Enumerable.Repeat("@a \u201cnote : text :\u201d ", 20_000));
        CommandGrammar.Parse(long_).ShouldBeOfType<ChatCommand.Open>().People.Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("INC-1042", true)]
    [InlineData("a1-7", true)]
    [InlineData("INC-", false)]
    [InlineData("1042", false)]
    [InlineData("INC-10x", false)]
    [InlineData("INC 1042", false)]
    [InlineData("-1042", false)]
    public void A_reference_is_letters_a_hyphen_and_digits(string text, bool looksSo) => CommandGrammar.LooksLikeReference(text).ShouldBe(looksSo);

    static string Read(string text, params Mention[] mentions) => CommandGrammar.Parse(text, mentions) switch
    {
        ChatCommand.Open open => $"Open({open.ResolvedTicket})" + (open.IsVerbatim ? " verbatim" : "")
            + (open.People.Length > 0 ? " for " + string.Join(' ', open.People.Select(Name)) : "") + (open.Note is { } note ? $" note {note}" : ""),
        ChatCommand.Status status => $"Status({status.Ticket})",
        ChatCommand.Cancel cancel => $"Cancel({cancel.Ticket})",
        ChatCommand.Done done => $"Done({done.Ticket})",
        ChatCommand.List { Page: > 1 and var page } => $"List({page})",
        var other => other.GetType().Name,
    };

    static string Name(NamedPerson named) => named switch
    {
        NamedPerson.Mentioned(var person) => $"{person.Platform}:{person.UserId}",
        NamedPerson.Typed(var word) => $"@{word}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
