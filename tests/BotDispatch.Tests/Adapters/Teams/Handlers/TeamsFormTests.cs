using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

public sealed class TeamsFormTests : IAsyncLifetime
{
    const string Hostile = "[bank](https://evil.example) **bold** <at>all</at> \"}]\\ \u202Eevil, ends";
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.2);

    Organisation acme = null!;

    public async Task InitializeAsync() => acme = await Organisation.FoundedAsync();

    public async Task DisposeAsync() => await acme.DisposeAsync();

    [Fact]
    public async Task The_dialog_shows_the_job_the_people_and_what_they_will_hear()
    {
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", "Lift 2 is stuck", "Two people inside.", "High", "Building B", "https://tickets.example.com/INC-1042");
        var card = await acme.Open("INC-1042");
        Organisation.Words(card).ShouldBe("""
            INC-1042 · Lift 2 is stuck
            Priority: High · Place: Building B
            Two people inside.
            Its card and thread will appear in this channel.
            We phone them one after the other, until one presses 1. Press Show order and words to see and change the order.
            Pick somebody to read what they will hear, and press Show order and words.
            """);
        var people = Organisation.Field(card, "people");
        people["choices"]!.AsArray().Select(each => (string)each!["title"]!).ShouldBe(
            ["Ann Lee – lifts, electrics · en-GB", "Bob Reed – de-DE", "Cleo Reed – ⚠ tlh cannot be spoken, hears en-GB", "⚠ Tom Okafor cannot be phoned: No phone number in the directory."]);
        people["choices.data"].ShouldBeNull("everybody can be chosen, also by clients that ask for nothing");
        ((bool)people["isMultiSelect"]!).ShouldBeTrue();
        Organisation.All(card).Single(each => (string?)each["type"] == "Action.OpenUrl")["title"]!.ToString().ShouldBe("Open in tickets.example.com");
    }

    [Fact]
    public async Task The_order_of_picking_is_the_order_of_phoning()
    {
        var card = await acme.Open("INC-1042");
        var looked = (await acme.Submit(Organisation.Button(card, "Show order and words"), filled: [("people", "bob,ann"), ("note", "use gate B")])).ShouldBeOfType<TeamsReply.Dialog>();
        Organisation.Words(looked.Card.AsObject()).ShouldContain("1. Bob Reed\n2. Ann Lee\nWhat Bob Reed will hear:\n[de-DE] Lift 2 is stuckuse gate B");
        ((string)Organisation.Field(looked.Card.AsObject(), "note")["value"]!).ShouldBe("use gate B");
        (await acme.Submit(Organisation.Button(looked.Card.AsObject(), "Dispatch"), filled: [("people", "bob,ann"), ("note", "use gate B")])).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        var plan = (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default))!.Plan;
        plan.Roster.Select(each => each.Name).ShouldBe(["Bob Reed", "Ann Lee"]);
        (plan.Note, plan.AskedBy, plan.Channel).ShouldBe(("use gate B", new Person("teams", $"{Organisation.Tenant}/da0a", "Dana"), Organisation.Ops.Channel));
    }

    [Fact]
    public async Task The_words_that_are_shown_are_those_of_who_is_picked_and_of_nobody_else()
    {
        Organisation.Words(await acme.Open("INC-1042 @bob")).ShouldContain("What Bob Reed will hear:\n[de-DE] Lift 2 is stuck");
        var card = await acme.Open("INC-1042");
        var bob = Drawn(await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", "bob")));
        var cleo = Drawn(await acme.Submit(Organisation.Button(bob, "Show order and words"), filled: ("people", "cleo")));
        Organisation.Words(cleo).ShouldContain("What Cleo Reed will hear:");
        Organisation.Words(cleo).ShouldNotContain("Bob Reed");
        var nobody = Drawn(await acme.Submit(Organisation.Button(cleo, "Show order and words"), filled: ("people", "")));
        Organisation.Words(nobody).ShouldContain("Pick somebody to read what they will hear");
        Organisation.Words(nobody).ShouldNotContain("will hear:");
        // Who cannot be phoned hears nothing, and nobody else is shown in their place.
        var tom = Drawn(await acme.Submit(Organisation.Button(nobody, "Show order and words"), filled: ("people", "tom")));
        Organisation.Words(tom).ShouldContain("Pick somebody to read what they will hear");
        Organisation.Words(Drawn(await acme.Submit(Organisation.Button(tom, "Dispatch"), filled: ("people", "")))).ShouldNotContain("will hear:");
    }

    [Fact]
    public async Task The_order_that_is_shown_is_kept_whatever_order_a_client_sends_and_can_be_changed()
    {
        var card = await acme.Open("INC-1042");
        var looked = Drawn(await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", "cleo,bob")));
        // Clients send it in the order of the list, and ann was picked last.
        looked = Drawn(await acme.Submit(Organisation.Button(looked, "Show order and words"), filled: ("people", "ann,bob,cleo")));
        Organisation.Words(looked).ShouldContain("1. Cleo Reed\n2. Bob Reed\n3. Ann Lee\n");
        var up = Organisation.All(looked).Where(each => (string?)each["title"] == "Move up").ToList();
        up.Select(each => (string)each["tooltip"]!).ShouldBe(["Move up Bob Reed", "Move up Ann Lee"]);
        looked = Drawn(await acme.Submit(up[1]["data"]!, filled: [("people", "ann,bob,cleo"), ("note", "use gate B")]));
        Organisation.Words(looked).ShouldContain("1. Cleo Reed\n2. Ann Lee\n3. Bob Reed\n");
        ((string)Organisation.Field(looked, "note")["value"]!).ShouldBe("use gate B");
        await acme.Submit(Organisation.Button(looked, "Dispatch"), filled: ("people", "ann,bob"));
        (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default))!.Plan.Roster.Select(each => each.Name).ShouldBe(["Ann Lee", "Bob Reed"]);
    }

    [Fact]
    public async Task A_mistake_stands_above_its_field_and_nothing_typed_is_lost()
    {
        var card = await acme.Open("INC-1042");
        var note = new string('x', 501);
        var wrong = (await acme.Submit(Organisation.Button(card, "Dispatch"), filled: ("note", note))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        var body = wrong["body"]!.AsArray().ToList();
        int At(string id) => body.FindIndex(each => (string?)each!["id"] == id);
        Organisation.Words(body[At("people") - 1]!).ShouldBe(ReplyText.PickSomebody);
        Organisation.Words(body[At("note") - 1]!).ShouldBe("The note has 501 characters; at most 500 can be spoken. Shorten it.");
        ((string)Organisation.Field(wrong, "note")["value"]!).ShouldBe(note);
        var tom = (await acme.Submit(Organisation.Button(wrong, "Dispatch"), filled: ("people", "tom,ann"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(tom).ShouldContain("Tom Okafor cannot be phoned");
        ((string)Organisation.Field(tom, "people")["value"]!).ShouldBe("tom,ann");
        (await acme.Submit(Organisation.Button(tom, "Dispatch"), filled: ("people", "ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
    }

    [Fact]
    public async Task Sent_twice_it_is_one_dispatch()
    {
        var send = Organisation.Button(await acme.Open("INC-1042"), "Dispatch");
        for (var i = 0; i < 2; i++)
            (await acme.Submit(send, filled: ("people", "ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        (await acme.Office.Engine.ListOpenAsync(default)).Count.ShouldBe(1);
        var other = await acme.Fetch(Organisation.Button(await Chosen("OPS-7"), "Choose people"));
        acme.Restart();
        (await acme.Submit(Organisation.Button(other.ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject(), "Dispatch"), filled: ("people", "ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
    }

    [Fact]
    public async Task What_is_forged_changed_or_of_another_tenant_starts_nothing()
    {
        var send = Organisation.Button(await acme.Open("INC-1042"), "Dispatch");
        var elsewhere = Organisation.Ops with { Tenant = "33333333-0000-4000-8000-000000000003" };
        Said(await acme.Submit(send, new("33333333-0000-4000-8000-000000000003", "29:eve", "e1", "Eve"), elsewhere, ("people", "ann"))).ShouldBe(ReplyText.FormIsForeign);
        foreach (var intent in (string[])["send", "look", "open", "back", "nonsense"])
            foreach (var kept in (string[])["", "forged", "{\"FormId\":\"1\"}"])
                Said(await acme.Submit(new JsonObject { ["dispatchWish"] = intent, ["dispatchKept"] = kept }, filled: ("people", "ann"))).ShouldBe(ReplyText.FormIsForeign);
        // What is sealed for one thing opens no other.
        send["dispatchWish"] = "open";
        Said(await acme.Submit(send)).ShouldBe(ReplyText.FormIsForeign);
        (await acme.Submit(new JsonObject { ["ticket"] = "INC-1042" })).ShouldBe(new TeamsReply.Nothing());
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_not_in_the_directory_cannot_be_picked_by_a_changed_client()
    {
        var card = await acme.Open("INC-1042");
        var wrong = (await acme.Submit(Organisation.Button(card, "Dispatch"), filled: ("people", "mallory%2C,ann"))).ShouldBeOfType<TeamsReply.Dialog>();
        Organisation.Words(wrong.Card.AsObject()).ShouldContain("Not in the employee directory any more: mallory,. Untick them.");
        ((string)Organisation.Field(wrong.Card.AsObject(), "people")["value"]!).ShouldBe("ann");
    }

    [Fact]
    public async Task A_slow_ticket_system_gets_a_dialog_that_says_so_and_the_second_try_gets_the_answer()
    {
        var opener = Organisation.Button(await Chosen("INC-1042"), "Choose people");
        var slow = new TaskCompletionSource<FoundTicket>();
        acme.Office.Tickets.Instead = slow.Task;
        var fetched = acme.Fetch(opener);
        await acme.Pass(Limit);
        var again = Organisation.Button((await fetched).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject(), "Try again");
        var second = acme.Submit(again);
        await acme.Pass(Limit);
        Said(await second).ShouldContain("is slow just now");
        acme.Office.Tickets.Instead = null;
        slow.SetResult(new FoundTicket.Found(new("INC-1042", "Found by the first try")));
        Said(await acme.Submit(again)).ShouldStartWith("INC-1042 · Found by the first try");
        // The late answer was shown once, so the next request asks anew.
        Said(await acme.Submit(again)).ShouldStartWith("INC-1042 · Lift 2 is stuck");
    }

    [Fact]
    public async Task A_ticket_system_that_is_slow_when_the_dialog_is_sent_loses_nothing()
    {
        var send = Organisation.Button(await acme.Open("INC-1042"), "Dispatch");
        acme.Office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        var sending = acme.Submit(send, filled: [("people", "bob,ann"), ("note", "use gate B")]);
        await acme.Pass(TimeSpan.FromSeconds(2));
        await acme.Pass(TimeSpan.FromSeconds(0.2));
        var trouble = (await sending).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(trouble).ShouldBe("We could not look the ticket up in the ticket system (no answer in 2 seconds). Nothing was started: press Dispatch again in a moment.");
        acme.Office.Tickets.Instead = null;
        (await acme.Submit(Organisation.Button(trouble, "Dispatch"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        var plan = (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default))!.Plan;
        (string.Join(' ', plan.Roster.Select(each => each.Name)), plan.Note).ShouldBe(("Bob Reed Ann Lee", "use gate B"));
    }

    [Fact]
    public async Task The_sender_of_a_dialog_whose_answer_may_be_too_late_reads_alone_that_it_has_begun()
    {
        var send = Organisation.Button(await acme.Open("INC-1042"), "Dispatch");
        var list = new TaskCompletionSource<IReadOnlyList<Employee>>();
        acme.Office.People.Instead = list.Task;
        var waited = TimeSpan.FromSeconds(0.3);
        var late = acme.Office.Clock.GetUtcNow() + TeamsDeadlines.Answer - waited;
        var sending = acme.Take(acme.Pressed(InvokeKind.DialogSubmit, Organisation.Filled(send, ("people", "ann"))), waited);
        // The directory takes almost two seconds.
        await Organisation.Until(() => acme.Office.Clock.NextTimer == late);
        acme.Office.Clock.Advance(TimeSpan.FromSeconds(1.8));
        list.SetResult([.. acme.Office.People.List]);
        (await sending).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        await acme.Next<ConnectorCall.PersonalChat>();
        (await acme.NextSaid("a:dana")).ShouldBe(ReplyText.Begun);
    }

    [Fact]
    public async Task A_broken_directory_is_reported_and_can_be_tried_again()
    {
        var card = await acme.Open("INC-1042");
        acme.Office.People.Instead = Task.FromException<IReadOnlyList<Employee>>(new InvalidOperationException("secret"));
        var looked = (await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", "bob"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(looked).ShouldContain("What you filled in is kept");
        acme.Office.People.Instead = null;
        Said(await acme.Submit(Organisation.Button(looked, "Try again"))).ShouldContain("1. Bob Reed");
    }

    [Fact]
    public async Task After_half_an_hour_it_is_refused()
    {
        var card = await acme.Open("INC-1042");
        acme.Office.Clock.Advance(TimeSpan.FromMinutes(31));
        Said(await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", "ann"))).ShouldBe(ReplyText.FormExpired);
        Said(await acme.Submit(Organisation.Button(card, "Dispatch"), filled: ("people", "ann"))).ShouldBe(ReplyText.FormExpired);
    }

    [Fact]
    public async Task Without_a_subject_it_is_asked_for_and_a_mistake_keeps_what_was_typed()
    {
        var ask = (await acme.Compose()).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(ask).ShouldContain("Its card and thread will appear in this channel.");
        var next = Organisation.Button(ask, "Next");
        Said(await acme.Submit(next, filled: ("what", " "))).ShouldStartWith(ReplyText.NoSubject);
        var wrong = (await acme.Submit(next, filled: ("what", "INC-9999"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(wrong).ShouldStartWith("There is no ticket INC-9999.");
        ((string)Organisation.Field(wrong, "what")["value"]!).ShouldBe("INC-9999");
        Said(await acme.Submit(next, filled: ("what", "help"))).ShouldStartWith("/dispatch INC-1042 –");
        Said(await acme.Submit(next, filled: ("what", "/dispatch INC-1042"))).ShouldStartWith("INC-1042 · Lift 2 is stuck");
    }

    [Fact]
    public async Task A_message_is_dispatched_with_a_link_to_it()
    {
        var chosen = new ChosenMessage(new("19:aa@thread.tacv2", "1", "1"), "Zoe", "Paper has run out", new("https://teams.microsoft.com/l/message/1"));
        var card = (await acme.Compose("dispatchMessage", chosen)).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Words(card).ShouldStartWith("Paper has run out");
        var sent = await acme.Take(acme.Pressed(InvokeKind.ExtensionSubmit, Organisation.Filled(Organisation.Button(card, "Dispatch"), ("people", "ann"))));
        Said(sent).ShouldBe(ReplyText.Begun, "not every client closes this dialog without a word");
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Ticket.Link.ShouldBe("https://teams.microsoft.com/l/message/1");
        Said(await acme.Compose("dispatchMessage", chosen with { Text = "…" })).ShouldBe(ReplyText.MessageHasNoWords);
        var nowhere = InvokeReader.Extension(acme.NextId(), Organisation.Dana, Organisation.Ops with { Conversation = "" }, "dispatchCompose", null);
        Said(await acme.Take(nowhere)).ShouldStartWith("Teams does not say in which conversation you started this.");
    }

    [Fact]
    public async Task Hostile_words_are_shown_as_they_are_and_lead_nowhere()
    {
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", Hostile, Hostile, Hostile, Hostile, "javascript:alert(1)");
        acme.Office.People.List.Add(new(new("a,b\u00e9|%2C"), Hostile, null, "+447700900109", "en-GB", "Europe/London", [Hostile]));
        var card = await acme.Open("INC-1042");
        Organisation.All(card).ShouldAllBe(each => (string?)each["type"] != "TextBlock" && (string?)each["type"] != "Action.OpenUrl");
        Organisation.Words(card).ShouldStartWith("INC-1042 · [bank](https://evil.example) **bold** <\u200Bat>all<\u200B/at>");
        Organisation.All(card).SelectMany(each => each).ShouldAllBe(each => !(each.Value is JsonValue) || !each.Value.ToString().Contains('\u202E'));
        var value = Organisation.Field(card, "people")["choices"]!.AsArray().Select(each => (string)each!["value"]!).Single(each => each.StartsWith("a%2C", StringComparison.Ordinal));
        value.ShouldNotContain(',');
        (await acme.Submit(Organisation.Button(card, "Dispatch"), filled: ("people", value + ",ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldHaveSingleItem().Plan.Roster.Select(each => each.Id.Value).ShouldBe(["a,b\u00e9|%2C", "ann"]);
    }

    [Fact]
    public async Task Many_people_are_found_by_typing_and_the_picked_ones_are_always_offered()
    {
        for (var n = 0; n < 250; n++)
            acme.Office.People.List.Add(new(new($"p{n}"), $"Person {n}", null, "+447700900109", "en-GB", "Europe/London", []));
        var card = await acme.Open("INC-1042");
        Organisation.Field(card, "people")["choices"]!.AsArray().Count.ShouldBe(100);
        Organisation.Field(card, "people")["choices.data"]!.ToJsonString().ShouldBe("""{"type":"Data.Query","dataset":"employees"}""");
        var looked = (await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", "p249,p7"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Organisation.Field(looked, "people")["choices"]!.AsArray().Take(2).Select(each => (string)each!["value"]!).ShouldBe(["p249", "p7"]);
        looked.ToJsonString().Length.ShouldBeLessThan(28_000);
        looked = Drawn(await acme.Submit(Organisation.Button(card, "Show order and words"), filled: ("people", string.Join(',', Enumerable.Range(0, 50).Select(n => $"p{n}")))));
        looked.ToJsonString().Length.ShouldBeLessThan(28_000);
        (await Search("Person 24")).ShouldBe(((int[])[24, 124, 224, .. Enumerable.Range(240, 10)]).Select(n => $"Person {n} – en-GB"), ignoreOrder: true);
        (await Search("person")).Length.ShouldBe(15);
        (await Search("person", skip: 15))[0].ShouldBe("Person 15 – en-GB");
        (await Search("person", "users")).ShouldBeEmpty();
        acme.Office.People.Instead = new TaskCompletionSource<IReadOnlyList<Employee>>().Task;
        var searching = Search("person");
        await acme.Pass(TimeSpan.FromSeconds(2));
        (await searching).ShouldBeEmpty();
    }

    async Task<string[]> Search(string typed, string dataset = "employees", int skip = 0) =>
        [.. (await acme.Take(InvokeReader.Search(acme.NextId(), Organisation.Dana, Organisation.Ops, typed, dataset, skip, 15)))
            .ShouldBeOfType<TeamsReply.SearchResults>().Choices.Select(each => each.Title)];

    async Task<JsonObject> Chosen(string text)
    {
        await acme.Type(text);
        return Organisation.Card(await acme.Next<BotDispatch.Teams.Connector.ConnectorCall.Send>());
    }

    static JsonObject Drawn(TeamsReply reply) => reply.ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();

    static string Said(TeamsReply reply) => Organisation.Words(reply.ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject());
}
