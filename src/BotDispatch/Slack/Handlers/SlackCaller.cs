using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Inbound;

namespace BotDispatch.Slack.Handlers;

/// <summary>Somebody who did something, and every way to answer them.</summary>
/// <param name="Installation">Whose token answers.</param>
/// <param name="UserId">Slack's id of them.</param>
/// <param name="UserName">Their name, where Slack told it.</param>
/// <param name="Delivery">The id of what they did.</param>
/// <param name="Where">Where a dispatch of theirs would stand.</param>
/// <param name="TriggerId">Opens one dialog within three seconds; empty where nothing opens one.</param>
/// <param name="ResponseUrl">Answers them in private, where the delivery came with it.</param>
/// <param name="Channel">Where they see a private answer without it; null for their direct messages with the app.</param>
/// <param name="ThreadTs">The thread there, if they are in one.</param>
internal sealed record SlackCaller(
    string Installation, string UserId, string UserName, string Delivery, ChatChannel Where, string TriggerId = "", Uri? ResponseUrl = null, string? Channel = null,
    string? ThreadTs = null)
{
    /// <summary>Who did this there.</summary>
    public static SlackCaller Of(SlackDelivery delivery, string installation)
    {
        var from = delivery.From;
        var (channel, thread, trigger, response) = delivery switch
        {
            SlackDelivery.Command it => (it.Channel, null, it.TriggerId, it.ResponseUrl),
            SlackDelivery.Press it => (it.Message?.Channel, null, it.TriggerId, it.ResponseUrl),
            SlackDelivery.MessageShortcut it => (it.Message.Channel, it.ThreadTs, it.TriggerId, it.ResponseUrl),
            SlackDelivery.Shortcut it => (null, null, it.TriggerId, null),
            SlackDelivery.Mentioned it => (it.Channel, it.ThreadTs, "", null),
            _ => ((string?)null, (string?)null, "", (Uri?)null),
        };
        return new(installation, from.UserId, from.UserName, delivery.OnceId, PlaceOf(installation, from.UserId, channel), trigger, response, channel, thread);
    }

    /// <summary>The same wish with as much time as a dialog has that stands open already.</summary>
    public Delivery WithoutHurry => new(Delivery, TimeSpan.FromSeconds(20));

    /// <summary>The same wish while Slack itself waits for the answer.</summary>
    public Delivery Briefly => new(Delivery);

    // The app cannot write into a talk between two people: what is dispatched there is shown in its own direct messages with whoever asked.
    static ChatChannel PlaceOf(string installation, string user, string? channel) =>
        SlackAddress.Channel(installation, channel is null || channel.StartsWith('D') ? user : channel);
}
