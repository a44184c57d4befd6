using System.Collections.Immutable;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Drawing;
using BotDispatch.Slack.Inbound;
using Microsoft.Extensions.Options;

namespace BotDispatch.Slack.Handlers;

/// <summary>A person who did something, and every way to answer them.</summary>
/// <param name="Installation">The installation whose token answers.</param>
/// <param name="UserId">Slack's id of the person.</param>
/// <param name="UserName">Their name, where Slack said it.</param>
/// <param name="DeliveryId">Names what they did.</param>
/// <param name="Where">Where a dispatch of theirs would stand.</param>
/// <param name="TriggerId">Opens one dialog within three seconds; empty where nothing opens one.</param>
/// <param name="ResponseUrl">Answers them in private, where the delivery came with it.</param>
/// <param name="Channel">Where they see a private answer without it; null for their direct messages with the app.</param>
/// <param name="ThreadTs">The thread there, if they are in one.</param>
internal sealed record SlackCaller(
    string Installation, string UserId, string UserName, string DeliveryId, ChatChannel Where, string TriggerId = "",
    Uri? ResponseUrl = null, string? Channel = null, string? ThreadTs = null)
{
    /// <summary>The person who did this, in that installation.</summary>
    public static SlackCaller Of(SlackDelivery delivery, string installation)
    {
        var from = delivery.From;
        // The view that asks what is to be dispatched asks where, too.
        var place = delivery is { Action: ChatAction.Asked, View: { } view }
            ? ViewReader.Text(view, AskView.WhereBlock, AskView.WhereAction)
            : delivery.Channel;
        return new(
            installation, from.UserId, from.UserName, delivery.Id, PlaceOf(installation, from.UserId, place),
            delivery.TriggerId, delivery.ResponseUrl, delivery.Channel, delivery.ThreadTs);
    }

    // The app cannot write into a talk between two people: a dispatch from there is shown in its own direct messages with the requester.
    static ChatChannel PlaceOf(string installation, string user, string? channel) =>
        SlackAddress.Channel(installation, string.IsNullOrEmpty(channel) || channel.StartsWith('D') ? user : channel);
}

/// <summary>Knows how others in a workspace read somebody.</summary>
internal interface IMemberNames
{
    /// <summary>The name that others read; <paramref name="otherwise"/> where the workspace does not say it.</summary>
    Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct);

    /// <summary>The organisation (Enterprise Grid) of a person; null if they have none, or it cannot be asked for.</summary>
    Task<string?> OrganisationAsync(string installation, string user, CancellationToken ct);
}

/// <summary>
/// Gives callers, and the people whom they mention, the name that others read. A name that is slow to learn delays nothing.
/// </summary>
internal sealed class Callers(IMemberNames names, TimeProvider clock, IOptions<SlackOptions>? options = null)
{
    /// <summary>
    /// Whether this delivery is of a person of another organisation, in a channel that is shared with it, and the settings do not allow
    /// that. A person whom Slack does not show to be of the app's own organisation is of another one.
    /// </summary>
    /// <remarks>
    /// Slack delivers what they press and write as if it came from the workspace of the app; only the person's own workspace differs:
    /// https://github.com/slackapi/java-slack-sdk/issues/1041
    /// </remarks>
    public async Task<bool> IsRefusedAsync(SlackCaller caller, SlackDelivery delivery, CancellationToken ct)
    {
        if (options?.Value.AllowOtherOrganisations == true || delivery.HomeTeam is not { } home
            || home == caller.Installation || home == delivery.From.Team)
            return false;
        if (delivery.From.Enterprise is not { } own)
            return true;
        if (home == own)
            return false;
        var asking = names.OrganisationAsync(caller.Installation, caller.UserId, ct);
        return await new ResponseDeadline(SlackDeadlines.Organisation, clock).AnswerAsync(asking, null, ct) != own;
    }

    /// <summary>The person as everybody else reads them.</summary>
    public async Task<Person> WhoAsync(SlackCaller caller, CancellationToken ct) =>
        SlackAddress.Person(caller.Installation, caller.UserId, await NameAsync(caller.Installation, caller.UserId, caller.UserName, ct));

    /// <summary>The mentioned people of that installation, with their names.</summary>
    public async Task<ImmutableArray<Mention>> NamedAsync(SlackCaller caller, IEnumerable<Mention> mentions, CancellationToken ct) =>
        [.. await Task.WhenAll(mentions.Select(async each =>
        {
            var (id, name) = (each.Person.UserId, each.Person.Name);
            name = name.Length > 0 ? name : await NameAsync(caller.Installation, id, "", ct);
            return each with { Person = SlackAddress.Person(caller.Installation, id, name) };
        }))];

    async Task<string> NameAsync(string installation, string user, string otherwise, CancellationToken ct)
    {
        var known = otherwise.Length > 0 ? otherwise : user;
        // The deadline does not cancel it: a name that comes too late for this answer is remembered for the next.
        var asking = names.NameAsync(installation, user, known, ct);
        return await new ResponseDeadline(SlackDeadlines.Name, clock).AnswerAsync(asking, known, ct);
    }
}

/// <summary>
/// Says something to one person alone, in whatever way is open: through the delivery's own address, in the channel, or in the app's
/// direct messages with them.
/// </summary>
internal sealed class EphemeralMessages(ISlackApi slack, ILogger<EphemeralMessages> log)
{
    /// <summary>Says it. <paramref name="link"/> leads to the thread that it is about.</summary>
    public Task SayAsync(SlackCaller to, string text, string? link, CancellationToken ct) =>
        SayAsync(to, new EphemeralMessage(text, link), ct);

    /// <summary>Says it.</summary>
    public async Task SayAsync(SlackCaller to, EphemeralMessage ephemeral, CancellationToken ct)
    {
        if (to.ResponseUrl is { } address && await slack.RespondAsync(address, NoticeView.Message(ephemeral), ct))
            return;
        if (to.Channel is not null && await PostAsync(to, "chat.postEphemeral", to.Channel, ephemeral, ct))
            return;
        if (!await PostAsync(to, "chat.postMessage", to.UserId, ephemeral, ct))
            log.NotSaid(to.Installation);
    }

    async Task<bool> PostAsync(SlackCaller to, string method, string channel, EphemeralMessage ephemeral, CancellationToken ct)
    {
        SlackArguments message = new()
        {
            ["text"] = NoticeView.TextOf(ephemeral),
            ["blocks"] = NoticeView.BlocksOf(ephemeral),
            ["channel"] = channel,
        };
        if (method == "chat.postEphemeral")
        {
            message["user"] = to.UserId;
            if (to.ThreadTs is not null)
                message["thread_ts"] = to.ThreadTs;
        }
        switch (await slack.CallAsync(new(to.Installation, method, message), ct))
        {
            // What may stand there already is not said twice.
            case SlackAnswer.Ok or SlackAnswer.Lost:
                return true;
            case SlackAnswer.Refused no:
                log.AnswerRefused(method, no.Error, no.Detail);
                return false;
            default:
                return false;
        }
    }
}
