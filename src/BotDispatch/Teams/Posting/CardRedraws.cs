using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Inbound;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Replaces the card that stands in a conversation. Drawing the same card twice changes nothing, so a lost answer only means that it is
/// drawn later.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/update-and-delete-bot-messages</remarks>
internal sealed class CardRedraws(IConnector connector, PostingPace pace, MessagePosts posts, Refusals refusals, ILogger<CardRedraws> log)
{
    readonly MissingPostCounter cards = new();

    /// <summary>Draws the card; <paramref name="who"/> names the one that waits for a turn.</summary>
    public async Task<Posted> DrawAsync(Place place, TeamsMessageId card, TeamsPost post, string who, CancellationToken ct)
    {
        if (pace.NotYet(place.Tenant, place.Conversation, who) is { } wait)
            return new Posted.NotYet(wait);
        var answer = await UpdateAsync(place, card, post.Activity, ct);
        if (answer is ConnectorAnswer.Refused { Kind: Refusal.Content or Refusal.TooBig } refused)
        {
            log.SentPlain(post.Key, refused.Code);
            answer = await UpdateAsync(place, card, post.Plain, ct);
        }
        switch (posts.Trouble(place, post.Key, answer, isRedraw: true))
        {
            case null:
                cards.Over(place);
                refusals.Worked(place.Tenant);
                return new Posted.Done(card.ToString());
            case Posted.Gone when cards.IsTooOften(place):
                log.LeftAsItIs(post.Key);
                return new Posted.Done(card.ToString());
            // Replies below it are posted all the same, and find out whether the place accepts anything.
            case Posted.Refused(var because):
                log.NotRedrawn(post.Key, because);
                return new Posted.Done(card.ToString());
            case var trouble:
                return trouble;
        }
    }

    // Teams knows a post in its thread or in its channel; no source says for certain in which.
    async Task<ConnectorAnswer> UpdateAsync(Place place, TeamsMessageId card, JsonObject activity, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.ThreadId, card.Activity, activity), ct);
        if (answer is not ConnectorAnswer.Refused { Kind: Refusal.Gone or Refusal.Content } || card.Root.Length == 0)
            return answer;
        var other = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.Conversation, card.Activity, activity), ct);
        // Treat the card as deleted only if both lookups say that it is missing.
        return other is ConnectorAnswer.Refused { Kind: Refusal.Gone } ? answer : other;
    }
}

/// <summary>
/// Counts how often, in a row, a conversation does not know what was posted there. A place that accepts cards and never knows them again,
/// or lets nobody reply to them, would otherwise get an endless row of cards.
/// </summary>
internal sealed class MissingPostCounter
{
    const int Most = 3;

    readonly ConcurrentDictionary<(string Tenant, string Conversation), int> counts = new();

    /// <summary>Notes that it happened again. Returns whether it has happened too often to post another card.</summary>
    public bool IsTooOften(Place place) => counts.AddOrUpdate((place.Tenant, place.Conversation), 1, (_, count) => count + 1) > Most;

    /// <summary>Notes that the place knows what was posted there.</summary>
    public void Over(Place place) => counts.TryRemove((place.Tenant, place.Conversation), out _);
}

/// <summary>Deletes a second card of a dispatch (<see cref="SecondCards"/>).</summary>
internal sealed class DuplicateCards(IPostedCards posted, IConnector connector, TimeProvider clock, ILogger<DuplicateCards> log)
{
    readonly SecondCards second = new(clock);

    /// <summary>Deletes the message if the dispatch has another card in the same conversation; otherwise does nothing.</summary>
    public async Task DeleteAsync(ConversationReference where, DispatchId dispatch, TeamsMessageId pressed, CancellationToken ct)
    {
        var isSecond = await second.IsSecondAsync(dispatch, Card(pressed), async () =>
            (await posted.FindCardsAsync(dispatch, TeamsAddress.Platform, ct)).Select(card => Card(TeamsMessageId.Parse(card.Message))));
        if (isSecond && await connector.CallAsync(
            new ConnectorCall.Delete(where.ServiceUrl, pressed.ThreadId, pressed.Activity), ct) is ConnectorAnswer.Done)
            log.DuplicateDeleted(dispatch);
    }

    static CardMessage Card(TeamsMessageId message) =>
        new(message.Conversation, NamelessCard.Is(message.Activity) ? null : message.Activity);
}
