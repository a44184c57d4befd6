using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Inbound;
using BotDispatch.Storage;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

public sealed class SlackFormTests
{
    readonly Workspace acme = new();

    [Fact]
    public async Task Sending_the_dialog_starts_one_dispatch_in_the_order_of_picking_and_closes_it()
    {
        var view = await acme.Open("INC-1042");
        (await acme.Submit(view, ["bob", "ann"], "use gate B")).ShouldBe(new SlackReply.Nothing());
        (await acme.Submit(view, ["ann"])).ShouldBe(new SlackReply.Nothing());
        var plan = (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan;
        plan.Roster.Select(each => each.Name).ShouldBe(["Bob Reed", "Ann Lee"]);
        (plan.Note, plan.Channel, plan.AskedBy).ShouldBe(("use gate B", Workspace.Ops, new Person("slack", "T0ACME/U0DANA", "Dana")));
        Workspace.Words((await acme.Next("views.publish"))["view"]!).ShouldContain("Lift 2 is stuck");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field()
    {
        var view = await acme.Open("INC-1042");
        Errors(await acme.Submit(view, []))["people"].ShouldBe("Pick at least one person to phone.");
        Errors(await acme.Submit(view, ["tom"]))["people"].ShouldStartWith("Tom Okafor cannot be phoned: No phone number in the directory.");
        Errors(await acme.Submit(view, ["ann"], new string('x', 501)))["note"].ShouldStartWith("The note has 501 characters");
        foreach (var block in new[] { "people", "note" })
            ((string)Workspace.Block(view, block)["type"]!).ShouldBe("input", "errors are shown at input blocks alone");
    }

    [Fact]
    public async Task A_dispatch_that_cannot_be_started_is_explained_in_the_dialogs_place()
    {
        var (one, other) = (await acme.Open("INC-1042"), await acme.Open("INC-1042"));
        await acme.Submit(one, ["ann"]);
        var lines = (await acme.Submit(other, ["ann"])).ShouldBeOfType<SlackReply.Update>().View.AsObject();
        Workspace.Words(lines).ShouldContain("INC-1042 is already being dispatched.");
        lines["submit"].ShouldBeNull();
        var foreign = await acme.Take(Sent.Submission("d", Workspace.From(), Workspace.Filled(one, ["ann"]) with { PrivateMetadata = "{}" }, "t"));
        Workspace.Words(foreign.ShouldBeOfType<SlackReply.Update>().View.AsObject()).ShouldContain(ReplyText.FormIsForeign);
    }

    [Fact]
    public async Task A_ticket_system_too_slow_for_Slack_keeps_the_dialog_open()
    {
        var view = await acme.Open("INC-1042");
        acme.Office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        var sent = acme.Submit(view, ["ann"]);
        await acme.Pass(TimeSpan.FromSeconds(2));
        Errors(await sent)["people"].ShouldBe("We could not look the ticket up in the ticket system (no answer in 2 seconds). Nothing was started: press Dispatch again in a moment.");
    }

    [Fact]
    public async Task What_is_known_too_late_is_not_claimed_and_sent_again_it_is_one_dispatch()
    {
        var view = await acme.Open("INC-1042");
        var name = new TaskCompletionSource<string>();
        var people = new TaskCompletionSource<IReadOnlyList<Employee>>();
        acme.NameOf = (_, _) => name.Task;
        acme.Office.People.Instead = people.Task;
        var sent = acme.Submit(view, ["ann"]);
        // The name costs a quarter of a second, the directory answers just before its two are over, and Slack has gone.
        acme.Office.Clock.Advance(TimeSpan.FromMilliseconds(250));
        await acme.Pass(TimeSpan.FromMilliseconds(2050));
        Errors(await sent).Keys.ShouldBe(["people"]);
        acme.Office.People.Instead = null;
        name.SetResult("Dana");
        (await acme.Submit(view, ["ann"])).ShouldBe(new SlackReply.Nothing());
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task The_sender_of_a_dialog_whose_answer_may_be_too_late_reads_that_it_has_begun(bool isStillOpen)
    {
        if (!isStillOpen)
            acme.Instead["views.update"] = _ => Task.FromResult<SlackAnswer>(new SlackAnswer.Refused("not_found", Refusal.Gone));
        var sent = await SentLate(["ann"]);
        sent.ShouldBe(new SlackReply.Nothing());
        var lines = await acme.Next("views.update");
        ((string)lines["view_id"]!).ShouldBe("V1");
        Workspace.Words(lines["view"]!).ShouldContain("It has started. Its card shows how it goes.");
        if (!isStillOpen)
            Workspace.Words(await acme.Next("chat.postMessage")).ShouldContain("It has started. Its card shows how it goes.");
        await acme.BackgroundWork.DisposeAsync();
        acme.NothingElse();
    }

    [Fact]
    public async Task A_mistake_at_a_field_is_said_as_well_where_it_may_be_too_late()
    {
        Errors(await SentLate(["tom"])).Keys.ShouldBe(["people"]);
        Workspace.Words(await acme.Next("chat.postMessage")).ShouldContain("Tom Okafor cannot be phoned");
    }

    async Task<SlackReply> SentLate(string[] people)
    {
        var view = await acme.Open("INC-1042");
        var (name, list) = (new TaskCompletionSource<string>(), new TaskCompletionSource<IReadOnlyList<Employee>>());
        acme.NameOf = (_, _) => name.Task;
        acme.Office.People.Instead = list.Task;
        var sent = acme.Submit(view, people);
        // Two seconds and a tenth, before the directory's own two are over.
        acme.Office.Clock.Advance(TimeSpan.FromMilliseconds(250));
        acme.Office.Clock.Advance(TimeSpan.FromMilliseconds(1850));
        list.SetResult([.. acme.Office.People.List]);
        return await sent.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_refusal_that_is_known_late_does_not_wait_for_its_link()
    {
        var (one, other) = (await acme.Open("INC-1042"), await acme.Open("INC-1042"));
        await acme.Submit(one, ["ann"]);
        var (ticket, asked) = (new TaskCompletionSource<FoundTicket>(), new TaskCompletionSource());
        acme.Office.Tickets.Instead = ticket.Task;
        acme.Cards = () =>
        {
            asked.SetResult();
            return new TaskCompletionSource<List<PostedCard>>().Task;
        };
        var sent = acme.Submit(other, ["ann"]);
        acme.Office.Clock.Advance(TimeSpan.FromMilliseconds(1900));
        ticket.SetResult(new FoundTicket.Found(new("INC-1042", "Lift 2 is stuck")));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        acme.Office.Clock.Advance(TimeSpan.FromMilliseconds(400));
        Workspace.Words((await sent.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeOfType<SlackReply.Update>().View.AsObject()).ShouldContain("INC-1042 is already being dispatched.");
    }

    [Fact]
    public async Task A_submit_that_breaks_claims_nothing()
    {
        var view = await acme.Open("INC-1042");
        acme.NameOf = (_, _) => throw new InvalidOperationException();
        Errors(await acme.Submit(view, ["ann"]))["people"].ShouldBe("Something went wrong, and we do not know whether this has started. An administrator can find the reason in the log. Press Dispatch again; nothing starts twice.");
    }

    [Fact]
    public async Task Picking_people_draws_their_order_and_what_the_first_will_hear_with_the_note()
    {
        var view = await acme.Open("INC-1042");
        (await Change(view, ["bob", "ann"], "use gate B")).ShouldBe(new SlackReply.Nothing());
        var update = await acme.Next("views.update");
        ((string)update["view_id"]!, (string)update["hash"]!).ShouldBe(("V1", "h0"));
        var drawn = update["view"]!;
        Workspace.Words(Workspace.Block(drawn, "order")).ShouldContain("1. Bob Reed\n2. Ann Lee");
        Workspace.Words(Workspace.Block(drawn, "heard")).ShouldContain("*What Bob Reed will hear*\n>[de-DE] Lift 2 is stuckuse gate B");
        ((string)drawn["private_metadata"]!).ShouldBe((string)view["private_metadata"]!);
        foreach (var (block, action) in new[] { ("people", "people_pick"), ("note", "note_text") })
            ((string)Workspace.Block(drawn, block)["element"]!["action_id"]!).ShouldBe(action, "else what was typed would be lost");
        Workspace.Block(drawn, "people")["element"]!["initial_options"]!.AsArray().Select(each => (string)each!["value"]!).ShouldBe(["bob", "ann"]);
    }

    [Fact]
    public async Task Of_many_changes_only_the_newest_is_drawn_after_the_one_that_is_on_its_way()
    {
        var view = await acme.Open("INC-1042");
        var first = new TaskCompletionSource<SlackAnswer>();
        acme.Instead["views.update"] = _ => first.Task;
        await Change(view, ["ann"]);
        await acme.Next("views.update");
        await Change(view, ["ann", "bob"]);
        await Change(view, ["ann", "bob", "cleo"]);
        acme.NothingElse();
        acme.Instead.Clear();
        first.SetResult(Workspace.Ok("""{"ok":true,"view":{"id":"V1","hash":"h1"}}"""));
        var last = await acme.Next("views.update");
        ((string)last["hash"]!).ShouldBe("h1", "the hash of our own last drawing");
        Workspace.Words(last["view"]!).ShouldContain("3. Cleo Reed");
        await acme.BackgroundWork.DisposeAsync();
        acme.NothingElse();
    }

    [Fact]
    public async Task A_change_that_crossed_an_earlier_drawing_is_drawn_all_the_same()
    {
        var view = await acme.Open("INC-1042");
        acme.Instead["views.update"] = call => Task.FromResult<SlackAnswer>(call.Arguments.AsObject()["hash"] is null
            ? Workspace.Ok("""{"ok":true,"view":{"id":"V1","hash":"h9"}}""")
            : new SlackAnswer.Refused("hash_conflict", Refusal.TooLate));
        await Change(view, ["ann"]);
        await acme.Next("views.update");
        (await acme.Next("views.update"))["hash"].ShouldBeNull();
    }

    [Fact]
    public async Task While_the_ticket_cannot_be_looked_up_the_dialog_stays_as_it_is()
    {
        var view = await acme.Open("INC-1042");
        acme.Office.Tickets.Instead = Task.FromResult<FoundTicket>(new FoundTicket.Unavailable("it answers 503"));
        await Change(view, ["ann"]);
        await acme.BackgroundWork.DisposeAsync();
        acme.NothingElse();
    }

    [Fact]
    public async Task More_than_a_hundred_people_are_searched_by_name_skill_id_and_email()
    {
        acme.Office.People.List.AddRange(Enumerable.Range(0, 300).Select(n => new Employee(new($"p{n}"), $"Person {n}", null, $"+4477009{n:00000}", "en-GB", "UTC", ["plumbing"])));
        var view = await acme.Open("INC-1042 @p299");
        ((string)Workspace.Block(view, "people")["element"]!["type"]!).ShouldBe("multi_external_select");
        (await Suggest("ann")).Select(each => (string)each!["value"]!).ShouldBe(["ann"]);
        (await Suggest("electrics lee")).ShouldHaveSingleItem();
        (await Suggest("bob@ex")).ShouldHaveSingleItem();
        (await Suggest("plumb")).Count.ShouldBe(100);
        (await Suggest("")).Count.ShouldBe(100);
        Workspace.Words((await Suggest("okafor"))[0]!).ShouldContain("Cannot be phoned: No phone number");
        (await acme.Take(Sent.Suggestion("s", Workspace.From(), "other", "ann", null))).ShouldBeOfType<SlackReply.Options>().List.AsArray().ShouldBeEmpty();
        (await acme.Submit(view, ["p299", "ann"])).ShouldBe(new SlackReply.Nothing());
    }

    [Fact]
    public async Task A_slow_or_broken_directory_suggests_nobody()
    {
        acme.Office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var asked = Suggest("ann");
        await acme.Pass(TimeSpan.FromSeconds(2));
        (await asked).ShouldBeEmpty();
        acme.Office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new IOException("no"));
        (await Suggest("ann")).ShouldBeEmpty();
    }

    async Task<JsonArray> Suggest(string typed) => (await acme.Take(Sent.Suggestion(acme.NextId(), Workspace.From(), "people_pick", typed, null))).ShouldBeOfType<SlackReply.Options>().List.AsArray();

    Task<SlackReply> Change(JsonNode view, string[] people, string? note = null) =>
        acme.Take(Sent.Press(acme.NextId(), Workspace.From(), "people_pick", null, "trigger", null, null, Workspace.Filled(view, people, note)));

    static ImmutableDictionary<string, string> Errors(SlackReply reply) => reply.ShouldBeOfType<SlackReply.Errors>().ByBlock;
}
