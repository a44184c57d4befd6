using System.Net;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Simulator;
using BotDispatch.Tests.Adapters.Teams.Inbound;
using BotDispatch.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>What holds for every ticket system, whatever its maker calls it: written once and as it really is, and obeyed.</summary>
public sealed class EverySystemTests
{
    static readonly Dictionary<string, Func<PretendSystem>> Makers = new()
    {
        ["Jira Cloud"] = () => new PretendJira(),
        ["Jira Data Center"] = () => new PretendJiraDataCenter(),
        ["ServiceNow"] = () => new PretendServiceNow(),
        ["Zendesk"] = () => new PretendZendesk(),
        ["GitHub"] = () => new PretendGitHub(),
        ["GitLab"] = () => new PretendGitLab(),
        ["HTTP"] = () => new PretendHttp(),
    };

    // Systems beside another one of their kind, with a name of their own.
    static readonly Dictionary<string, Func<PretendSystem>> Further = new()
    {
        ["ServiceNow (emea)"] = () => new FurtherServiceNow(),
        ["GitHub (acme)"] = () => new FurtherGitHub(),
    };

    public static TheoryData<string> Systems => [.. Makers.Keys];

    public static TheoryData<string> AllSystems => [.. Makers.Keys, .. Further.Keys];

    public static TheoryData<string> SystemsWithPriorities => [.. Makers.Where(each => each.Value().Priorities is not null).Select(each => each.Key)];

    internal static Task<(World World, PretendSystem System)> BeginAsync(PretendSystem system, params (string, string)[] more) => BeginAsync(system, null, more);

    internal static async Task<(World World, PretendSystem System)> BeginAsync(PretendSystem system, LogRecorder? log, params (string, string)[] more)
    {
        system.Begin();
        var settings = new Dictionary<string, string>(system.Settings) { ["Policy:AttemptsPerEmployee"] = "2" };
        foreach (var (name, value) in ((string, string)[])[("WriteNotes", "true"), ("StatusOnAccepted", system.Statuses.Accepted), ("AssignOnAccepted", "true"), .. more])
            settings[$"{system.SettingsSection}:{name}"] = value;
        var world = await World.BeginAsync(settings, configure: services =>
        {
            if (log is not null)
                services.AddSingleton(LoggerFactory.Create(logging => logging.AddProvider(log)));
        });
        world.Elsewhere = address => address.AbsolutePath.StartsWith(system.Root, StringComparison.Ordinal) ? system : null;
        return (world, system);
    }

    static Task<(World World, PretendSystem System)> BeginAsync(string name, params (string, string)[] more) => BeginAsync(Make(name), more);

    internal static PretendSystem Make(string name) => (Makers.GetValueOrDefault(name) ?? Further[name])();

    internal static async Task LookAsync(World world)
    {
        await world.App.Get<TicketWatch>().LookAsync(default);
        await world.SettleAsync();
    }

    static async Task<DispatchId> LiveAsync(World world, PretendSystem system)
    {
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed", "priya.nair");
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        return id;
    }

    static async Task<(World World, PretendSystem System, DispatchId Id)> RingingAsync(string name, LogRecorder? log = null)
    {
        var (world, system) = await BeginAsync(Make(name), log);
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed", "priya.nair");
        await world.PassAsync(5);
        (await world.StateAsync(id)).Plan.Ticket.Title.ShouldBe("Lift 2 is stuck");
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse("nothing has changed");
        return (world, system, id);
    }

    [Theory, MemberData(nameof(AllSystems))]
    public async Task An_accepted_ticket_gets_its_status_and_its_assignee_and_then_a_note_that_says_so(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        var id = await LiveAsync(world, system);
        (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya), string.Join('\n', world.Thread(id)));
        var text = string.Join('\n', system.Notes);
        string[] inOrder = ["Asked for by Dana.", "Calling Marcus Reed, attempt 1 of 2.", "Marcus Reed pressed 2: Rejected.", "Accepted: Priya Nair pressed 1",
            $"Status: {system.Statuses.Accepted}.", "Assigned to Priya Nair.", "Accepted at 20"];
        var at = inOrder.Select(words => text.IndexOf(words, StringComparison.Ordinal)).ToList();
        at.ShouldAllBe(place => place >= 0, text);
        at.ShouldBeInOrder();
        system.Journal.Count(each => each.Field == "status").ShouldBe(1);
        system.Journal[^1].Field.ShouldBe("note");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_status_that_the_system_dropped_is_said_in_the_note_and_once_in_the_thread(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        system.KeepsStatus = true;
        var id = await LiveAsync(world, system);
        system.Notes[^1].ShouldContain(system.RefusedStatus);
        system.Notes[^1].ShouldNotContain($"Status: {system.Statuses.Accepted}.");
        world.Thread(id).Where(line => line.Contains(system.RefusedStatus, StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task An_assignee_whom_the_system_dropped_is_said_in_the_note_and_once_in_the_thread(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        system.KeepsAssignee = true;
        var id = await LiveAsync(world, system);
        var refusal = $"{system.Name} kept nobody as assignee and did not assign Priya Nair.";
        system.Notes[^1].ShouldContain(refusal);
        world.Thread(id).Where(line => line.Contains(refusal, StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Somebody_whom_the_system_does_not_know_is_said_with_the_setting_that_names_them(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        world.Phone("marcus.reed").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed");
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        system.Assignee.ShouldBeNull();
        world.Thread(id).Where(line => line.Contains($"Write {system.SettingsSection}:Users:marcus.reed@example.com with ", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Notes_that_the_system_does_not_keep_are_given_up_with_one_line_in_the_thread(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        system.DropsNotes = true;
        var id = await LiveAsync(world, system);
        world.Thread(id).Where(line => line.Contains($"{system.Name} did not keep the ", StringComparison.Ordinal)).ShouldHaveSingleItem();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_note_whose_answer_was_lost_is_looked_for_and_not_written_again(string name)
    {
        foreach (var lost in (int[])[1, 2, 4])
        {
            var (world, system) = await BeginAsync(name);
            await using var _ = world;
            system.AnswersToLose = lost;
            await LiveAsync(world, system);
            system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
            string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
            system.Journal.Count(each => each.Field == "status").ShouldBe(1);
        }
    }

    // A gateway may answer 502 or 503 after the system has stored the note, and count down a limit or ask for a pause in the same answer.
    [Theory, MemberData(nameof(Systems))]
    public async Task A_note_that_was_stored_although_a_gateway_answered_is_not_written_again_whatever_pause_it_asks_for(string name)
    {
        Func<HttpResponseMessage>[] answers =
        [
            () => new(HttpStatusCode.BadGateway) { Headers = { { "X-RateLimit-Remaining", "0" }, { "X-RateLimit-Reset", "7" } } },
            () => new(HttpStatusCode.GatewayTimeout) { Headers = { { "RateLimit-Remaining", "0" }, { "RateLimit-Reset", "7" } } },
            () => new(HttpStatusCode.ServiceUnavailable) { Headers = { { "Retry-After", "7" } } },
        ];
        foreach (var answer in answers)
        {
            var (world, system) = await BeginAsync(name);
            await using var _ = world;
            (system.AnswersToLose, system.InsteadOfAnswer) = (4, answer);
            await LiveAsync(world, system);
            system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
            string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
        }
    }

    // A comment may have 64 KB in most systems, and more in some. A system that sends all comments at once sends 9 MB here.
    [Theory, MemberData(nameof(Systems))]
    public async Task A_note_is_found_among_long_comments_of_others_and_no_later_note_waits_for_it(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        system.Discuss(comments: 150, length: 60_000);
        system.AnswersToLose = 2;
        await LiveAsync(world, system);
        var notes = system.Notes.Where(note => note.Contains("[BotDispatch", StringComparison.Ordinal)).ToList();
        notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
        string.Join('\n', notes).ShouldContain("Accepted: Priya Nair pressed 1");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_system_that_is_down_throttled_or_answers_with_a_page_gets_everything_later_and_once(string name)
    {
        Func<HttpResponseMessage>[] troubles =
        [
            () => new(HttpStatusCode.BadGateway) { Content = new StringContent("<html>Bad gateway</html>") },
            () => new(HttpStatusCode.TooManyRequests) { Headers = { { "Retry-After", "7" } } },
            () => new(HttpStatusCode.OK) { Content = new StringContent("<html>Sign in</html>", Encoding.UTF8, "text/html") },
        ];
        foreach (var trouble in troubles)
        {
            var (world, system) = await BeginAsync(name);
            await using var _ = world;
            world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
            var id = await world.BeginAsync(system.Reference, ["priya.nair"]);
            system.Trouble = (5, trouble);
            await world.ToTheEndAsync(id);
            await world.PassAsync(TimeSpan.FromMinutes(20));
            string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
            system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
            (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya));
        }
    }

    // Zendesk answers 409 to two changes of one ticket at the same moment, notes included; WebDAV's 423 says the same.
    [Theory, MemberData(nameof(Systems))]
    public async Task What_meets_a_change_by_somebody_else_is_written_a_moment_later_and_is_no_refusal(string name)
    {
        foreach (var status in (HttpStatusCode[])[HttpStatusCode.Conflict, HttpStatusCode.Locked])
        {
            var (world, system) = await BeginAsync(name);
            await using var _ = world;
            world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
            var id = await world.BeginAsync(system.Reference, ["priya.nair"]);
            system.WritesToRefuse = (3, status);
            await world.ToTheEndAsync(id);
            await world.PassAsync(TimeSpan.FromMinutes(5));
            string.Join('\n', system.Notes).ShouldContain("Asked for by Dana.");
            (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya));
            system.WritesToRefuse.Count.ShouldBe(0);
            world.Thread(id).ShouldNotContain(line => line.Contains(system.Name, StringComparison.Ordinal));
        }
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_workflow_that_closes_what_we_have_set_ends_no_accepted_job(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        system.MovesOnTo = system.Statuses.Closed;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        var id = await world.DispatchAsync(system.Reference, "priya.nair");
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(60);
        system.Status.ShouldBe(system.Statuses.Closed);
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1)), string.Join('\n', world.Thread(id)));
        world.Thread(id).ShouldNotContain(line => line.Contains($"{system.Name} kept", StringComparison.Ordinal));
        system.Change("Eve Adams", status: system.Statuses.New);
        await world.PassAsync(60);
        await LookAsync(world);
        system.Change("Eve Adams", status: system.Statuses.Closed);
        await world.PassAsync(60);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1), IsDone: true), "it was opened again since");
    }

    [Theory, MemberData(nameof(AllSystems))]
    public async Task A_ticket_that_is_closed_while_a_phone_rings_stops_it(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        system.Change("Eve Adams", status: system.Statuses.Closed);
        await LookAsync(world);
        await world.PassAsync(3);
        var state = await world.StateAsync(id);
        state.Resolution.ShouldBe(new Resolution.CalledOff(
            $"the ticket was closed in {system.Name}{(system.SaysWhoClosed ? " by Eve Adams" : "")} (status {system.Statuses.Closed})"));
        state.HasLiveLeg.ShouldBeFalse();
        world.CallsTo("priya.nair").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_ticket_that_somebody_else_got_stops_the_ringing(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        system.Change("Eve Adams", assignee: PretendSystem.Eve);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>().Because
            .ShouldBeOneOf($"the ticket was assigned to User 44 in {system.Name}", $"the ticket was assigned to 44 in {system.Name}");
    }

    [Theory, MemberData(nameof(SystemsWithPriorities))]
    public async Task A_ticket_that_was_lowered_stops_the_ringing_and_one_that_was_raised_does_not(string name)
    {
        var (world, system) = await BeginAsync(name);
        await using var _ = world;
        var (high, low) = system.Priorities!.Value;
        system.Change("Eve Adams", priority: low);
        world.Phone("marcus.reed").Script = new PersonScript.NeverAnswers();
        var id = await world.DispatchAsync(system.Reference, "marcus.reed");
        await LookAsync(world);
        system.Change("Eve Adams", priority: high);
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        system.Change("Eve Adams", priority: low);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.CalledOff($"its priority was lowered from {high} to {low} in {system.Name}"));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_changed_text_is_what_the_next_call_speaks(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        system.Change("Eve Adams", title: "Lift 3 is stuck");
        await LookAsync(world);
        (await world.StateAsync(id)).Plan.Ticket.Title.ShouldBe("Lift 3 is stuck");
        world.Thread(id).ShouldContain(line => line.StartsWith($"Changed in {system.Name}: title “Lift 2 is stuck” is now “Lift 3 is stuck”.", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_ticket_that_can_no_longer_be_read_is_said_and_logged_once_and_the_ringing_goes_on(string name)
    {
        var lines = new LogRecorder();
        var (world, system, id) = await RingingAsync(name, lines);
        await using var _ = world;
        system.Ticket = HttpStatusCode.NotFound;
        for (var looks = 0; looks < 5; looks++)
            await LookAsync(world);
        lines.Count(112).ShouldBe(1);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        world.Thread(id).Count(line => line.StartsWith($"{system.Reference} can no longer be read in {system.Name}", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_system_that_hangs_delays_no_call_and_gets_everything_once_when_it_answers_again(string name)
    {
        var called = new List<TimeSpan>();
        foreach (var hangs in (bool[])[false, true])
        {
            var (world, system) = await BeginAsync(name);
            await using var _ = world;
            world.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
            world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
            var id = await world.BeginAsync(system.Reference, ["marcus.reed", "priya.nair"]);
            system.Hangs = hangs;
            var (began, looking) = (world.Clock.GetUtcNow(), world.App.Get<TicketWatch>().LookAsync(default));
            await world.ToTheEndAsync(id);
            called.Add(world.CallsTo("priya.nair").ShouldHaveSingleItem().PlacedAt - began);
            system.Hangs = false;
            await world.PassAsync(TimeSpan.FromMinutes(20));
            await looking;
            string.Join('\n', system.Notes).ShouldContain("Accepted: Priya Nair pressed 1");
            system.Notes.Select(note => note.Split('\n')[^1]).ShouldBeUnique();
            (system.Status, system.Assignee).ShouldBe((system.Statuses.Accepted, PretendSystem.Priya));
        }
        called[1].ShouldBe(called[0]);
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_token_that_expires_while_a_phone_rings_is_logged_once_and_neither_ends_nor_hides_anything(string name)
    {
        var lines = new LogRecorder();
        var (world, system, id) = await RingingAsync(name, lines);
        await using var _ = world;
        var before = (lines.Count(362), lines.Count(363));
        system.Trouble = (int.MaxValue, () => new(HttpStatusCode.Unauthorized));
        for (var looks = 0; looks < 5; looks++)
            await LookAsync(world);
        (lines.Count(362), lines.Count(363)).ShouldBe((before.Item1 + 1, before.Item2));
        lines.Lines.ShouldContain(line => line.Contains($"it does not accept {system.SettingsSection}:", StringComparison.Ordinal) && line.Contains("(status 401)", StringComparison.Ordinal));
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        await world.PassAsync(TicketWatch.UntilRefusalIsSaid);
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).IsClosed.ShouldBeFalse();
        world.Thread(id).ShouldNotContain(line => line.Contains("can no longer be read", StringComparison.Ordinal));
        var said = world.Thread(id).Where(line => line.Contains("credentials", StringComparison.Ordinal)).ShouldHaveSingleItem();
        said.ShouldStartWith($"{system.Name} does not accept BotDispatch's credentials any more, so what happens in it is not known. Correct {system.SettingsSection}:");
        said.ShouldEndWith(". Until then nothing is written into it. Calling goes on.");
        system.Trouble = default;
        system.Change("Eve Adams", status: system.Statuses.Closed);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>();
        lines.Count(363).ShouldBe(before.Item2 + 1);
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_token_that_expires_before_somebody_accepts_is_said_once_with_what_to_set_and_the_dispatch_goes_on(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
        system.Trouble = (int.MaxValue, () => new(HttpStatusCode.Unauthorized));
        await LookAsync(world);
        await world.ToTheEndAsync(id);
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.Accepted>();
        var said = world.Thread(id).Where(line => line.Contains(system.Name, StringComparison.Ordinal) && line.Contains("credentials", StringComparison.Ordinal));
        said.ShouldHaveSingleItem(string.Join('\n', world.Thread(id))).ShouldContain($"Correct {system.SettingsSection}:");
        world.Thread(id).ShouldNotContain(line => line.Contains("was not written", StringComparison.Ordinal), "status, assignee and notes have the same cause");
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_permission_that_is_taken_away_while_a_phone_rings_is_said_once_and_counts_again_when_it_is_given_back(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        system.RefusesAll = true;
        await LookAsync(world);
        await LookAsync(world);
        (await world.StateAsync(id)).HasLiveLeg.ShouldBeTrue();
        world.Thread(id).Count(line => line.StartsWith($"{system.Reference} can no longer be read in {system.Name}", StringComparison.Ordinal)).ShouldBe(1);
        system.RefusesAll = false;
        system.Change("Eve Adams", status: system.Statuses.Closed);
        await world.PassAsync(61);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>();
    }

    // Ten thousand accepted jobs whose tickets were deleted would otherwise use up the hourly limit of GitHub.
    [Theory, MemberData(nameof(Systems))]
    public async Task A_ticket_that_can_no_longer_be_read_is_asked_for_once_in_a_minute_and_counts_again_when_it_is_back(string name)
    {
        var (world, system, id) = await RingingAsync(name);
        await using var _ = world;
        system.Ticket = HttpStatusCode.NotFound;
        var before = system.Asked;
        await LookAsync(world);
        (system.Asked - before).ShouldBeInRange(2, 3, "the ticket, in a list and alone, and who we are");
        before = system.Asked;
        for (var looks = 0; looks < 50; looks++)
            await LookAsync(world);
        system.Asked.ShouldBe(before);
        system.Ticket = HttpStatusCode.OK;
        system.Change("Eve Adams", status: system.Statuses.Closed);
        await world.PassAsync(61);
        await LookAsync(world);
        (await world.StateAsync(id)).Resolution.ShouldBeOfType<Resolution.CalledOff>();
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task However_many_looks_and_hints_there_are_a_system_is_asked_four_times_a_second_after_the_first_ten(string name)
    {
        var (world, system, _) = await RingingAsync(name);
        await using var __ = world;
        await world.PassAsync(5);
        var (before, updates) = (system.Asked, world.App.Get<ITicketUpdates>());
        var looks = Enumerable.Range(0, 50).Select(_ => updates.ReadAsync(system.Name, [system.Reference], default)).ToList();
        await world.SettleAsync();
        (system.Asked - before).ShouldBe(SystemClient.MostInARow);
        await world.PassAsync(5);
        (system.Asked - before).ShouldBe(SystemClient.MostInARow + 20);
        await world.PassAsync(5);
        (await Task.WhenAll(looks)).ShouldAllBe(read => read.Count == 1);
        (system.Asked - before).ShouldBe(50);
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task Our_own_writing_is_nobodys_change_even_where_it_closes_the_ticket(string name)
    {
        foreach (var isClosing in (bool[])[false, true])
        {
            var system = Makers[name]();
            var (accepted, closed) = (system.Statuses.Accepted, system.Statuses.Closed);
            var (world, _) = await BeginAsync(system, ("StatusOnAccepted", isClosing ? closed : accepted));
            await using var __ = world;
            world.Phone("priya.nair").Script = new PersonScript.AnswersAndAccepts();
            var id = await world.DispatchAsync(system.Reference, "priya.nair");
            await LookAsync(world);
            await world.ToTheEndAsync(id);
            await world.PassAsync(60);
            (system.Status, system.Assignee).ShouldBe((isClosing ? closed : accepted, PretendSystem.Priya));
            await LookAsync(world);
            (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1)));
            if (isClosing)
                continue;
            system.Change("Eve Adams", status: closed);
            await world.PassAsync(60);
            await LookAsync(world);
            (await world.StateAsync(id)).Resolution.ShouldBe(new Resolution.Accepted(new(id, 0, 1), IsDone: true));
        }
    }

    [Theory, MemberData(nameof(Systems))]
    public async Task A_look_at_a_ticket_that_did_not_change_costs_one_question(string name)
    {
        var (world, system, _) = await RingingAsync(name);
        await using var __ = world;
        await LookAsync(world);
        var before = system.Asked;
        await LookAsync(world);
        (system.Asked - before).ShouldBe(1);
        if (system is PretendGitHub github)
            github.Unchanged.ShouldBeGreaterThan(0, "an answer 304 costs nothing of the hourly limit");
    }
}
