using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Teams.Drawing;

namespace BotDispatch.Tests.Adapters.Teams.Drawing;

public sealed class DialogDataTests
{
    static readonly EmployeeId[] Odd = [new("lee,ann"), new("100%"), new("Ελένη"), new("a b&c=d+e")];

    [Fact]
    public void Several_people_travel_between_commas_whatever_their_ids_are()
    {
        var joined = DialogData.Join(Odd);
        joined.Split(',').Length.ShouldBe(Odd.Length);
        Read(DialogData.Button(DialogIntent.Send, "sealed"), (DialogData.PeopleField, joined)).People.ShouldBe(Odd);
        // As clients may send it.
        Read(DialogData.Button(DialogIntent.Send, "sealed"), (DialogData.PeopleField, $" {DialogData.Value(Odd[1])} , ,{DialogData.Value(Odd[0])}")).People.ShouldBe([Odd[1], Odd[0]]);
    }

    [Fact]
    public void A_field_that_does_not_come_is_empty()
    {
        var data = Read(DialogData.Button(DialogIntent.Send, "sealed"));
        (data.People.Length, data.Note, data.What).ShouldBe((0, null, ""));
    }

    [Fact]
    public void What_was_filled_in_can_be_carried_by_a_button()
    {
        var data = Read(DialogData.Button(DialogIntent.Look, "sealed"), (DialogData.PeopleField, DialogData.Join(Odd)), (DialogData.NoteField, "gate B"));
        var again = Read(data.Again(DialogIntent.Send));
        (again.Intent, again.Kept, again.Note).ShouldBe((DialogIntent.Send, "sealed", "gate B"));
        again.People.ShouldBe(Odd);
    }

    [Fact]
    public void What_is_no_dialog_of_ours_is_none() => DialogData.Read(ImmutableDictionary<string, string>.Empty.Add(DialogData.PeopleField, "ann")).ShouldBeNull();

    static DialogData Read(WriteJson button, params (string Field, string Value)[] filled) =>
        DialogData.Read(button.AsObject().ToImmutableDictionary(each => each.Key, each => (string)each.Value!).SetItems(filled.Select(each => KeyValuePair.Create(each.Field, each.Value)))).ShouldNotBeNull();
}
