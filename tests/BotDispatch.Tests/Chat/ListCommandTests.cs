using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

/// <summary>Tickets that go to a named list.</summary>
public sealed class ListCommandTests
{
    readonly Office office = new();

    public ListCommandTests()
    {
        office.NamedLists.Add("lifts", "Lift engineers", ["bob", "ann"], then: "house", policy: new() { Attempts = 2, Rounds = 1 }, leftOut: [new("Tom Okafor", "No phone number in the directory")]);
        office.NamedLists.Add("house", "House", ["ann", "cleo"]);
        office.NamedLists.Add("nobody", "Nobody", [], leftOut: [new("Tom Okafor", "No phone number in the directory"), new("dave@example.com", "nobody is called that")]);
    }

    [Theory]
    [InlineData("INC-1042 to lifts")]
    [InlineData("inc 1042 to LIFTS")]
    [InlineData("INC-1042 to lift engineers")]
    [InlineData("INC-1042 to lifts note: bring the key")]
    public async Task The_dialog_opens_with_the_people_of_the_list_in_its_order_each_with_a_sentence(string typed)
    {
        var form = await office.Open(typed);
        form.Ticket.Reference.ShouldBe("INC-1042");
        form.Picked.Select(each => each.Value).ShouldBe(["bob", "ann"]);
        form.Lists.ShouldBe([new("lifts", "Lift engineers", true), new("house", "House", false), new("nobody", "Nobody", false)]);
        form.People.Single(each => each.Id.Value == "bob").Doing.ShouldBe("first: on shift until 18:00 (UTC), reason of bob");
        form.People.Single(each => each.Id.Value == "ann").Hint.ShouldStartWith("second: on shift until 18:00 (UTC), reason of ann · lifts, electrics");
        form.ListWords.ShouldBe($"From the list {"Lift engineers".Isolated()}. If nobody accepts, then {"House".Isolated()}. Left out: {"Tom Okafor".Isolated()} (No phone number in the directory).");
    }

    [Fact]
    public async Task The_dispatch_keeps_the_lists_their_policies_and_every_reason()
    {
        var form = await office.Open("INC-1042 to lifts");
        var plan = (await office.State((await office.Send(form, ["ann", "bob"])).ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan;
        plan.Roster.Select(each => each.Id.Value).ShouldBe(["ann", "bob", "cleo"]);
        plan.Lists.Select(each => (each.Id, each.Name, each.Policy.AttemptsPerEmployee, each.Policy.Rounds)).ShouldBe([("lifts", "Lift engineers", 2, 1), ("house", "House", 3, 0)]);
        plan.Lists[0].People.ShouldBe([new(0, "reason of ann"), new(1, "reason of bob")]);
        plan.Lists[1].People.ShouldBe([new(2, "reason of cleo"), new(0, "reason of ann")], "who was called before is called last");
        plan.Policy.ShouldBe(plan.Lists[0].Policy);
    }

    [Theory]
    [InlineData("Man walked to lifts", "Man walked")]
    [InlineData("text: Man walked to lifts", "Man walked to lifts")]
    [InlineData("Somebody took the lift to the roof", "Somebody took the lift to the roof")]
    [InlineData("Bring lifts to", "Bring lifts to")]
    [InlineData("Go to lifts please", "Go to lifts please")]
    public async Task Only_the_name_of_a_list_at_the_end_is_one(string typed, string subject) => (await office.Open(typed)).Ticket.Title.ShouldBe(subject);

    [Theory]
    [InlineData("INC-1042 to lfits", "There is no list called lfits. Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 to lfits")]
    [InlineData("INC-1042 to liftt now", "There is no list called liftt. Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 to liftt")]
    [InlineData("INC-1042 to lifts nwo", "There is no list called lifts nwo. Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 to lifts nwo")]
    [InlineData("INC-1042 lifts", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 lifts")]
    [InlineData("INC-1042 too lifts", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 too lifts")]
    [InlineData("INC-1042 for Lift Engineers", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 for Lift Engineers")]
    [InlineData("INC-1042 lifts now", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 lifts now")]
    [InlineData("INC-1042 @lifts", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042 @lifts")]
    [InlineData("Man in lift @lifts", "Did you mean /dispatch Man in lift to lifts? To dispatch these words as they are, write: /dispatch text: Man in lift @lifts")]
    [InlineData("@lifts", "Lift engineers is a list of people. Say what it is about: /dispatch INC-1042 to lifts. To dispatch these words as they are, write: /dispatch text: @lifts")]
    [InlineData("INC-1042 bob", "Did you mean /dispatch INC-1042 @bob? To dispatch these words as they are, write: /dispatch text: INC-1042 bob")]
    [InlineData("INC-1042 Bob Reed", "Did you mean /dispatch INC-1042 @\"Bob Reed\"? To dispatch these words as they are, write: /dispatch text: INC-1042 Bob Reed")]
    [InlineData("INC-1042, lifts", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: INC-1042, lifts")]
    [InlineData("lifts INC-1042", "Did you mean /dispatch INC-1042 to lifts? To dispatch these words as they are, write: /dispatch text: lifts INC-1042")]
    [InlineData("ann INC-1042", "Did you mean /dispatch INC-1042 @ann? To dispatch these words as they are, write: /dispatch text: ann INC-1042")]
    [InlineData("INC-1042 ann and bob", "Did you mean /dispatch INC-1042 @ann @bob? To dispatch these words as they are, write: /dispatch text: INC-1042 ann and bob")]
    [InlineData("INC-1042 @bo", "Nobody in the employee directory is called @bo. Did you mean Bob Reed (@bob)? Write the id, the email or the name, like @\"Ann Lee\", or choose in the dialog. If you mean the at sign as text, write: /dispatch text: mail @bo")]
    [InlineData("INC-1042 to plumbing", "There is no list called plumbing. Lists: lifts, house, nobody. To dispatch these words as they are, write: /dispatch text: INC-1042 to plumbing")]
    public async Task An_unknown_list_is_named_privately_with_the_nearest_ones(string typed, string said)
    {
        Plain(await office.TypeAndRead(typed)).ShouldBe(said);
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INC-1042 to “lifts”")]
    [InlineData("INC-1042 to \"Lift engineers\"")]
    [InlineData("INC-1042 to Lifts.")]
    [InlineData("INC-1042 to lift-engineers")]
    [InlineData("INC-1042 to LiftEngineers!")]
    public async Task A_list_is_recognised_in_quotes_at_the_end_of_a_sentence_and_whatever_stands_between_its_words(string typed) =>
        (await office.Open(typed)).Picked.Select(each => each.Value).ShouldBe(["bob", "ann"]);

    [Theory]
    [InlineData("INC-1042 to lifts now.")]
    [InlineData("INC-1042 to ‘lifts’ now!")]
    [InlineData("INC-1042 to Sto\u0308rung now")]
    [InlineData("INC-1042 to stoerungsdienst-nord now")]
    public async Task The_full_stop_of_a_telephones_keyboard_and_letters_in_two_parts_do_not_keep_a_dispatch_from_starting(string typed)
    {
        office.NamedLists.Add("störung", "Stoerungsdienst Nord", ["bob"]);
        Plain(await office.TypeAndRead(typed)).ShouldStartWith("Started: ");
    }

    [Fact]
    public async Task Of_two_lists_with_the_same_letters_only_the_one_that_is_written_exactly_is_meant()
    {
        office.NamedLists.Add("night-shift", "Night-shift", ["bob"]);
        office.NamedLists.Add("night shift", "Night shift", ["ann"]);
        (await office.Open("INC-1042 to Night-Shift")).Picked.Select(each => each.Value).ShouldBe(["bob"]);
        (await office.Open("INC-1042 to NIGHT SHIFT")).Picked.Select(each => each.Value).ShouldBe(["ann"]);
        Plain(await office.TypeAndRead("INC-1042 to nightshift")).ShouldStartWith("There is no list called nightshift. Did you mean ");
    }

    [Theory]
    [InlineData("lifts", "lifts", "")]
    [InlineData("to Lifts", "to Lifts", "")]
    [InlineData("to lift engineers now", "to lift engineers now", " now")]
    public async Task A_list_without_a_job_opens_no_dialog(string typed, string words, string now) => Plain(await office.TypeAndRead(typed)).ShouldBe(
        $"Lift engineers is a list of people. Say what it is about: /dispatch INC-1042 to lifts{now}. To dispatch these words as they are, write: /dispatch text: {words}");

    [Theory]
    [InlineData("INC-1042 to bob", "Did you mean /dispatch INC-1042 @bob?")]
    [InlineData("INC-1042 to Ann Lee now", "Did you mean /dispatch INC-1042 @\"Ann Lee\"?")]
    public async Task A_person_in_place_of_a_list_is_named_as_people_are_written(string typed, string said)
    {
        Plain(await office.TypeAndRead(typed)).ShouldContain(said);
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_any_list_the_answer_says_how_to_set_them_up()
    {
        office.NamedLists.Clear();
        Plain(await office.TypeAndRead("INC-1042 to lifts")).ShouldStartWith("No lists of people are set up, so lifts is none. An administrator can add them with the setting Employees:Lists.");
    }

    [Fact]
    public async Task A_list_that_is_removed_while_it_is_started_is_named_and_the_others_are_offered()
    {
        office.NamedLists.RemoveAfterNextLook("lifts");
        Plain(await office.TypeAndRead("INC-1042 to lifts now")).ShouldStartWith("There is no list called lifts. Lists: house, nobody.");
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("INC-1042 to nobody")]
    [InlineData("INC-1042 to nobody now")]
    public async Task A_list_that_means_nobody_says_why_for_each(string typed)
    {
        Plain(await office.TypeAndRead(typed)).ShouldBe(
            "Nobody on Nobody can be called, so nothing was started. Tom Okafor: No phone number in the directory. dave@example.com: nobody is called that.");
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task With_now_it_starts_at_once_and_the_same_delivery_starts_it_once()
    {
        var delivery = new Delivery("once");
        for (var times = 0; times < 2; times++)
            Plain((await office.Commands.CommandAsync(Office.Dana, Office.Ops, "INC-1042 to lifts now", delivery, default)).ShouldBeOfType<ChatReply.Private>().Text)
                .ShouldBe("Started: the people on Lift engineers are called in its order. The card shows how it goes.");
        var plan = (await office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan;
        plan.Lists[0].People.Select(each => plan.Roster[each.Callee].Id.Value).ShouldBe(["bob", "ann"]);
        Plain(await office.TypeAndRead("INC-1042 to lifts now")).ShouldContain("already being dispatched");
    }

    [Fact]
    public async Task Somebody_who_may_not_dispatch_starts_nothing_with_now()
    {
        office.Access.Dispatch = ["slack:U0BOSS"];
        office.Restart();
        (await office.TypeAndRead("INC-1042 to lifts now")).ShouldContain("may not");
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_is_chosen_in_the_dialog_fills_in_its_people_and_none_keeps_those_who_are_picked()
    {
        var form = await office.Open("INC-1042");
        form.Lists.ShouldAllBe(each => !each.IsPicked);
        var chosen = (await Redraw(form, "lifts", "cleo")).ShouldNotBeNull();
        chosen.Picked.Select(each => each.Value).ShouldBe(["bob", "ann"]);
        chosen.Lists[0].IsPicked.ShouldBeTrue();
        var changed = (await Redraw(chosen, "lifts", "ann", "cleo")).ShouldNotBeNull();
        changed.Picked.Select(each => each.Value).ShouldBe(["ann", "cleo"], "the same list keeps what was picked since");
        var none = (await Redraw(changed, "", "ann", "cleo")).ShouldNotBeNull();
        none.Picked.Select(each => each.Value).ShouldBe(["ann", "cleo"]);
        none.ListWords.ShouldBeNull();
        var plan = (await office.State((await office.Send(none, ["ann"])).ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan;
        plan.Lists.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_is_chosen_and_sent_at_once_calls_everybody_on_it()
    {
        var form = await office.Open("INC-1042");
        var sent = await office.Submitting.SubmitAsync(
            new(form.FormId, Office.Dana, Office.Ops, "INC-1042", [], null, null) { List = "house" }, default);
        (await office.State(sent.ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan.Roster.Select(each => each.Id.Value).ShouldBe(["ann", "cleo"]);
    }

    [Fact]
    public async Task A_list_that_is_gone_when_the_dialog_is_sent_starts_nothing()
    {
        var form = await office.Open("INC-1042 to lifts");
        office.NamedLists.Clear();
        Plain((await office.Send(form, ["ann"])).ShouldBeOfType<ChatReply.FieldErrors>().Errors["people"]).ShouldBe("There is no list called lifts any more. Choose another one, or none.");
        (await office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redispatch_offers_the_list_again_without_those_who_rejected()
    {
        var first = (await office.Send(await office.Open("INC-1042 to lifts"), ["bob", "ann"])).ShouldBeOfType<ChatReply.Started>().Dispatch;
        await office.PressKey(first, "2");
        await office.Press(first, CardAction.Cancel);
        var form = (await office.Press(first, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        form.Picked.Select(each => each.Value).ShouldBe(["ann"]);
        form.Lists[0].IsPicked.ShouldBeTrue();
    }

    [Fact]
    public async Task Half_typed_lists_are_completed()
    {
        (await office.Lists.SuggestAsync(Office.Ops, "INC-1042 to l", default)).Select(each => each.Text).ShouldBe(["INC-1042 to lifts"]);
        (await office.Lists.SuggestAsync(Office.Ops, "INC-1042 to ", default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Who_is_informed_when_a_list_is_exhausted_is_frozen_as_a_place_or_a_person()
    {
        office.Places = [new("Chat:AlsoIn:yard", "yard", "teams:T/yard", false)];
        office.NamedLists.Add("told", "Told", ["ann"], null, null, null, "Yard", "cleo@example.com");
        office.Restart();
        var plan = (await office.State((await office.Send(await office.Open("INC-1042 to told"), ["ann"])).ShouldBeOfType<ChatReply.Started>().Dispatch)).Plan;
        plan.Lists[0].ShownWhenExhausted.Select(each => (each.Name, each.IsByRule)).ShouldBe([("yard", true)]);
        plan.Lists[0].MentionedWhenExhausted.Select(each => each.Name).ShouldBe(["Cleo Reed"]);
    }

    Task<DispatchForm?> Redraw(DispatchForm form, string list, params string[] picked) => office.Redrawing.AgainAsync("slack", new(
        form.FormId, form.Ticket.Reference, [.. picked.Select(each => new EmployeeId(each))], null, null, null, Office.Ops, [])
    { List = list },
        new("redraw"), default);

    static string Plain(string text) => string.Concat(text.Where(letter => letter is not ('\u2068' or '\u2069')));
}
