using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Slack;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Tests.Adapters.Slack;

/// <summary>What Slack sends, as our readers read it.</summary>
internal static class Sent
{
    public static SlackDelivery Command(string id, SlackOrigin from, string name, string text, string channel, string trigger, Uri? responseUrl)
    {
        var typed = SlackMarkup.Read(text);
        return new(new ChatAction.Command(id, typed.Text, typed.Mentions), from, PayloadKind.Command) { Name = name, Text = text, Channel = channel, TriggerId = trigger, ResponseUrl = responseUrl };
    }

    public static SlackDelivery Press(string id, SlackOrigin from, string element, string? value, string trigger, Uri? responseUrl, SlackMessageId? message, SlackView? view)
    {
        var delivery = Unknown(id, from, "block_actions") with
        {
            Kind = PayloadKind.Press,
            Name = element,
            Text = value ?? "",
            TriggerId = trigger,
            ResponseUrl = responseUrl,
            Message = message,
            Channel = message?.Channel,
            View = view,
        };
        return delivery with { Action = InteractionReader.PressOf(delivery, element, value) };
    }

    public static SlackDelivery Submission(string id, SlackOrigin from, SlackView view, string trigger) =>
        new(InteractionReader.SubmissionOf(id, view), from, PayloadKind.Submission) { Name = view.CallbackId, View = view, TriggerId = trigger };

    public static SlackDelivery Closed(string id, SlackOrigin from, SlackView view) =>
        new(new ChatAction.Unknown(id, "view_closed"), from, PayloadKind.Closed) { View = view };

    public static SlackDelivery Suggestion(string id, SlackOrigin from, string element, string typed, SlackView? view) =>
        new(new ChatAction.Search(id, typed, element == FormView.PeopleAction ? Blocks.MostOptions : 0), from, PayloadKind.Suggestion) { Name = element, View = view };

    public static SlackDelivery Shortcut(string id, SlackOrigin from, string callback, string trigger) =>
        new(callback == InteractionReader.AnywhereShortcut ? new ChatAction.Ask(id) : new ChatAction.Unknown(id, "shortcut"), from, PayloadKind.Shortcut) { Name = callback, TriggerId = trigger };

    public static SlackDelivery MessageShortcut(string id, SlackOrigin from, string callback, string trigger, SlackMessageId message, string? threadTs, string text, Uri? responseUrl)
    {
        var typed = SlackMarkup.Read(text);
        return new(
            callback == InteractionReader.MessageShortcut ? new ChatAction.MessageChosen(id, typed.Text, typed.Mentions, null) : new ChatAction.Unknown(id, "message_action"),
            from, PayloadKind.MessageShortcut)
        {
            Name = callback,
            Text = text,
            TriggerId = trigger,
            Message = message,
            Channel = message.Channel,
            ThreadTs = threadTs,
            ResponseUrl = responseUrl,
        };
    }

    public static SlackDelivery HomeOpened(string id, SlackOrigin from) => new(new ChatAction.HomeOpened(id), from, PayloadKind.Event);

    public static SlackDelivery Mentioned(string id, SlackOrigin from, string channel, string? threadTs, string text)
    {
        var typed = SlackMarkup.Read(text);
        return new(new ChatAction.Mentioned(id, typed.Text, typed.Mentions), from, PayloadKind.Event) { Text = text, Channel = channel, ThreadTs = threadTs };
    }

    public static SlackDelivery Uninstalled(string id, SlackOrigin from) => new(new ChatAction.Removed(id), from, PayloadKind.Event);

    public static SlackDelivery TokensRevoked(string id, SlackOrigin from, ImmutableArray<string> bots) =>
        new(new ChatAction.Removed(id), from, PayloadKind.Event) { RevokedBots = bots };

    public static SlackDelivery Unknown(string id, SlackOrigin from, string type) => PayloadReader.Unknown(id, from, type);
}
