using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Api;
using BotDispatch.Storage;

namespace BotDispatch.Slack.Handlers;

/// <summary>Links to messages, where Slack tells them soon enough: an answer never waits long for one.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.getPermalink</remarks>
internal sealed class ThreadLinks(IPostedCards cards, ISlackApi slack, TimeProvider clock)
{
    const int MostKnown = 2000;

    readonly ConcurrentDictionary<(string Installation, SlackMessageId Message), string> known = [];

    /// <summary>The thread of a dispatch; null if there is none in this installation, or Slack does not give it now.</summary>
    public Task<string?> OfAsync(string installation, DispatchId? dispatch, CancellationToken ct) =>
        dispatch is not { } id ? Task.FromResult<string?>(null) : SoonAsync(async () =>
        await cards.FindCardsAsync(id, SlackAddress.Platform, ct) is [var (channel, root), ..]
        && SlackAddress.Split(channel.Address).Installation == installation
            ? await FindAsync(installation, SlackMessageId.Parse(root), ct)
            : null, ct);

    /// <summary>A message; null if Slack does not give it now.</summary>
    public Task<string?> OfAsync(string installation, SlackMessageId message, CancellationToken ct) =>
        SoonAsync(() => FindAsync(installation, message, ct), ct);

    async Task<string?> FindAsync(string installation, SlackMessageId message, CancellationToken ct)
    {
        if (known.TryGetValue((installation, message), out var link))
            return link;
        var arguments = new JsonObject { ["channel"] = message.Channel, ["message_ts"] = message.Ts };
        var answer = await slack.CallAsync(new(installation, "chat.getPermalink", arguments), ct);
        if (answer is not SlackAnswer.Ok(var body)
            || !body.TryGetProperty("permalink", out var found)
            || found.GetString() is not { Length: > 0 } address)
            return null;
        if (known.Count >= MostKnown)
            known.Clear();
        return known[(installation, message)] = address;
    }

    // Not cancelled by the limit: what comes late is known the next time.
    Task<string?> SoonAsync(Func<Task<string?>> find, CancellationToken ct) =>
        new ResponseDeadline(SlackDeadlines.Link, clock).AnswerAsync(find(), null, ct);
}
