using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

public sealed class NoticeTests
{
    const string Old = "Employees:File: the list in use is 3 h 20 min old (read 2026-01-05 09:00 UTC), because the file cannot be used now.";

    [Fact]
    public async Task Whoever_looks_at_the_whole_reads_what_an_administrator_has_to_mend_until_it_is_mended()
    {
        var office = new Office();
        office.Notices.All.AddRange([Old, "Employees:File: people.csv, line 3: this is not JSON."]);
        const string below = $"\n⚠ {Old}\n⚠ Employees:File: people.csv, line 3: this is not JSON.";
        (await office.TypeAndRead("list")).ShouldEndWith(below);
        (await office.TypeAndRead("oncall")).ShouldEndWith(below);
        (await office.Desk.HomeAsync(Office.Ops, CancellationToken.None)).Notices.ShouldBe(office.Notices.All);

        office.Notices.All.Clear();
        (await office.TypeAndRead("list")).ShouldBe(DeskWords.NothingIsOpen);
        (await office.TypeAndRead("oncall")).ShouldNotContain("⚠");
        (await office.Desk.HomeAsync(Office.Ops, CancellationToken.None)).Notices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_doubtful_number_is_said_where_its_owner_is_picked()
    {
        var office = new Office();
        office.People.List[0] = office.People.List[0] with { PhoneNote = "Two phone numbers stand in one field of the directory: only the first is phoned." };
        var ann = (await office.Open("INC-1042")).People.First(each => each.Id == new EmployeeId("ann"));
        ann.CannotBePicked.ShouldBeNull();
        ann.Hint.ShouldStartWith("⚠ Two phone numbers stand in one field of the directory: only the first is phoned");
        (await office.TypeAndRead("oncall")).ShouldContain("electrics, ⚠ Two phone numbers stand in one field of the directory: only the first is phoned)");
    }
}
