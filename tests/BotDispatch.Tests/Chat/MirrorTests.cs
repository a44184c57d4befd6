using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Chat;

/// <summary>Showing a dispatch in other places: an administrator allows them, the person who asks must be a member there, and it can be asked for in the dialog or by a command.</summary>
public sealed class MirrorTests
{
    static readonly ChatChannel Yard = new("teams", "t1/19:yard");
    readonly Office office = new();

    [Fact]
    public async Task Without_other_places_the_dialog_has_no_such_field_and_the_command_says_what_to_set()
    {
        (await office.Open("INC-1042")).Places.ShouldBeEmpty();
        await office.Start("INC-1042");
        (await office.TypeAndRead("also INC-1042 in Yard")).ShouldBe("No other place is set up to show dispatches. An administrator can add places with the setting Chat:AlsoIn.");
    }

    [Fact]
    public async Task A_place_that_is_picked_in_the_dialog_shows_the_dispatch_of_the_sender()
    {
        Offer("Yard");
        var form = await office.Open("INC-1042");
        form.Places.ShouldBe([new("Yard", false)]);
        var id = (await SendAsync(form, "Yard")).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.State(id)).Mirrors.ShouldBe([new(Yard, "Yard", Office.Dana)]);
    }

    [Fact]
    public async Task What_the_setting_names_is_shown_there_without_a_word_and_is_not_offered()
    {
        office.Places = [new("Chat:MirrorTo", "", "teams:t1/19:yard", IsByRule: true)];
        office.Restart();
        var form = await office.Open("INC-1042");
        form.Places.ShouldBeEmpty();
        var id = (await office.Send(form)).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.State(id)).Mirrors.ShouldBe([new(Yard, "Teams", Office.Dana, IsByRule: true)]);
    }

    [Fact]
    public async Task A_place_is_not_its_own_mirror()
    {
        Offer("Yard");
        office.Where = Yard;
        (await office.Open("INC-1042")).Places.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, "You are not a member of Yard")]
    [InlineData(true, "This app cannot see Yard (BotNotInConversationRoster)")]
    public async Task Who_is_no_member_reads_it_at_the_field_and_nothing_is_started(bool isUnseen, string words)
    {
        Offer("Yard");
        office.MemberOf = (_, _) => Task.FromResult<Membership>(isUnseen ? new Membership.Unseen("BotNotInConversationRoster") : new Membership.IsNot());
        var form = await office.Open("INC-1042");
        var wrong = (await SendAsync(form, "Yard")).ShouldBeOfType<ChatReply.FieldErrors>();
        wrong.Errors.ShouldHaveSingleItem().Key.ShouldBe("alsoIn");
        wrong.Errors["alsoIn"].ShouldStartWith(words);
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
    }

    [Fact]
    public async Task A_chat_that_does_not_answer_in_time_holds_no_dispatch_up()
    {
        Offer("Yard");
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        office.MemberOf = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<Membership>().Task;
        };
        var form = await office.Open("INC-1042");
        var sending = SendAsync(form, "Yard");
        await asked.Task;
        office.Clock.Advance(Delivery.Usual);
        var id = (await sending).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.State(id)).Mirrors.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_nobody_allowed_cannot_be_asked_for()
    {
        Offer("Yard");
        var wrong = (await SendAsync(await office.Open("INC-1042"), "Boardroom")).ShouldBeOfType<ChatReply.FieldErrors>();
        wrong.Errors["alsoIn"].ShouldBe("There is no place called Boardroom. Places: Yard.");
    }

    [Fact]
    public async Task From_a_chat_with_several_tenants_only_the_own_tenant_is_offered()
    {
        office.Places = [new("Chat:AlsoIn:Yard", "Yard", "teams:t1/19:yard", false), new("Chat:AlsoIn:Shop", "Shop", "slack:T0ACME/C0SHOP", false)];
        office.IsSingleTenant = platform => platform != "slack";
        office.Restart();
        office.Where = new("slack", "T0ACME/C0OPS");
        (await office.Open("INC-1042")).Places.Select(each => each.Name).ShouldBe(["Shop"]);
        office.Where = new("slack", "T0OTHER/C0OPS");
        var form = await office.Open("INC-1042");
        form.Places.ShouldBeEmpty();
        (await SendAsync(form, "Yard")).ShouldBeOfType<ChatReply.FieldErrors>();
    }

    [Fact]
    public async Task A_command_shows_a_running_dispatch_in_one_more_place_once()
    {
        Offer("Yard");
        var id = await office.Start("INC-1042");
        (await office.TypeAndRead("also INC-1042 in yard")).ShouldBe("INC-1042 is now also shown in Yard.");
        (await office.State(id)).Mirrors.ShouldBe([new(Yard, "Yard", Office.Dana)]);
        (await office.TypeAndRead("also inc-1042 in Yard")).ShouldBe("It is already shown in Yard.");
        await office.Press(id, CardAction.Cancel);
        (await office.TypeAndRead("also INC-1042 in Yard")).ShouldStartWith("It is closed: ");
    }

    [Theory]
    [InlineData("also", "Which one? Write /dispatch also and the ticket")]
    [InlineData("also INC-1042", "Where? Write /dispatch also INC-1042 in Yard. Places: Yard.")]
    [InlineData("also INC-1042 in the cellar", "There is no place called the cellar. Places: Yard.")]
    [InlineData("also INC-1099 in Yard", "There is no dispatch of INC-1099 here.")]
    public async Task What_the_command_lacks_it_says(string typed, string words)
    {
        Offer("Yard");
        await office.Start("INC-1042");
        (await office.TypeAndRead(typed)).ShouldStartWith(words);
    }

    [Fact]
    public async Task Who_may_not_dispatch_may_not_show_it_elsewhere()
    {
        Offer("Yard");
        await office.Start("INC-1042");
        office.Access.Dispatch = ["somebody-else"];
        (await office.TypeAndRead("also INC-1042 in Yard")).ShouldStartWith("You may not start a dispatch.");
    }

    [Fact]
    public async Task In_every_place_where_it_is_shown_it_is_known_and_can_be_pressed()
    {
        Offer("Yard");
        office.IsSingleTenant = _ => false;
        office.Restart();
        var form = await office.Open("INC-1042");
        var id = (await office.Send(form)).ShouldBeOfType<ChatReply.Started>().Dispatch;
        office.Where = Yard;
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.Press(id, CardAction.Cancel)).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));

        await office.Engine.ApplyAsync(id, new DispatchInput.AddMirror(new(Yard, "Yard", Office.Dana)), default);
        (await office.TypeAndRead("status")).ShouldContain("INC-1042");
        (await office.Press(id, CardAction.Cancel)).ShouldBe(new ChatReply.Nothing());
        (await office.State(id)).IsClosed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_tenant_that_never_showed_it_does_not_know_it()
    {
        office.IsSingleTenant = platform => platform == "slack";
        office.Places = [new("Chat:MirrorTo", "", "teams:t1/19:yard", IsByRule: true)];
        office.Restart();
        var id = await office.Start("INC-1042");
        await office.Engine.ApplyAsync(id, new DispatchInput.GiveUpThread(1, GivenUpBecause.NotAMember, ""), default);
        office.Where = Yard;
        (await office.TypeAndRead("list")).ShouldBe(ReplyText.NothingIsOpen);
        (await office.Press(id, CardAction.Cancel)).ShouldBe(new ChatReply.Private(ReplyText.UnknownDispatch));
        office.Where = new("slack", "T0ACME/C1");
        (await office.TypeAndRead("list")).ShouldContain("INC-1042");
    }

    [Fact]
    public async Task Too_many_places_are_counted_with_those_that_it_goes_on_in()
    {
        office.Places = [.. Enumerable.Range(0, Decider.MostMirrors).Select(n => new WrittenPlace($"Chat:MirrorTo:{n}", "", $"teams:t1/19:{n}", IsByRule: true)), new("Chat:AlsoIn:Yard", "Yard", "teams:t1/19:yard", false)];
        office.Restart();
        var id = await office.Start("INC-1042");
        await office.Press(id, CardAction.Cancel);
        var again = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        (await SendAsync(again, "Yard")).ShouldBeOfType<ChatReply.FieldErrors>().Errors["alsoIn"].ShouldBe("You chose 6 other places; a dispatch is shown in at most 5.");
    }

    [Fact]
    public async Task A_successor_goes_on_in_every_place_and_more_can_be_added()
    {
        office.Places = [new("Chat:AlsoIn:Yard", "Yard", "teams:t1/19:yard", false), new("Chat:AlsoIn:Gate", "Gate", "teams:t1/19:gate", false)];
        office.Restart();
        var id = (await SendAsync(await office.Open("INC-1042"), "Yard")).ShouldBeOfType<ChatReply.Started>().Dispatch;
        await office.Press(id, CardAction.Cancel);
        var again = (await office.Press(id, CardAction.Redispatch)).ShouldBeOfType<ChatReply.OpenForm>().Form;
        again.Places.ShouldBe([new("Gate", false)]);
        var next = (await SendAsync(again, "Gate")).ShouldBeOfType<ChatReply.Started>().Dispatch;
        (await office.State(next)).Mirrors.Select(each => each.Name).ShouldBe(["Yard", "Gate"]);
    }

    [Fact]
    public async Task A_dialog_that_is_drawn_again_keeps_what_was_picked()
    {
        Offer("Yard");
        var form = await office.Open("INC-1042");
        var again = await office.Redrawing.AgainAsync("slack", new(form.FormId, "INC-1042", [], null, null, null, office.Where, ["Yard"]), new("d"), default);
        again.ShouldNotBeNull().Places.ShouldBe([new("Yard", true)]);
    }

    [Theory]
    [InlineData("also INC-1042 in Operations", "INC-1042", "Operations")]
    [InlineData("ALSO inc-1042 IN \"The yard\"", "inc-1042", "The yard")]
    [InlineData("also “Lift 2 is stuck” in Ops in Teams", "Lift 2 is stuck", "Ops in Teams")]
    [InlineData("also INC–1042", "INC-1042", "")]
    [InlineData("also", "", "")]
    public void The_grammar_knows_the_ticket_and_the_place(string typed, string ticket, string place) =>
        CommandGrammar.Parse(typed).ShouldBe(new ChatCommand.Also(ticket, place));

    [Theory]
    [InlineData("also the lift in tower B")]
    [InlineData("also bring the key")]
    public void Other_words_that_begin_so_are_something_to_dispatch(string typed) => CommandGrammar.Parse(typed).ShouldBeOfType<ChatCommand.Open>().ResolvedTicket.ShouldBe(typed);

    void Offer(string name)
    {
        office.Places = [new($"Chat:AlsoIn:{name}", name, "teams:t1/19:yard", IsByRule: false)];
        office.Restart();
    }

    Task<ChatReply> SendAsync(DispatchForm form, params string[] alsoIn) => office.Submitting.SubmitAsync(
        new(form.FormId, Office.Dana, office.Where, form.Ticket.Reference, [new("ann")], null, form.Replaces, form.Ticket.Link, [.. alsoIn]), default);
}
