using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

public sealed class PeopleSearchTests
{
    static readonly Employee[] Everybody =
    [
        new(new("a.mueller"), "Änne Müller", "anne@example.com", "+4930", "de-DE", "Europe/Berlin", ["heating"]),
        new(new("eleni.papadaki"), "Ελένη Παπαδάκη", "ep@example.com", "+30", "el-GR", "Europe/Athens", ["network", "access control"]),
        new(new("lucia"), "Lucía Moreno", "lm@example.com", "+34", "es-ES", "Europe/Madrid", ["fire alarms"]),
        new(new("jorgen"), "Jørgen Ås", "j@example.com", "+45", "da-DK", "Europe/Copenhagen", []),
        new(new("lukasz"), "Łukasz Żak", "l@example.com", "+48", "pl-PL", "Europe/Warsaw", ["électricité"]),
        new(new("x1"), "Норман Herman", null, "+7", "ru-RU", "Europe/Moscow", []),
    ];

    [Theory]
    [InlineData("muller", "a.mueller")]
    [InlineData("mueller anne", "a.mueller")]
    [InlineData("MÜLLER", "a.mueller")]
    [InlineData("eleni", "eleni.papadaki")]
    [InlineData("Ελενη", "eleni.papadaki")]
    [InlineData("papadaki control", "eleni.papadaki")]
    [InlineData("control papadaki", "eleni.papadaki")]
    [InlineData("lucia", "lucia")]
    [InlineData("lm@example", "lucia")]
    [InlineData("jorgen as", "jorgen")]
    [InlineData("joergen", "jorgen")]
    [InlineData("lukasz", "lukasz")]
    [InlineData("electricite", "lukasz")]
    [InlineData("norman", "x1")]
    [InlineData("german", "a.mueller")]
    [InlineData("deutsch", "a.mueller")]
    [InlineData("ελληνικα", "eleni.papadaki")]
    [InlineData("ellinika", "eleni.papadaki")]
    [InlineData("spanish fire", "lucia")]
    [InlineData("espanol", "lucia")]
    [InlineData("es-es", "lucia")]
    [InlineData("dansk", "jorgen")]
    [InlineData("русский", "x1")]
    [InlineData("nobody of that name", "")]
    public void People_are_found_whatever_the_accents_the_script_and_the_order(string typed, string ids) =>
        string.Join('|', PeopleSearch.Find(typed, Everybody).Select(each => each.Id)).ShouldBe(ids);

    [Fact]
    public void Nothing_typed_finds_everybody_in_their_order() => PeopleSearch.Find("  ", Everybody).ShouldBe(Everybody);

    [Fact]
    public void Who_is_called_so_comes_before_who_is_found_in_another_way() =>
        PeopleSearch.Find("l", Everybody).Select(each => each.Id.Value).First().ShouldBe("lucia");

    [Theory]
    [InlineData("@muller", "a.mueller")]
    [InlineData("@mueller", "a.mueller")]
    [InlineData("@eleni", "eleni.papadaki")]
    [InlineData("@\"eleni papadaki\"", "eleni.papadaki")]
    [InlineData("@Lucía", "lucia")]
    [InlineData("@moreno", "lucia")]
    public async Task A_person_who_is_named_in_a_command_is_found_whatever_the_accents_and_the_script(string named, string id)
    {
        var office = new Office();
        office.People.List.AddRange(Everybody);
        (await office.Open($"INC-1042 {named}")).Picked.ShouldBe([new EmployeeId(id)]);
    }

    [Theory]
    [InlineData("INC-1042 @elen", "INC-1042 @eleni.papadaki")]
    [InlineData("INC-1042 @ann @german", "INC-1042 @ann @bob|INC-1042 @ann @a.mueller")]
    [InlineData("@luc", "@lucia")]
    [InlineData("mail ann@example", "")]
    public async Task After_an_at_sign_people_are_offered(string typed, string ways)
    {
        var office = new Office();
        office.People.List.AddRange(Everybody);
        string.Join('|', (await office.Lists.SuggestAsync(Office.Ops, typed, default)).Select(each => each.Text)).ShouldBe(ways);
    }

    // .NET 10 under InvariantGlobalization: string.Normalize leaves all but ASCII as it is, in every form, and new CultureInfo("de-DE") throws.
    [Fact]
    public void Folding_does_not_rest_on_what_the_runtime_leaves_out()
    {
        Folding.Fold("Ｍüller").ShouldBe("muller");
        Folding.Key("（ＩＮＣ－１０４２）").ShouldBe("INC1042");
        LanguageNames.Of("de_AT").ShouldBe("German Deutsch");
        LanguageNames.Of("tlh").ShouldBe("");
    }
}
