using System.Text;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

public sealed class TeamsCardLimitsTests : IAsyncLifetime
{
    Organisation acme = null!;

    public async Task InitializeAsync() => acme = await Organisation.FoundedAsync();

    public async Task DisposeAsync() => await acme.DisposeAsync();

    [Fact]
    public async Task Every_card_of_the_way_to_a_dispatch_is_small_enough_for_Teams()
    {
        var wide = new string('漢', 1000);
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", wide, wide, wide, wide, "https://tickets.example/" + new string('x', 700));
        acme.Office.People.List.Clear();
        for (var n = 0; n < 300; n++)
            acme.Office.People.List.Add(new(new($"11111111-0000-4000-8000-{n:000000000000}"), $"{n} {wide}", $"p{n}@example.com", "+447700900109", "en-GB", "Europe/London", [wide]));
        string[] places = [.. Enumerable.Range(1, MirrorOptionsValidator.MostOffered).Select(n => $"{new string('x', 58)}{n:00}")];
        acme.Office.Places = [.. places.Select(name => new WrittenPlace($"Chat:AlsoIn:{name}", name, $"teams:{Organisation.Tenant}/19:{name}", IsByRule: false))];
        acme.Office.Restart();
        acme.Restart();
        var alsoIn = string.Join(',', places.Take(Decider.MostMirrors).Select(Uri.EscapeDataString));
        var picked = string.Join(',', acme.Office.People.List.Take(50).Select(each => each.Id));

        foreach (var words in (string[])["INC-1042", $"text: {new string('漢', 300)}"])
        {
            await acme.Type($"{words} note: {new string('漢', 400)}");
            var post = await acme.Next<ConnectorCall.Send>();
            Size(post.Activity.AsObject()).ShouldBeLessThan(25_000);
            var dialog = (await acme.Fetch(Organisation.Button(Organisation.Card(post), "Choose people"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
            Size(dialog).ShouldBeLessThan(25_000);
            foreach (var surface in (string[])["Dialog", "Card"])
            {
                var look = Organisation.Button(dialog, "Show order and words");
                (string, string)[] filled = [("people", picked), ("note", new string('漢', 500)), ("alsoIn", alsoIn)];
                var looked = surface == "Dialog"
                    ? (await acme.Submit(look, filled: filled)).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject()
                    : (await acme.Execute(look, filled: filled)).ShouldBeOfType<TeamsReply.CardAnswer>().Card.AsObject();
                Size(looked).ShouldBeLessThan(25_000, surface);
                Organisation.Field(looked, "people")["value"]!.ToString().ShouldBe(picked);
                Organisation.Field(looked, "alsoIn")["value"]!.ToString().ShouldBe(alsoIn);
                Organisation.Field(looked, "people")["choices"]!.AsArray().Count.ShouldBeGreaterThanOrEqualTo(50);
            }
        }
    }

    [Fact]
    public async Task A_command_that_no_card_has_room_for_is_not_swallowed()
    {
        acme.Office.EmailOf = _ => Task.FromResult<string?>("ann@example.com");
        var mentions = Enumerable.Range(0, 50).Select(n => new Mention($"<at>{n} {new string('漢', 60)}</at>", TeamsAddress.Person(Organisation.Tenant, $"11111111-0000-4000-8000-{n:000000000000}", "", new string('漢', 60))));
        await acme.Type($"INC-1042 {string.Join(' ', mentions.Select(each => each.Token))}", mentions: [.. mentions]);
        (await acme.NextSaid()).ShouldStartWith("This is too long to dispatch from a message.");
    }

    [Fact]
    public async Task A_long_message_that_the_ticket_system_is_slow_over_can_be_tried_again()
    {
        acme.Office.Tickets.Instead = new TaskCompletionSource<FoundTicket>().Task;
        var composing = acme.Compose("dispatchMessage", new ChosenMessage(new("19:aa@thread.tacv2", "1", "1"), "Zoe", $"INC-1042 {new string('漢', 100_000)}", null));
        await acme.Pass(TimeSpan.FromSeconds(2.2));
        var card = (await composing).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
        Size(card).ShouldBeLessThan(25_000);
        acme.Office.Tickets.Instead = null;
        acme.Restart();
        Organisation.Words((await acme.Submit(Organisation.Button(card, "Try again"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject()).ShouldStartWith("INC-1042 · Lift 2 is stuck");
    }

    [Fact]
    public async Task A_form_that_somebody_else_was_shown_begins_nothing()
    {
        var send = Organisation.Button(await acme.Open("INC-1042"), "Dispatch");
        var eve = new TeamsOrigin(Organisation.Tenant, "29:eve", "e1", "Eve");
        Organisation.Words((await acme.Submit(send, eve, filled: ("people", "ann"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject()).ShouldBe(ReplyText.FormIsForeign);
        (await acme.Office.Engine.ListOpenAsync(default)).ShouldBeEmpty();
        (await acme.Submit(send, filled: ("people", "ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
    }

    [Fact]
    public async Task What_is_posted_for_old_clients_can_be_pressed_there()
    {
        var dispatch = await acme.Start("INC-1042");
        await acme.Press(CardAction.Cancel, dispatch);
        await acme.Take(acme.Plainly(Organisation.Pressed(dispatch).Add("verb", "dispatch_redispatch")));
        var card = Organisation.Card(await acme.Next<ConnectorCall.Send>());
        Organisation.All(card).ShouldAllBe(each => (string?)each["type"] != "Action.Execute");
        await acme.Take(acme.Plainly(Organisation.Filled(Organisation.Button(card, "Dispatch"), ("people", "ann"))));
        await acme.NothingElse();
        (await acme.Office.Engine.FindOpenByTicketAsync("INC-1042", default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_is_shown_as_a_card_is_said_in_words_too()
    {
        acme.Office.Tickets.Tickets["INC-1042"] = new("INC-1042", "[bank](https://evil.example) <at>all</at>");
        await acme.Type("INC-1042");
        var post = await acme.Next<ConnectorCall.Send>();
        ((string)post.Activity.AsObject()["summary"]!).ShouldBe("INC-1042 · [bank](https://evil.example) <\u200Bat>all<\u200B/at>: choose whom to phone");
        ((string)Organisation.Card(post)["fallbackText"]!).ShouldBe("INC-1042 · &#91;bank&#93;(https:\u200B//evil.example) &lt;at&gt;all&lt;/at&gt;: choose whom to phone. Nobody is phoned before that.");
    }

    static int Size(JsonNode node) => Encoding.UTF8.GetByteCount(SafeJson.Write(node));
}
