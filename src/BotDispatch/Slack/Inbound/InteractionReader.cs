using System.Collections.Immutable;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Slack.Drawing;

namespace BotDispatch.Slack.Inbound;

/// <summary>Reads interactions: what people do with elements, dialogs and shortcuts.</summary>
/// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
internal static class InteractionReader
{
    /// <summary>The shortcut on a message.</summary>
    public const string MessageShortcut = "dispatch_message";

    /// <summary>The global shortcut.</summary>
    public const string AnywhereShortcut = "dispatch_anywhere";

    /// <summary>Reads one interaction.</summary>
    public static SlackDelivery Read(JsonElement payload)
    {
        var from = Origin(payload);
        var kind = from.UserId.Length == 0 ? PayloadKind.Unknown : KindOf(payload);
        var delivery = PayloadReader.Unknown(IdOf(payload, kind), from, payload.Text("type") ?? "", kind) with
        {
            TriggerId = payload.Text("trigger_id") ?? "",
            ResponseUrl = payload.Address("response_url"),
            HomeTeam = payload.Name("user", "team_id"),
            View = ViewReader.Read(payload),
            Message = kind is PayloadKind.Press or PayloadKind.MessageShortcut ? Message(payload) : null,
        };
        delivery = delivery with { Channel = delivery.Message?.Channel };
        switch (kind)
        {
            case PayloadKind.Press when payload.List("actions").FirstOrDefault() is var element && element.Text("action_id") is { } action:
                var value = element.Text("type") == "button" ? element.Text("value") : null;
                return delivery with { Name = action, Text = value ?? "", Action = PressOf(delivery, action, value) };
            case PayloadKind.Submission when delivery.View is { } view:
                return delivery with { Name = view.CallbackId, Action = SubmissionOf(delivery.Id, view) };
            case PayloadKind.Suggestion when payload.Text("action_id") is { } action:
                var most = action == FormView.PeopleAction ? Blocks.MostOptions : 0;
                return delivery with { Name = action, Action = new ChatAction.Search(delivery.Id, payload.Text("value") ?? "", most) };
            case PayloadKind.Shortcut when payload.Text("callback_id") is { } callback:
                return delivery with
                {
                    Name = callback,
                    Action = callback == AnywhereShortcut ? new ChatAction.Ask(delivery.Id) : delivery.Action,
                };
            case PayloadKind.MessageShortcut when payload.Text("callback_id") is { } callback && delivery.Message is not null:
                var text = payload.Text("message", "text") ?? "";
                var typed = SlackMarkup.Read(text);
                return delivery with
                {
                    Name = callback,
                    Text = text,
                    ThreadTs = payload.Text("message", "thread_ts"),
                    Action = callback == MessageShortcut
                        ? new ChatAction.MessageChosen(delivery.Id, typed.Text, typed.Mentions, null)
                        : delivery.Action,
                };
            case PayloadKind.Closed when delivery.View is not null:
                return delivery;
            default:
                return delivery with { Kind = PayloadKind.Unknown };
        }
    }

    static PayloadKind KindOf(JsonElement payload) => payload.Text("type") switch
    {
        "block_actions" => PayloadKind.Press,
        "view_submission" => PayloadKind.Submission,
        "view_closed" => PayloadKind.Closed,
        "block_suggestion" => PayloadKind.Suggestion,
        "shortcut" => PayloadKind.Shortcut,
        "message_action" => PayloadKind.MessageShortcut,
        _ => PayloadKind.Unknown,
    };

    /// <summary>What using this element means; what the delivery says already where it is not ours.</summary>
    public static ChatAction PressOf(SlackDelivery delivery, string action, string? value) => (action, delivery.View) switch
    {
        (FormView.PeopleAction or FormView.NoteAction or FormView.ListAction, { CallbackId: FormView.CallbackId } view)
            when DialogContextCodec.Read(view.PrivateMetadata) is { } context =>
            new ChatAction.Redraw(delivery.Id, context, ViewReader.Fields(view)),
        (HomeView.BeginAction, _) => new ChatAction.Ask(delivery.Id),
        (NoticeView.OpenAction, _) when value is not null => Command(delivery.Id, value),
        _ when CardPressCodec.Read(action, value) is { } press => new ChatAction.Press(delivery.Id, press),
        _ => delivery.Action,
    };

    // The button below what was written to the bot does the same as the command typed there.
    static ChatAction.Command Command(string id, string written)
    {
        var typed = SlackMarkup.Read(written);
        return new(id, CommandText.Of(typed.Text), typed.Mentions);
    }

    /// <summary>What sending this view means.</summary>
    public static ChatAction SubmissionOf(string id, SlackView view) => view.CallbackId switch
    {
        FormView.CallbackId => DialogContextCodec.Read(view.PrivateMetadata) is { } context
            ? new ChatAction.Submit(id, context, ViewReader.Fields(view))
            : new ChatAction.Unreadable(id),
        AskView.CallbackId => new ChatAction.Asked(id, ViewReader.Text(view, AskView.WhatBlock, AskView.WhatAction) ?? ""),
        _ => new ChatAction.Unknown(id, view.CallbackId),
    };

    // Somebody who uses a view may be of another workspace, in a channel that two share: the view says where the app is installed that
    // opened it.
    static SlackOrigin Origin(JsonElement payload) => new(
        payload.Text("view", "app_installed_team_id") ?? payload.Text("team", "id"),
        payload.Text("enterprise", "id"),
        payload.Text("user", "id") ?? "",
        payload.Text("user", "username") ?? payload.Text("user", "name") ?? "");

    // An ephemeral message brings little of itself, but always its container. A shortcut has no container.
    static SlackMessageId? Message(JsonElement payload) =>
        (payload.Text("container", "channel_id") ?? payload.Text("channel", "id"),
            payload.Text("container", "message_ts") ?? payload.Text("message_ts") ?? payload.Text("message", "ts")) is ({ } channel, { } ts)
            ? new(channel, ts)
            : null;

    // Until a view is changed it keeps its hash, so the same dialog sent twice is one delivery. Of a suggestion and a closed view only all
    // that they say is their own.
    static string IdOf(JsonElement payload, PayloadKind kind) => kind switch
    {
        PayloadKind.Submission when ViewReader.Read(payload) is { } view => $"{view.Id}:{view.Hash}",
        PayloadKind.Closed or PayloadKind.Suggestion => payload.Hash(),
        _ => payload.Name("trigger_id") ?? payload.Hash(),
    };
}

/// <summary>Reads a view as it comes back, with what is filled in.</summary>
/// <remarks>https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload</remarks>
internal static class ViewReader
{
    /// <summary>The view of a payload; null if it has none.</summary>
    public static SlackView? Read(JsonElement payload) =>
        payload.Field("view") is { } view && view.Text("id") is { } id
            ? new(id, view.Text("hash") ?? "", view.Text("callback_id") ?? "", view.Text("private_metadata") ?? "", State(view))
            : null;

    /// <summary>What is filled in at the fields of the dialog.</summary>
    public static DialogFields Fields(SlackView view) => new(
        [.. Chosen(view, PeopleBlockOf(view), FormView.PeopleAction).Select(id => new EmployeeId(id))],
        Text(view, FormView.NoteBlock, FormView.NoteAction),
        Chosen(view, FormView.AlsoInBlock, FormView.AlsoInAction))
    {
        List = view.State.TryGetValue((FormView.ListBlock, FormView.ListAction), out var list)
            ? list.Text is null or FormView.NoList ? "" : list.Text
            : null,
    };

    /// <summary>The id of the block of people, which changes with the chosen list.</summary>
    public static string PeopleBlockOf(SlackView view) =>
        view.State.Keys.FirstOrDefault(each => each.Action == FormView.PeopleAction).Block ?? FormView.PeopleBlock;

    /// <summary>What was typed or chosen at this field; null if it is empty.</summary>
    public static string? Text(SlackView view, string block, string action) =>
        view.State.TryGetValue((block, action), out var field) ? field.Text : null;

    static ImmutableArray<string> Chosen(SlackView view, string block, string action) =>
        view.State.TryGetValue((block, action), out var field) ? [.. field.Chosen.Where(each => each.Length > 0)] : [];

    static ImmutableDictionary<(string Block, string Action), FieldValue> State(JsonElement view)
    {
        var state = ImmutableDictionary.CreateBuilder<(string Block, string Action), FieldValue>();
        foreach (var block in FieldsOf(view.Field("state")?.Field("values")))
            foreach (var action in FieldsOf(block.Value))
                if ((SafeJson.NameOf(block), SafeJson.NameOf(action)) is ({ } blockId, { } actionId))
                    state[(blockId, actionId)] = Value(action.Value);
        return state.ToImmutable();
    }

    // Typed text is called "value". Everything chosen is called "selected_" and its kind, of one or of several: options, users, dates.
    static FieldValue Value(JsonElement field)
    {
        string? text = null;
        ImmutableArray<string> chosen = [];
        foreach (var part in FieldsOf(field))
        {
            if (SafeJson.NameOf(part) is not { } name
                || (name != "value" && !name.StartsWith("selected_", StringComparison.Ordinal)))
                continue;
            if (part.Value.ValueKind is JsonValueKind.Array)
                chosen = [.. part.Value.EnumerateArray().Select(Single).OfType<string>()];
            else
                text = Single(part.Value) is { Length: > 0 } single ? single : text;
        }
        return new(text, chosen);
    }

    static string? Single(JsonElement value) => value.AsText() ?? value.Text("value");

    static JsonElement.ObjectEnumerator FieldsOf(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject() : default;
}
