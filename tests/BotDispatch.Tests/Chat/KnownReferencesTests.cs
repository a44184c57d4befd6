using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

/// <summary>The forms of references are learned from the tickets there are: nothing of these systems' forms is written down in the product.</summary>
public sealed class KnownReferencesTests
{
    static readonly KnownReferences Known = KnownReferences.Of(
    [
        T("INC-1042", "https://tickets.example.com/INC-1042"), T("INC-1051"), T("OPS-7"), T("FM-301"), T("INC0010023", "https://acme.service-now.example/nav_to.do?uri=incident.do?sys_id=9d385017"),
        T("B7-214-68901"), T("REQ/2026/0042"), T("48213", "https://desk.example.com/agent/tickets/48213"), T("ΒΛ-12"),
    ]);

    [Theory]
    [InlineData("INC-1042", "INC-1042")]
    [InlineData("inc-1042", "INC-1042")]
    [InlineData("INC1042", "INC-1042")]
    [InlineData("INC 1042", "INC-1042")]
    [InlineData("inc - 1042", "INC-1042")]
    [InlineData("INC-1042.", "INC-1042")]
    [InlineData("(INC-1042)", "INC-1042")]
    [InlineData("[inc_1042]:", "INC-1042")]
    [InlineData("#INC-1042", "INC-1042")]
    [InlineData("INC\u20111042", "INC-1042")]
    [InlineData("INC\u20141042", "INC-1042")]
    [InlineData("INC\u22121042", "INC-1042")]
    [InlineData("INC\u30FC1042", "INC-1042")]
    [InlineData("ＩＮＣ－１０４２", "INC-1042")]
    [InlineData("INC-\u0661\u0660\u0664\u0662", "INC-1042")]
    [InlineData("INC-1042's", "INC-1042")]
    [InlineData("inc 0010023", "INC0010023")]
    [InlineData("INC-0010023", "INC0010023")]
    [InlineData("b7 214 68901", "B7-214-68901")]
    [InlineData("B721468901", "B7-214-68901")]
    [InlineData("req/2026/0042", "REQ/2026/0042")]
    [InlineData("REQ-2026-0042!", "REQ/2026/0042")]
    [InlineData("#48213", "48213")]
    [InlineData("βλ 12", "ΒΛ-12")]
    [InlineData("https://tickets.example.com/INC-1042", "INC-1042")]
    [InlineData("<https://tickets.example.com/INC-1042>", "INC-1042")]
    [InlineData("<https://tickets.example.com/INC-1042|Lift 2 is stuck>", "INC-1042")]
    [InlineData("<a href=\"https://tickets.example.com/INC-1042\" title=\"x\">Lift 2 is stuck</a>", "INC-1042")]
    [InlineData("[Lift 2 is stuck](https://tickets.example.com/INC-1042)", "INC-1042")]
    [InlineData("http://www.tickets.example.com/inc-1042/", "INC-1042")]
    [InlineData("tickets.example.com/INC-1042", "INC-1042")]
    [InlineData("https://tickets.example.com/INC-1042?focus=comments#c7", "INC-1042")]
    [InlineData("https://tickets.example.com/browse?selected=INC-1051", "INC-1051")]
    [InlineData("https://acme.service-now.example/nav_to.do?uri=incident.do?sys_id=9d385017", "INC0010023")]
    [InlineData("https://desk.example.com/agent/tickets/48213", "48213")]
    public void A_reference_is_found_in_whatever_form_it_is_written(string typed, string reference)
    {
        var reading = Known.Read(typed);
        reading.Named.ShouldBe([reference]);
        reading.IsAll.ShouldBeTrue();
    }

    [Theory]
    [InlineData("INC-1042 please hurry", "INC-1042", "please hurry")]
    [InlineData("the lift of INC 1042 is stuck", "INC-1042", "the lift of is stuck")]
    [InlineData("INC-1042, INC-1051", "INC-1042|INC-1051", "")]
    [InlineData("INC-1042/INC-1051", "INC-1042|INC-1051", "")]
    [InlineData("see https://tickets.example.com/INC-1042 now", "INC-1042", "see now")]
    public void References_are_found_among_words(string typed, string references, string rest)
    {
        var reading = Known.Read(typed);
        string.Join('|', reading.Named).ShouldBe(references);
        reading.Rest.ShouldBe(rest);
    }

    [Theory]
    [InlineData("1042", "INC-1042")]
    [InlineData("10023", "INC0010023")]
    [InlineData("INC-1024", "INC-1042")]
    [InlineData("INC0010032", "INC0010023")]
    [InlineData("INC001023", "INC0010023")]
    [InlineData("INC10023", "INC0010023")]
    [InlineData("INCO010023", "INC0010023")]
    [InlineData("NIC0010023", "INC0010023")]
    [InlineData("1NC0010023", "INC0010023")]
    [InlineData("B7-214-68910", "B7-214-68901")]
    [InlineData("B7-214-6890", "B7-214-68901")]
    [InlineData("87-214-68901", "B7-214-68901")]
    [InlineData("B7 214 68910", "B7-214-68901")]
    [InlineData("B7/214/68091 is leaking", "B7-214-68901")]
    [InlineData("87-214-68901 is leaking", "B7-214-68901")]
    [InlineData("INC-1043 lift is stuck", "INC-1042")]
    [InlineData("1042 lift is stuck", "INC-1042")]
    [InlineData("https://tickets.example.com/INC-1024", "INC-1042")]
    public void What_is_nearly_a_reference_is_in_doubt_and_the_one_that_is_meant_is_near(string typed, string near)
    {
        var reading = Known.Read(typed);
        reading.Named.ShouldBeEmpty();
        reading.Doubtful.ShouldNotBeNull();
        reading.Near.ShouldContain(near);
    }

    [Theory]
    [InlineData("ZZ-1")]
    [InlineData("INC-77777")]
    [InlineData("INC 77777")]
    [InlineData("9")]
    [InlineData("REQ/2031/7777")]
    [InlineData("https://tickets.example.com/unknown")]
    public void What_has_the_form_of_a_reference_is_in_doubt_also_where_none_is_near(string typed) => Known.Read(typed).Doubtful.ShouldNotBeNull();

    [Theory]
    [InlineData("Lift 2 is stuck")]
    [InlineData("Lift 7")]
    [InlineData("Top 7")]
    [InlineData("Till 4 does not take cards")]
    [InlineData("A4 paper has run out")]
    [InlineData("COVID-19 tests have run out")]
    [InlineData("RS-232 cable is broken")]
    [InlineData("Room 301 is flooded")]
    [InlineData("Cold room 3 is at 9 °C and rising")]
    [InlineData("Call +44 7700 900101 at 14:05 on 2026-11-29")]
    [InlineData("Windows 11 laptop of 3 people is dead")]
    [InlineData("printer")]
    [InlineData("https://grafana.example.com/d/abc")]
    [InlineData("Φως ασφαλείας χαλασμένο στη σκάλα Β")]
    [InlineData("incident in hall 3")]
    public void Plain_words_are_plain_words(string typed) => Known.Read(typed).IsPlainWords.ShouldBeTrue(Known.Read(typed).Doubtful);

    [Fact]
    public void Of_two_references_that_differ_in_separators_alone_the_written_one_is_meant()
    {
        var known = KnownReferences.Of([T("INC-1042"), T("INC1042")]);
        known.Read("INC1042").Named.ShouldBe(["INC1042"]);
        known.Read("inc-1042").Named.ShouldBe(["INC-1042"]);
        known.Read("inc 1042").Named.ShouldBe(["INC-1042", "INC1042"]);
    }

    [Theory]
    [InlineData("inc 99999", "INC-99999")]
    [InlineData("INC99999", "INC-99999")]
    [InlineData("ops_99", "OPS-99")]
    public void An_unlisted_ticket_is_asked_for_in_the_form_of_its_series(string typed, string reference) =>
        KnownReferences.Of([T("INC-1042"), T("OPS-7")]).Read(typed).Doubtful.ShouldBe(reference);

    [Fact]
    public void Where_no_ticket_is_known_the_usual_form_is_in_doubt() => KnownReferences.Of([]).Read("INC-1042").Doubtful.ShouldBe("INC-1042");

    [Theory]
    [InlineData("INC1042", "INC1042", 0)]
    [InlineData("INC1042", "INC1024", 1)]
    [InlineData("INC1042", "INC142", 1)]
    [InlineData("INC1042", "INC10042", 1)]
    [InlineData("INC1042", "OPS1042", int.MaxValue)]
    public void Slips_of_the_finger_are_counted(string one, string other, int slips) => Closeness.Of(one, other, 2).ShouldBe(slips);

    static Ticket T(string reference, string? link = null) => new(reference, "Something", Link: link);
}
