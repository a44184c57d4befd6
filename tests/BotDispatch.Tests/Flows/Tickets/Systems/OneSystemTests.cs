using System.Net;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Tests.Adapters.Teams.Inbound;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>What only one of the ticket systems does.</summary>
public sealed class OneSystemTests
{
    static async Task<DispatchId> AcceptedAsync(World world, PretendSystem system)
    {
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(system.Reference, "priya.nair");
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        return id;
    }

    // Zendesk refuses a safe update with 409 if the ticket has changed since its updated_stamp.
    [Fact]
    public async Task Zendesk_is_asked_again_if_somebody_changed_the_ticket_at_the_same_moment()
    {
        var system = new PretendZendesk { Conflicts = 2 };
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        (system.Status, system.Assignee).ShouldBe(("open", PretendSystem.Priya));
        world.Thread(id).ShouldNotContain(line => line.Contains("Zendesk", StringComparison.Ordinal));
    }

    // Zendesk closes a ticket that is merged into another one, and gives it the tag closed_by_merge. GitLab closes an issue that is moved, and
    // GitHub leads from an issue that was transferred to the one in its new repository. In each the job goes on elsewhere.
    [Theory]
    [InlineData("Zendesk", "it was merged into another ticket"), InlineData("GitLab", "it was moved to another project"), InlineData("GitHub", "it was transferred to acme/it#5")]
    public async Task A_ticket_that_is_merged_moved_or_transferred_while_a_phone_rings_is_said_once_and_the_ringing_goes_on(string name, string because)
    {
        var (zendesk, gitlab, github) = (new PretendZendesk(), new PretendGitLab(), new PretendGitHub());
        PretendSystem system = name switch { "Zendesk" => zendesk, "GitLab" => gitlab, _ => github };
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed");
        await world.PassAsync(5);
        var watch = world.App.Get<TicketWatch>();
        await watch.LookAsync(default);
        (zendesk.Tags, gitlab.MovedTo, github.TransferredTo) = (["vip", "closed_by_merge"], 99, "acme/it");
        system.Change("Eve Adams", status: name == "Zendesk" ? "closed" : system.Statuses.Closed);
        for (var looks = 0; looks < 3; looks++)
        {
            await watch.LookAsync(default);
            await world.PassAsync(3);
        }
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        world.Thread(id).Where(line => line.Contains("can no longer be read", StringComparison.Ordinal)).ShouldHaveSingleItem()
            .ShouldBe($"#7 can no longer be read in {name}: {because}. Calling goes on, because the job may still be needed.");
    }

    // That a merge leaves the tag closed_by_merge is what Zendesk's article says. Should it be missing, or be a tag of something else, nothing is taken for a merge: the ticket
    // is closed, which ends the calls and is said.
    [Theory]
    [InlineData("closed", "vip", true), InlineData("closed", null, true), InlineData("closed", "not_closed_by_merge", true)]
    [InlineData("open", "closed_by_merge", false)]
    public async Task A_ticket_of_Zendesk_without_the_tag_of_a_merge_or_with_it_while_it_is_open_counts_as_it_stands(string status, string? tag, bool isEnd)
    {
        var system = new PretendZendesk();
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed");
        await world.PassAsync(5);
        var watch = world.App.Get<TicketWatch>();
        await watch.LookAsync(default);
        system.Tags = tag is null ? [] : [tag];
        system.Change("Eve Adams", status: status);
        for (var looks = 0; looks < 3; looks++)
        {
            await watch.LookAsync(default);
            await world.PassAsync(3);
        }
        (await world.StateAsync(id)).HasLiveLeg.ShouldBe(!isEnd);
        world.Thread(id).ShouldNotContain(line => line.Contains("merged", StringComparison.Ordinal));
        world.Thread(id).Any(line => line.Contains("closed", StringComparison.Ordinal) && line.Contains("Zendesk", StringComparison.Ordinal)).ShouldBe(isEnd);
    }

    // Zendesk: a ticket with the status closed can never be changed again, 422.
    [Fact]
    public async Task A_closed_ticket_of_Zendesk_is_dispatched_and_each_refusal_is_said_once_in_its_own_words()
    {
        var system = new PretendZendesk();
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        system.Change("Eve Adams", status: "closed");
        var id = await AcceptedAsync(world, system);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        var said = world.Thread(id).Where(line => line.Contains("Zendesk", StringComparison.Ordinal)).ToList();
        said.ShouldContain(line => line.Contains("The ticket is closed in Zendesk already, so its status stays so.", StringComparison.Ordinal));
        said.Count(line => line.Contains("Zendesk refused the comment (“", StringComparison.Ordinal)
            && line.Contains("Status: closed prevents ticket update", StringComparison.Ordinal)).ShouldBe(1);
        said.Count.ShouldBe(3, "status, assignee and note");
    }

    // ServiceNow: sys_journal_field is 200 and empty for an account that may not read it, and work_notes has no value.
    [Fact]
    public async Task Work_notes_that_ServiceNow_does_not_show_are_written_once_and_that_they_cannot_be_seen_is_said_once()
    {
        var system = new PretendServiceNow { HidesJournal = true };
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
        string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
        world.Thread(id).Where(line => line.Contains("Whether ServiceNow kept the work note cannot be seen", StringComparison.Ordinal))
            .ShouldHaveSingleItem().ShouldContain("sys_journal_field");
    }

    [Fact]
    public async Task A_lost_answer_holds_no_further_work_notes_back_where_ServiceNow_shows_none()
    {
        var system = new PretendServiceNow { HidesJournal = true, AnswersToLose = 1 };
        var (world, _) = await EverySystemTests.BeginAsync(system, ("StatusOnAccepted", ""), ("AssignOnAccepted", "false"));
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
        string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
        world.Thread(id).Count(line => line.Contains("Whether ServiceNow kept the work note cannot be seen", StringComparison.Ordinal)).ShouldBe(1);
    }

    // GitHub answers 301 under the old name of a repository: questions follow it, and what is written does not.
    [Fact]
    public async Task What_is_written_into_a_renamed_project_is_refused_with_the_setting_that_has_its_old_name()
    {
        var system = new PretendGitHub();
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        system.WritesToRefuse = (100, HttpStatusCode.MovedPermanently);
        var id = await AcceptedAsync(world, system);
        world.Thread(id).ShouldContain(line => line.Contains("Tickets:GitHub:Repositories must have the present name of the project", StringComparison.Ordinal));
        world.Thread(id).ShouldNotContain(line => line.Contains("BaseAddress", StringComparison.Ordinal));
    }

    // ServiceNow stores the number of a state; its label is in the language of the account.
    [Theory]
    [InlineData("2", "In Progress", null), InlineData("in progress", "In Progress", null)]
    [InlineData("Accepted", "New", "ServiceNow has no state named Accepted in incident. Correct Tickets:ServiceNow:StatusOnAccepted: New, In Progress, Resolved, Closed.")]
    public async Task A_state_of_ServiceNow_is_written_as_its_number_or_its_label(string written, string becomes, string? said)
    {
        var system = new PretendServiceNow();
        var (world, _) = await EverySystemTests.BeginAsync(system, ("StatusOnAccepted", written));
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        system.Status.ShouldBe(becomes);
        world.Thread(id).Where(line => line.Contains("ServiceNow has no state", StringComparison.Ordinal)).ShouldBe(said is null ? [] : [said], Case.Sensitive);
    }

    [Fact]
    public async Task A_status_to_which_Jira_offers_no_transition_is_said_with_those_that_it_offers()
    {
        var system = new PretendJira();
        var (world, _) = await EverySystemTests.BeginAsync(system, ("StatusOnAccepted", "Accepted"));
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        world.Thread(id).ShouldContain(line => line.Contains(
            "Jira offers no transition from To Do to Accepted. Correct Tickets:Jira:StatusOnAccepted: To Do, In Progress, Done.", StringComparison.Ordinal));
    }

    // Jira answers 400 with the reason below the name of the field.
    [Fact]
    public async Task A_transition_of_Jira_that_requires_a_field_is_said_in_Jiras_own_words()
    {
        var system = new PretendJira { RequiresResolution = true };
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        var id = await AcceptedAsync(world, system);
        system.Assignee.ShouldBe(PretendSystem.Priya);
        world.Thread(id).Where(line => line.Contains("Jira refused the status (“Resolution is required.”). Take a transition that requires no further fields", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
    }

    // Jira's issues are read by POST, whose refusals are no failures where something is written.
    [Theory]
    [InlineData(400, """{"errorMessages":["The value 'OPS' does not exist."]}""", "status 400 (“The value 'OPS' does not exist.”)"), InlineData(405, "", "status 405")]
    [InlineData(302, "", "status 302"), InlineData(403, "", "status 403"), InlineData(404, "", "nothing is found at"), InlineData(200, "<html>Sign in</html>", "has no issues")]
    public async Task Issues_that_Jira_does_not_let_be_searched_are_logged_once_until_they_can_be_read_again(int status, string body, string said)
    {
        foreach (var system in (PretendJira[])[new PretendJira(), new PretendJiraDataCenter()])
        {
            var lines = new LogRecorder();
            var (world, _) = await EverySystemTests.BeginAsync(system, lines);
            await using var __ = world;
            world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
            var id = await world.DispatchAsync(system.Reference, "marcus.reed");
            var watch = world.App.Get<TicketWatch>();
            await watch.LookAsync(default);
            lines.Count(362).ShouldBe(0);
            system.InsteadOfIssues = () => new((HttpStatusCode)status) { Content = new StringContent(body) };
            for (var looks = 0; looks < 3; looks++)
            {
                await watch.LookAsync(default);
                // Other questions are answered meanwhile.
                await world.App.Get<ITicketUpdates>().FindAsync(system.Name, system.Reference, default);
            }
            lines.Lines.Where(line => line.StartsWith("362 ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldContain(said);
            lines.Count(363).ShouldBe(0);
            system.InsteadOfIssues = null;
            // Tickets that are refused are not asked for again within a minute.
            await world.PassAsync(61);
            await watch.LookAsync(default);
            lines.Count(363).ShouldBe(1);
            (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        }
    }

    // An issue that was moved answers under its old key, and lists have it under its new one alone.
    [Fact]
    public async Task An_issue_of_Jira_that_was_moved_is_asked_for_alone_once_and_then_in_the_list_by_its_new_key()
    {
        foreach (var system in (PretendJira[])[new PretendJira(), new PretendJiraDataCenter()])
        {
            var (world, _) = await EverySystemTests.BeginAsync(system);
            await using var __ = world;
            world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
            var id = await world.DispatchAsync(system.Reference, "marcus.reed");
            var watch = world.App.Get<TicketWatch>();
            await watch.LookAsync(default);
            system.MovedTo = "IT-3";
            var before = system.Asked;
            await watch.LookAsync(default);
            (system.Asked - before).ShouldBe(2);
            await watch.LookAsync(default);
            (system.Asked - before).ShouldBe(3);
            system.Change("Eve Adams", status: "Done");
            await watch.LookAsync(default);
            (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>();
        }
    }

    // GitHub's secondary limit may come without any header: 403, and only the words say it.
    [Fact]
    public async Task GitHubs_secondary_limit_is_no_refusal()
    {
        var system = new PretendGitHub();
        var (world, _) = await EverySystemTests.BeginAsync(system);
        await using var __ = world;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.BeginAsync(system.Reference, ["priya.nair"]);
        system.Trouble = (1, () => new(HttpStatusCode.Forbidden)
        {
            Content = new StringContent("""{"message":"You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}"""),
        });
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        (system.Status, system.Assignee).ShouldBe(("in progress", PretendSystem.Priya));
        world.Thread(id).ShouldNotContain(line => line.Contains("GitHub", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_assignee_is_news_and_one_who_is_taken_away_is_not()
    {
        var before = new TicketReading.Standing("open", false, "ann, bob", null, null, null, "");
        (before with { Assignee = "bob" }).IsGivenSince(before).ShouldBeFalse();
        (before with { Assignee = null }).IsGivenSince(before).ShouldBeFalse();
        (before with { Assignee = "ann, bob, eve" }).IsGivenSince(before).ShouldBeTrue();
    }
}
