using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Slack;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack.Inbound;

public sealed class PayloadReaderTests
{
    static readonly SlackOrigin Dana = new("T0ACME", null, "U0DANA", "dana");
    static readonly Uri ResponseUrl = new("http://slack.test/response/T0ACME/1/abc");

    [Fact]
    public void A_command_is_read_as_it_was_typed()
    {
        var read = Form("team_id=T0ACME&enterprise_id=E1&user_id=U0DANA&user_name=dana&channel_id=C0OPS&command=%2Fdispatch&text=INC-42+%3C%40U0ANN%7Cann%3E++note%3A+b%26b%2B%C3%B8&trigger_id=1.2.a&response_url=http%3A%2F%2Fslack.test%2Fresponse%2FT0ACME%2F1%2Fabc&is_enterprise_install=false");
        (read.Kind, read.Id, read.From).ShouldBe((PayloadKind.Command, "1.2.a", Dana with { Enterprise = "E1" }));
        (read.Name, read.Text, read.Channel, read.TriggerId, read.ResponseUrl).ShouldBe(("/dispatch", "INC-42 <@U0ANN|ann>  note: b&b+ø", "C0OPS", "1.2.a", ResponseUrl));
        var command = read.Action.ShouldBeOfType<ChatAction.Command>();
        command.Text.ShouldBe("INC-42 <@U0ANN>  note: b&b+ø");
        command.Mentions.ShouldHaveSingleItem().ShouldBe(new Mention("<@U0ANN>", new("slack", "U0ANN", "ann")));
    }

    [Theory]
    [InlineData("text=a&text=b", "a"), InlineData("text", ""), InlineData("text=", ""), InlineData("", ""), InlineData("texts=no&text=yes", "yes"), InlineData("text=a=b=c", "a=b=c")]
    [InlineData("text=100%&", "100%"), InlineData("text=%zz%4", "%zz%4"), InlineData("&&=x&text=a+%2B+b", "a + b"), InlineData("text=%FF%C3", "��"), InlineData("text=%EF%BB%BFa", "\ufeffa")]
    public void A_form_is_decoded_however_it_is_written(string fields, string text) =>
        Form($"command=%2Fd&user_id=U&channel_id=C&{fields}").Text.ShouldBe(text);

    [Theory]
    [InlineData("command=%2Fd"), InlineData("command=%2Fd&user_id=U"), InlineData("command=%2Fd&channel_id=C"), InlineData("command=&user_id=U&channel_id=C")]
    public void A_command_that_lacks_what_it_cannot_be_without_is_unknown(string form) =>
        Form(form).Action.ShouldBeOfType<ChatAction.Unknown>().Type.ShouldBe("command");

    [Theory]
    [InlineData(""), InlineData("text=only"), InlineData("payload=")]
    public void A_form_that_holds_neither_a_command_nor_a_payload_is_nothing(string form) =>
        PayloadReader.ReadForm(Encoding.UTF8.GetBytes(form)).ShouldBeNull();

    [Theory]
    [InlineData("javascript:alert(1)"), InlineData("/relative"), InlineData("file:///etc/passwd"), InlineData("")]
    public void An_address_to_respond_to_is_one_of_the_web(string address) =>
        Form($"command=%2Fd&user_id=U&channel_id=C&response_url={Uri.EscapeDataString(address)}").ResponseUrl.ShouldBeNull();

    [Fact]
    public void A_press_in_a_message_is_read() =>
        Interaction("block_actions").ShouldBe(
            Sent.Press("111.222.abcdef", Dana, "dispatch_cancel", "d_1", "111.222.abcdef", ResponseUrl, new("C0OPS", "1700000000.000100"), null) with { HomeTeam = "T0ACME" });

    [Fact]
    public void A_press_of_our_own_card_is_a_press() =>
        Interaction("block_actions", payload => payload["actions"]![0]!["value"] = "d1").Action
            .ShouldBe(new ChatAction.Press("111.222.abcdef", new(new("d1"), BotDispatch.Core.CardAction.Cancel, null, 0)));

    [Fact]
    public void Its_container_is_enough_of_an_ephemeral_message() =>
        Interaction("block_actions", payload => payload.Remove("message")).Message.ShouldBe(new SlackMessageId("C0OPS", "1700000000.000100"));

    [Fact]
    public void A_press_in_a_view_has_the_view_and_no_message()
    {
        var press = Interaction("block_actions", payload =>
        {
            foreach (var gone in (string[])["container", "channel", "message", "response_url"])
                payload.Remove(gone);
            payload["view"] = Captured.Payload("interactive.view_submission_ok")["view"]!.DeepClone();
        });
        (press.Message, press.ResponseUrl, press.View!.Id, press.View.State.Count).ShouldBe((null, null, "V0", 2));
    }

    [Fact]
    public void Only_buttons_have_a_value() =>
        Interaction("block_actions", payload => payload["actions"]![0]!["type"] = "plain_text_input").Text.ShouldBeEmpty();

    [Fact]
    public void A_submission_is_named_by_its_view_and_what_the_view_was()
    {
        var submission = Interaction("view_submission_ok");
        (submission.Kind, submission.Id, submission.From, submission.TriggerId).ShouldBe((PayloadKind.Submission, "V0:1.a", Dana, "111.222.abc"));
        (submission.View!.Id, submission.View.Hash, submission.View!.CallbackId, submission.View!.PrivateMetadata).ShouldBe(("V0", "1.a", "dispatch_modal", ""));
        submission.View!.State[("people", "pick")].Chosen.ShouldBe(["U0TERRY"]);
        submission.View!.State[("note", "text")].Text.ShouldBe("ok");
    }

    [Theory]
    [InlineData("""{"type":"plain_text_input","value":"typed"}""", "typed", ""), InlineData("""{"type":"plain_text_input","value":null}""", null, ""), InlineData("""{"type":"plain_text_input","value":""}""", null, "")]
    [InlineData("""{"type":"static_select","selected_option":{"text":{"type":"plain_text","text":"One"},"value":"1"}}""", "1", ""), InlineData("""{"type":"static_select","selected_option":null}""", null, "")]
    [InlineData("""{"type":"radio_buttons","selected_option":{"value":"r"}}""", "r", ""), InlineData("""{"type":"checkboxes","selected_options":[{"value":"b"},{"value":"a"}]}""", null, "b a"), InlineData("""{"type":"checkboxes","selected_options":[]}""", null, "")]
    [InlineData("""{"type":"users_select","selected_user":"U1"}""", "U1", ""), InlineData("""{"type":"multi_users_select","selected_users":["U2","U1"]}""", null, "U2 U1")]
    [InlineData("""{"type":"conversations_select","selected_conversation":"C1"}""", "C1", ""), InlineData("""{"type":"multi_channels_select","selected_channels":["C2"]}""", null, "C2")]
    [InlineData("""{"type":"datepicker","selected_date":"2026-01-05"}""", "2026-01-05", ""), InlineData("""{"type":"timepicker","selected_time":"09:30"}""", "09:30", ""), InlineData("""{"type":"datetimepicker","selected_date_time":1767600000}""", "1767600000", "")]
    [InlineData("""{"type":"invented","selected_things":[7,null,{"value":"x"},{"name":"y"},[]]}""", null, "7 x"), InlineData("""{"type":"rich_text_input","rich_text_value":{}}""", null, ""), InlineData("17", null, "")]
    public void Every_kind_of_field_is_read(string field, string? text, string chosen)
    {
        var submission = Interaction("view_submission_ok", payload => payload["view"]!["state"] = new JsonObject { ["values"] = new JsonObject { ["b"] = new JsonObject { ["a"] = JsonNode.Parse(field) } } });
        var value = submission.View!.State[("b", "a")];
        value.Text.ShouldBe(text);
        string.Join(' ', value.Chosen).ShouldBe(chosen);
    }

    [Theory]
    [InlineData("null"), InlineData("{}"), InlineData("""{"values":null}"""), InlineData("""{"values":{"b":null}}"""), InlineData("""{"values":[]}"""), InlineData("7")]
    public void A_view_without_anything_filled_in_is_read(string state) =>
        Interaction("view_submission_ok", payload => payload["view"]!["state"] = JsonNode.Parse(state)).View!.State.ShouldBeEmpty();

    [Fact]
    public void A_closed_view_is_another_delivery_than_its_submission()
    {
        var closed = Interaction("view_closed");
        (closed.Kind, closed.View!.Id).ShouldBe((PayloadKind.Closed, "V0"));
        closed.Id.ShouldNotBe(Interaction("view_submission_ok").Id);
        closed.Id.ShouldBe(Interaction("view_closed").Id);
    }

    [Fact]
    public void A_suggestion_is_what_is_typed_so_far()
    {
        var suggestion = Interaction("block_suggestion_options");
        (suggestion.Kind, suggestion.Name, suggestion.View!.Id).ShouldBe((PayloadKind.Suggestion, "pick", "V0"));
        suggestion.Action.ShouldBe(new ChatAction.Search(suggestion.Id, "dan", 0));
        Interaction("block_suggestion_options", payload => payload["action_id"] = "people_pick").Action.ShouldBeOfType<ChatAction.Search>().Most.ShouldBe(100);
    }

    [Fact]
    public void Shortcuts_are_read()
    {
        Interaction("global_shortcut").ShouldBe(Sent.Shortcut("111.222.abc", Dana, "dispatch_this", "111.222.abc") with { HomeTeam = "T0ACME" });
        Interaction("global_shortcut", payload => payload["callback_id"] = "dispatch_anywhere").Action.ShouldBe(new ChatAction.Ask("111.222.abc"));
        Interaction("message_action", payload => payload["callback_id"] = "dispatch_message").Action.ShouldBeOfType<ChatAction.MessageChosen>().Text.ShouldBe("INC-42 is back");
        Interaction("message_action").ShouldBe(
            Sent.MessageShortcut("111.222.abc", Dana, "dispatch_this", "111.222.abc", new("C0OPS", "1700000000.000100"), null, "INC-42 is back", ResponseUrl) with { HomeTeam = "T0ACME" });
        Interaction("message_action", payload => payload["message"]!["thread_ts"] = "1699999999.000001").ThreadTs.ShouldBe("1699999999.000001");
    }

    [Fact]
    public void In_an_installation_for_an_organisation_there_may_be_no_team() =>
        Interaction("global_shortcut", payload =>
        {
            payload["team"] = null;
            payload["enterprise"] = new JsonObject { ["id"] = "E0ACME" };
            payload["is_enterprise_install"] = true;
        }).From.ShouldBe(new SlackOrigin(null, "E0ACME", "U0DANA", "dana"));

    [Theory]
    [InlineData("block_actions", "actions"), InlineData("block_actions", "user"), InlineData("view_submission_ok", "view"), InlineData("view_closed", "view"), InlineData("block_suggestion_options", "action_id")]
    [InlineData("global_shortcut", "callback_id"), InlineData("message_action", "callback_id"), InlineData("message_action", "channel"), InlineData("block_actions", "type")]
    public void An_interaction_that_lacks_what_it_cannot_be_without_is_unknown(string name, string field) =>
        Interaction(name, payload => payload.Remove(field)).Kind.ShouldBe(PayloadKind.Unknown);

    [Fact]
    public void A_kind_that_is_not_invented_yet_is_unknown_by_its_name() =>
        Interaction("block_actions", payload => payload["type"] = "brain_wave").Action.ShouldBe(new ChatAction.Unknown("111.222.abcdef", "brain_wave"));

    [Fact]
    public void Whatever_kind_of_value_stands_at_any_place_nothing_breaks()
    {
        foreach (var name in Captured.Names("inbound"))
            foreach (var odd in (string[])["null", "17", "true", "\"\"", "[]", "{}", "[null]", "[[1]]", "{\"id\":{}}", "\"\\ud800\""])
                foreach (var payload in EachPlaceAs(Captured.Payload(name), odd))
                {
                    PayloadReader.ReadJson(Encoding.UTF8.GetBytes(payload)).ShouldNotBeNull();
                    PayloadReader.ReadForm(Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload))).ShouldNotBeNull();
                    using var document = JsonDocument.Parse(payload);
                    foreach (var type in (string[])["interactive", "slash_commands", "events_api", "new"])
                        PayloadReader.ReadEnvelope(type, document.RootElement).Id.ShouldNotBeNullOrEmpty();
                }
    }

    [Theory]
    [InlineData("app_mention")]
    public void A_mention_is_read(string name)
    {
        var mention = Event(name);
        (mention.Kind, mention.From, mention.Channel, mention.ThreadTs, mention.Text).ShouldBe((PayloadKind.Event, Dana with { UserName = "" }, "C0OPS", null, "<@U0BOT> status"));
        mention.Action.ShouldBeOfType<ChatAction.Mentioned>();
    }

    [Theory]
    [InlineData("edited", """{ "user": "U0DANA", "ts": "1700000100.000000" }""")]
    [InlineData("hidden", "true")]
    [InlineData("bot_id", "\"B0OTHER\"")]
    [InlineData("subtype", "\"message_changed\"")]
    [InlineData("subtype", "\"message_replied\"")]
    [InlineData("subtype", "\"message_deleted\"")]
    [InlineData("subtype", "\"bot_message\"")]
    [InlineData("subtype", "\"something_new\"")]
    [InlineData("subtype", "7")]
    [InlineData("attachments", """[{ "from_url": "https://example.com/a", "title": "A page", "id": 1 }]""")]
    [InlineData("event_ts", "\"1700086401.000100\"")]
    [InlineData("event_ts", "\"1700086401000100\"")]
    public void An_old_mention_that_is_delivered_again_is_no_command(string field, string value) =>
        Event("app_mention", payload => payload["event"]![field] = JsonNode.Parse(value)).Action.ShouldBeOfType<ChatAction.Unknown>().Type.ShouldBe("app_mention");

    [Theory]
    [InlineData("subtype", "\"file_share\"")]
    [InlineData("subtype", "\"thread_broadcast\"")]
    [InlineData("subtype", "null")]
    [InlineData("edited", "null")]
    [InlineData("hidden", "false")]
    [InlineData("attachments", """[{ "from_url": "https://acme.slack.com/archives/C1/p1", "is_share": true }]""")]
    [InlineData("attachments", "[]")]
    [InlineData("event_ts", "\"1700000001000100\"")]
    [InlineData("event_ts", "\"1700000004.500000\"")]
    [InlineData("event_ts", "\"soon\"")]
    public void What_somebody_has_just_written_is_a_command_also_with_a_file_or_a_message_that_they_share(string field, string value) =>
        Event("app_mention", payload => payload["event"]![field] = JsonNode.Parse(value)).Action.ShouldBeOfType<ChatAction.Mentioned>();

    [Fact]
    public void Every_event_of_one_message_is_one_delivery()
    {
        string Once(string id, string ts) => Event("app_mention", payload => (payload["event_id"], payload["event"]!["ts"]) = (id, ts)).Id;
        Once("Ev1", "1700000001.000100").ShouldBe(Once("Ev2", "1700000001.000100"));
        Once("Ev1", "1700000001.000100").ShouldNotBe(Once("Ev1", "1700000001.000200"));
    }

    [Fact]
    public void A_mention_by_nobody_is_unknown() =>
        Event("app_mention", payload => payload["event"]!.AsObject().Remove("user")).Action.ShouldBeOfType<ChatAction.Unknown>().Type.ShouldBe("app_mention");

    [Fact]
    public void The_Home_tab_is_opened_and_not_the_tab_of_messages()
    {
        Event("app_home_opened").Action.ShouldBeOfType<ChatAction.HomeOpened>();
        Event("app_home_opened").From.UserId.ShouldBe("U0DANA");
        Event("app_home_opened", payload => payload["event"]!["tab"] = "messages").Action.ShouldBeOfType<ChatAction.Unknown>();
    }

    [Fact]
    public void Revoked_tokens_are_named_by_their_users()
    {
        var revoked = Event("tokens_revoked");
        revoked.Action.ShouldBeOfType<ChatAction.Removed>();
        revoked.RevokedBots!.Value.ShouldBe(["U0BOT"]);
        Event("tokens_revoked", payload => payload["event"]!.AsObject().Remove("tokens")).RevokedBots.ShouldBe(ImmutableArray<string>.Empty);
        Event("app_uninstalled").ShouldBe(Sent.Uninstalled("Ev0252385273", new("T0ACME", null, "", "")));
    }

    [Fact]
    public void An_event_is_for_whom_it_was_authorized_wherever_it_happened() =>
        Event("app_mention", payload => (payload["team_id"], payload["authorizations"]![0]!["enterprise_id"]) = ("T0PARTNER", "E0ACME"))
            .From.ShouldBe(new SlackOrigin("T0ACME", "E0ACME", "U0DANA", ""));

    [Fact]
    public void An_event_for_an_organisation_is_of_no_single_workspace() =>
        Event("app_mention", payload => (payload["authorizations"]![0]!["enterprise_id"], payload["authorizations"]![0]!["is_enterprise_install"]) = ("E0ACME", true))
            .From.ShouldBe(new SlackOrigin(null, "E0ACME", "U0DANA", ""));

    [Theory]
    [InlineData("view_submission_ok"), InlineData("view_closed")]
    public void A_view_belongs_to_the_workspace_in_which_the_app_is_installed(string name) => Interaction(name, payload =>
    {
        payload["team"]!["id"] = "T0PARTNER";
        payload["view"]!["app_installed_team_id"] = "T0ACME";
    }).From.Team.ShouldBe("T0ACME");

    [Fact]
    public void Outer_kinds_of_events_are_unknown_by_their_names() =>
        Event("app_rate_limited").Action.ShouldBeOfType<ChatAction.Unknown>().Type.ShouldBe("app_rate_limited");

    [Fact]
    public void What_has_no_name_of_its_own_is_named_by_all_that_it_says()
    {
        string Id(int changed) => Event("app_uninstalled", payload =>
        {
            payload.Remove("event_id");
            payload["event_time"] = changed;
        }).Id;
        Id(1).ShouldBe(Id(1));
        Id(1).ShouldNotBe(Id(2));
    }

    [Fact]
    public void Over_a_socket_everything_is_the_same_as_over_HTTP()
    {
        foreach (var name in Captured.Names("inbound").Where(name => name is not ("slash.ssl_check_unsigned" or "events.url_verification")))
        {
            var payload = Captured.Payload(name).ToJsonString();
            using var document = JsonDocument.Parse(payload);
            var (type, http) = name.Split('.')[0] switch
            {
                "slash" => ("slash_commands", PayloadReader.ReadForm(Encoding.UTF8.GetBytes(string.Join('&', Captured.Payload(name).Select(field => $"{field.Key}={Uri.EscapeDataString((string)field.Value!)}"))))),
                "interactive" => ("interactive", PayloadReader.ReadForm(Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(payload)))),
                _ => ("events_api", PayloadReader.ReadJson(Encoding.UTF8.GetBytes(payload))),
            };
            Flat(PayloadReader.ReadEnvelope(type, document.RootElement)).ShouldBe(Flat(((SlackBody.Delivered)http!).What), name);
        }
    }

    [Fact]
    public void The_envelopes_that_Slacks_own_socket_was_sent_are_read()
    {
        var read = new List<string>();
        foreach (var frame in Captured.Read("socket-mode/bolt.acks")["timeline"]!.AsArray().Where(each => (string?)each!["dir"] == "server->client" && each["data"] is JsonObject data && data.ContainsKey("envelope_id")))
        {
            using var document = JsonDocument.Parse(frame!["data"]!["payload"]!.ToJsonString());
            var delivery = PayloadReader.ReadEnvelope((string)frame["data"]!["type"]!, document.RootElement);
            read.Add(delivery.Kind is PayloadKind.Event ? delivery.Action.GetType().Name : delivery.Kind.ToString());
        }
        read.ShouldBe([.. Enumerable.Repeat("Command", 6), "Press", "Submission", "Submission", "Submission", "Suggestion", "Mentioned", "Mentioned", "Unknown"]);
    }

    static string Flat(SlackDelivery delivery) => JsonSerializer.Serialize(
        $"{delivery with { View = null }} {(delivery.View is { } view ? State(view) : "")} {(delivery.RevokedBots is { } bots ? string.Join(' ', bots) : "")}");

    static string State(SlackView view) => string.Join(';', view.State.OrderBy(each => each.Key.Block, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value.Text}/{string.Join(' ', each.Value.Chosen)}"));

    static IEnumerable<string> EachPlaceAs(JsonObject payload, string odd)
    {
        foreach (var path in Places(payload, []))
        {
            var changed = payload.DeepClone();
            var place = changed;
            foreach (var step in path.SkipLast(1))
                place = step is int index ? place![index] : place![(string)step];
            if (path[^1] is int last)
                place![last] = "ODD";
            else
                place![(string)path[^1]] = "ODD";
            yield return changed.ToJsonString().Replace("\"ODD\"", odd, StringComparison.Ordinal);
        }
    }

    static IEnumerable<object[]> Places(JsonNode? node, object[] path)
    {
        if (path.Length > 0)
            yield return path;
        var inside = node switch
        {
            JsonObject fields => fields.SelectMany(field => Places(field.Value, [.. path, field.Key])),
            JsonArray list => list.SelectMany((entry, index) => Places(entry, [.. path, index])),
            _ => [],
        };
        foreach (var each in inside)
            yield return each;
    }

    static SlackDelivery Form(string form) => PayloadReader.ReadForm(Encoding.UTF8.GetBytes(form)).ShouldBeOfType<SlackBody.Delivered>().What;

    static SlackDelivery Interaction(string name, Action<JsonObject>? change = null)
    {
        var payload = Captured.Payload($"interactive.{name}");
        change?.Invoke(payload);
        return Form("payload=" + Uri.EscapeDataString(payload.ToJsonString()));
    }

    static SlackDelivery Event(string name, Action<JsonObject>? change = null)
    {
        var payload = Captured.Payload($"events.{name}");
        change?.Invoke(payload);
        return PayloadReader.ReadJson(Encoding.UTF8.GetBytes(payload.ToJsonString())).ShouldBeOfType<SlackBody.Delivered>().What;
    }
}
