using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Tests.Storage;

namespace BotDispatch.Tests.Chat;

/// <summary>What a dispatcher sees of work that is under way: who is being called, and who has which job.</summary>
public sealed class WorkloadTests
{
    /// <summary>Both wait for the same table, so neither is answered before both were asked.</summary>
    [Theory, OnPostgreSql]
    public async Task A_dialog_asks_the_database_for_calls_and_for_held_jobs_at_once(On on)
    {
        await using var ground = await Ground.ReadyAsync(on);
        var (asked, both) = (0, new TaskCompletionSource());
        ground.Statements = new(statement =>
        {
            if (statement.Sql.Contains("FROM dispatches", StringComparison.Ordinal) && Interlocked.Increment(ref asked) == 2)
                both.SetResult();
        });
        var node = ground.NewNode();
        await using var other = await node.Get<Database>().OpenAsync(default);
        await using var locking = await other.BeginTransactionAsync();
        await using (var command = other.CreateCommand())
        {
            command.CommandText = "LOCK TABLE dispatches IN ACCESS EXCLUSIVE MODE";
            await command.ExecuteNonQueryAsync();
        }
        var reading = new Workload(node.Engine, new([]), ground.Clock).ReadForDialogAsync(new("test", "operations"), default);
        await both.Task.WaitAsync(TimeSpan.FromSeconds(30));
        reading.IsCompleted.ShouldBeFalse();
        await locking.RollbackAsync();
        (await reading).Open.ShouldBeEmpty();
    }

    readonly Office office = new();

    [Fact]
    public async Task Who_is_ringing_or_has_a_job_is_seen_beside_the_name_before_anybody_is_picked()
    {
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        await RingAsync(await office.Start("OPS-7", "bob"));
        var form = await office.Open("INC-1099");
        form.People.Select(each => $"{each.Name} | {each.Doing} | {each.Hint}").ShouldBe(
        [
            "Ann Lee | has had INC-1042 since 09:00 UTC | has had INC-1042 since 09:00 UTC · lifts, electrics · en-GB",
            "Bob Reed | ringing for OPS-7 | ringing for OPS-7 · de-DE",
            "Cleo Reed |  | ⚠ tlh cannot be spoken, hears en-GB",
            "Tom Okafor |  | en-GB",
        ]);
        (await office.TypeAndRead("oncall")).ShouldStartWith(
            "Can be phoned: Ann Lee (has had INC-1042 since 09:00 UTC; lifts, electrics), Bob Reed (ringing for OPS-7), Cleo Reed.");
        (await office.Overview.FindPeopleAsync(Office.Ops, "reed", 9, default)).Select(each => each.Doing).ShouldBe(["ringing for OPS-7", null]);
        (await office.Overview.LookAsync(Office.Ops, default)).People!.Value[0].Doing.ShouldBe("has had INC-1042 since 09:00 UTC");
        (await office.Lists.SuggestAsync(Office.Ops, "INC-1099 @bob", default)).ShouldHaveSingleItem().Help.ShouldBe("Bob Reed · ringing for OPS-7 · de-DE");
    }

    [Fact]
    public async Task A_person_who_is_free_again_is_shown_so()
    {
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        await office.Type("done INC-1042");
        (await office.Open("INC-1099")).People.ShouldAllBe(each => each.Doing == null);
        var till = await office.Start("INC-1099");
        await office.PressKey(till, "1");
        office.Clock.Advance(TimeSpan.FromHours(9));
        (await office.Open("OPS-7")).People.ShouldAllBe(each => each.Doing == null, "nobody is held for longer than AcceptedHold");
        (await office.TypeAndRead("list")).ShouldStartWith("INC-1099 Till 4 is broken: Accepted. Ann Lee accepted by phone. Ann Lee has had it since 09:00 UTC.");
    }

    [Fact]
    public async Task Of_other_tenants_jobs_no_more_is_said_than_that_somebody_is_busy()
    {
        office.IsSingleTenant = _ => false;
        office.Restart();
        office.Where = new("slack", "T0ACME/C0OPS");
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        await RingAsync(await office.Start("OPS-7", "bob"));
        office.Where = new("slack", "T0EVIL/C0OPS");
        var seen = (await office.Open("INC-1099")).People;
        seen.Select(each => each.Doing).ShouldBe(["busy", "busy", null, null]);
        (await office.TypeAndRead("oncall")).ShouldNotContain("INC-1042");
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.TypeAndRead("history")).ShouldBe(ReplyText.NoHistory);
        (await office.TypeAndRead("done INC1042")).ShouldBe("There is no dispatch of INC-1042 here. To see what is running: /dispatch list");
        (await office.Lists.SuggestAsync(office.Where, "done ", default)).ShouldBeEmpty();
        (await office.Overview.LookAsync(office.Where, default)).Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_says_who_has_what_since_when_and_what_is_being_called()
    {
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        (await office.Type("list")).ShouldBe(new ChatReply.Private(
            "INC-1042 Lift 2 is stuck: Accepted. Ann Lee accepted by phone. Ann Lee has had it since 09:00 UTC. When it is finished: /dispatch done INC-1042. Asked for by Dana.", lift));
        office.Clock.Advance(TimeSpan.FromMinutes(65));
        await office.Start("OPS-7", "bob");
        (await office.TypeAndRead("list")).ShouldBe(
            """
            Being called:
            OPS-7 Backup failed: Calling. Calling Bob Reed now.
            Accepted, not done:
            INC-1042 Lift 2 is stuck: Accepted. Ann Lee accepted by phone. Ann Lee has had it since 09:00 UTC.
            """.ReplaceLineEndings("\n"));
        (await office.TypeAndRead("status")).ShouldStartWith("Being called:");
        var home = await office.Overview.LookAsync(Office.Ops, default);
        home.Open.ShouldHaveSingleItem().Id.ShouldNotBe(lift);
        home.Accepted.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            job => job.Card.Id.ShouldBe(lift), job => job.Who.ShouldBe("Ann Lee"), job => job.Since.ShouldBe(office.Clock.GetUtcNow() - TimeSpan.FromMinutes(65)));
    }

    /// <summary>After a storm there are more dispatches than one answer can show.</summary>
    [Fact]
    public async Task A_long_list_has_pages()
    {
        for (var n = 1; n <= 45; n++)
        {
            var door = await office.Start($"Door {n}");
            if (n == 1)
                await office.PressKey(door, "1");
        }
        var pages = new List<string[]>();
        foreach (var typed in new[] { "list", "list 2", "list page 3" })
            pages.Add((await office.TypeAndRead(typed)).Split('\n'));

        pages[0].Length.ShouldBe(1 + 20 + 1 + 1 + 1);
        pages[0][^1].ShouldBe("and 24 more: /dispatch list 2");
        pages[1].ShouldSatisfyAllConditions(
            second => second.Length.ShouldBe(1 + 20 + 1), second => second[0].ShouldBe("Being called:"), second => second[^1].ShouldBe("and 4 more: /dispatch list 3"));
        pages[2].Length.ShouldBe(1 + 4);
        var doors = pages.SelectMany(page => page).Where(line => line.StartsWith("Door ", StringComparison.Ordinal)).Select(line => line.Split(':')[0]).ToList();
        doors.Count.ShouldBe(45);
        doors.Distinct().Count().ShouldBe(45, "each stands on one page");
        (await office.TypeAndRead("list 4")).ShouldBe("There are only 3 pages: /dispatch list 3");
        (await office.TypeAndRead("status")).ShouldEndWith("\nand 24 more: /dispatch list");
        (await office.TypeAndRead("cancel")).ShouldEndWith("\nand 24 more: /dispatch list");
    }

    [Fact]
    public async Task A_job_that_is_done_or_dispatched_again_is_nobodys_any_more()
    {
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        (await office.TypeAndRead("done")).ShouldStartWith("Which one? Write /dispatch done and the ticket, as /dispatch done INC-1042\n");
        await office.Type("done inc 1042");
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.TypeAndRead("done")).ShouldBe(ReplyText.NothingToBeDone);
        var till = await office.Start("INC-1099");
        await office.PressKey(till, "1");
        var again = (await office.Press(till, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        (await office.Send(again, ["bob"])).ShouldBeOfType<ChatReply.Started>();
        (await office.TypeAndRead("list")).ShouldNotContain("has had it since");
    }

    [Fact]
    public async Task Completion_offers_what_each_command_can_be_about()
    {
        var lift = await office.Start("INC-1042");
        await office.PressKey(lift, "1");
        await office.Start("OPS-7", "bob");
        (await Ways("done ")).ShouldBe("done INC-1042");
        (await Ways("cancel ")).ShouldBe("cancel OPS-7");
        (await Ways("skip ")).ShouldBe("skip OPS-7");
        (await Ways("take ")).ShouldBe("take OPS-7");
        (await Ways("status ")).ShouldBe("status OPS-7|status INC-1042");
        (await Ways("redispatch ")).ShouldBe("redispatch INC-1042");
        (await Ways("history ")).Split('|').Order().ShouldBe(["history INC-1042", "history OPS-7"]);
        (await Ways("done inc10")).ShouldBe("done INC-1042");
    }

    [Fact]
    public async Task Every_button_can_be_typed_with_the_same_rights()
    {
        var lift = await office.Start("INC-1042", "ann", "bob");
        (await office.Type("skip inc-1042")).ShouldBe(new ChatReply.Private("Calling. Calling Bob Reed now.", lift));
        (await office.TypeAndRead("take INC-1042")).ShouldStartWith("Only employees can take a job, and your chat account is not linked to one. Ask an administrator");
        office.Access.Take = ["bob@example.com"];
        (await office.TypeAndRead("take INC-1042", Office.AnnInChat)).ShouldBe("You may not take a job in the channel. Ask somebody who may: Bob Reed.");
        office.Access.Take = [];
        (await office.TypeAndRead("take INC-1042", Office.AnnInChat)).ShouldBe("Accepted. Taken by Ann in the channel.");
        (await office.TypeAndRead("skip INC-1042")).ShouldStartWith("It is closed: Accepted.");
        var form = (await office.Type("re-dispatch INC-1042")).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Replaces.ShouldBe(lift);
        (await office.Type("redispatch OPS-7")).ShouldBeOfType<ChatReply.Private>();
        ChatCommands.MayOpenForm("redispatch INC-1042", []).ShouldBeTrue();
    }

    [Fact]
    public async Task The_history_tells_what_was_dispatched_and_of_one_ticket_all_of_it()
    {
        (await office.TypeAndRead("history")).ShouldBe(ReplyText.NoHistory);
        await office.Start("INC-1042");
        await office.Type("cancel INC-1042");
        office.Clock.Advance(TimeSpan.FromHours(1));
        await office.Start("INC-1042", "bob");
        await office.Start("OPS-7", "cleo");
        (await office.TypeAndRead("history INC1042")).ShouldBe(
            "10:00 UTC: INC-1042 Lift 2 is stuck: Calling. Calling Bob Reed now.\n09:00 UTC: INC-1042 Lift 2 is stuck: Cancelled. Cancelled by Dana.");
        (await office.TypeAndRead("history")).Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task Next_names_nobody_who_is_busy_without_saying_so()
    {
        await RingAsync(await office.Start("OPS-7", "bob"));
        await office.Start("INC-1042", "ann", "bob", "cleo");
        (await office.TypeAndRead("status INC-1042")).ShouldContain("Next: Bob Reed (busy now), else Cleo Reed.");
        (await office.Overview.LookAsync(Office.Ops, default)).Open.Single(card => card.Ticket.Reference == "INC-1042").Next.ShouldBe("Bob Reed (busy now), else Cleo Reed");
        var lift = (await office.Engine.FindOpenByTicketAsync("INC-1042", default))!;
        (await office.Workload.CardOfAsync(lift, 0, default)).Next.ShouldBe("Bob Reed (busy now), else Cleo Reed");
    }

    async Task<string> Ways(string typed) => string.Join('|', (await office.Lists.SuggestAsync(Office.Ops, typed, default)).Select(each => each.Text));

    async Task RingAsync(DispatchId dispatch)
    {
        var attempt = Agenda.CallToPlace(await office.State(dispatch)).ShouldNotBeNull();
        await office.Engine.ApplyAsync(dispatch, new DispatchInput.BeginCall(attempt, new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(90))), default);
        await office.Engine.ApplyAsync(dispatch, new DispatchInput.LegProgressed(attempt, new(LegStatus.Ringing)), default);
    }
}
