using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Teams.Drawing;
using BotDispatch.Teams.Inbound;
using BotDispatch.Tests.Adapters;

namespace BotDispatch.Tests.Chat;

public sealed class NoticeTests
{
    const string Old = "Employees:File: the list in use is 3 h 20 min old (read 2026-01-05 09:00 UTC), because the file cannot be used now.";

    [Fact]
    public async Task The_overview_shows_what_an_administrator_has_to_mend_until_it_is_mended()
    {
        var office = new Office();
        office.Notices.All.AddRange([Old, "Employees:File: people.csv, line 3: this is not JSON."]);
        const string below = $"\n⚠ {Old}\n⚠ Employees:File: people.csv, line 3: this is not JSON.";
        (await office.TypeAndRead("list")).ShouldEndWith(below);
        (await office.TypeAndRead("oncall")).ShouldEndWith(below);
        (await office.Overview.LookAsync(Office.Ops, CancellationToken.None)).Notices.ShouldBe(office.Notices.All);

        office.Notices.All.Clear();
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.TypeAndRead("oncall")).ShouldNotContain("⚠");
        (await office.Overview.LookAsync(Office.Ops, CancellationToken.None)).Notices.ShouldBeEmpty();
    }

    /// <summary>It is not empty then, and to fill the setting Employees:File would not help.</summary>
    [Theory]
    [InlineData("oncall")]
    [InlineData("INC-1042")]
    [InlineData("Lift 2 is stuck")]
    public async Task While_no_source_of_people_can_be_read_the_directory_is_not_said_to_be_empty(string typed)
    {
        var office = new Office();
        office.People.List.Clear();
        (await office.TypeAndRead(typed)).ShouldBe(ReplyText.NobodyInDirectory);
        office.People.Unread.AddRange(["Ldap:Server: the directory cannot be read whole, no answer.", Old]);
        (await office.TypeAndRead(typed)).ShouldBe("The employee directory cannot be read, so nobody is known who could be phoned. Try again in a moment, or "
            + "have an administrator correct it. ⚠ Ldap:Server: the directory cannot be read whole, no answer. And 1 more: /dispatch list");
    }

    [Fact]
    public async Task Somebody_who_is_not_linked_or_may_not_reads_that_a_source_of_people_cannot_be_read()
    {
        var office = new Office();
        var lift = await office.Start("INC-1042");
        office.People.Unread.Add(Old);
        (await office.PressAndRead(lift, CardAction.TakeIt)).ShouldEndWith(" People may be missing at this moment, because not all sources of people can be read. ⚠ " + Old);
        office.Access.Cancel = ["ann"];
        (await office.PressAndRead(lift, CardAction.Cancel)).ShouldEndWith(Old);
        office.People.Unread.Clear();
        (await office.PressAndRead(lift, CardAction.TakeIt)).ShouldEndWith("in the employee directory.");
    }

    [Fact]
    public async Task A_person_who_picks_people_or_misses_a_ticket_reads_it_too()
    {
        var office = new Office();
        office.Notices.All.AddRange(Enumerable.Range(1, 5).Select(line => $"Tickets:File: tickets.json, line {line}: title is missing."));
        ReplyText.ToMendInDialog((await office.Open("INC-1042")).Notices).ShouldBe(
            "⚠ Tickets:File: tickets.json, line 1: title is missing.\n⚠ Tickets:File: tickets.json, line 2: title is missing.\n⚠ Tickets:File: tickets.json, line 3: title is missing.\nand 2 more: /dispatch list");
        (await office.TypeAndRead("INC-1043")).ShouldContain("⚠ Tickets:File: tickets.json, line 5: title is missing.");
        (await office.TypeAndRead("INC-1042 @nobody")).ShouldContain("⚠ Tickets:File: tickets.json, line 5: title is missing.");

        office.Notices.All.Clear();
        (await office.Open("INC-1042")).Notices.ShouldBeEmpty();
        (await office.TypeAndRead("INC-1043")).ShouldNotContain("⚠");
    }

    [Fact]
    public void Every_chats_dialog_shows_what_is_old_or_left_out_and_nothing_while_all_is_well()
    {
        var form = new DispatchForm("f", new("INC-1", "Lift"), null, [], [], null, DateTimeOffset.UnixEpoch);
        foreach (var draw in (Func<DispatchForm, string>[])[InSlack, InTeams])
        {
            draw(form).ShouldNotContain("the list in use is");
            draw(form with { Notices = [Old] }).ShouldContain("the list in use is 3 h 20 min old");
        }
    }

    static string InSlack(DispatchForm form) => BotDispatch.Slack.Drawing.FormView.Of(form, DialogContext.Of(form, Office.Ops)).AsNode().ToJsonString();

    static string InTeams(DispatchForm form) => DispatchDialog.Of(form, new(Surface.Dialog, "kept", ConversationKind.Channel, ImmutableDictionary<string, string>.Empty)).AsNode().ToJsonString();

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
