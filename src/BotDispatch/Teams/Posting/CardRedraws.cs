using System.Text.Json.Nodes;
using BotDispatch.Ports;
using BotDispatch.Teams.Connector;

namespace BotDispatch.Teams.Posting;

/// <summary>Puts a card in the place of the one that stands there. Drawing twice is drawing once, so a lost answer is only a late one.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/update-and-delete-bot-messages</remarks>
internal sealed class CardRedraws(IConnector connector, PostingPace pace, MessagePosts posts, Refusals refusals, ILogger<CardRedraws> log)
{
    readonly MissingPostCounter cards = new();

    /// <summary>Draws it; <paramref name="who"/> waits for a turn.</summary>
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
            // What belongs below it is told all the same, and finds out whether the place takes anything at all.
            case Posted.Refused(var because):
                log.NotRedrawn(post.Key, because);
                return new Posted.Done(card.ToString());
            case var trouble:
                return trouble;
        }
    }

    // A post is known in its thread or in its channel: no source says in which of them for certain.
    async Task<ConnectorAnswer> UpdateAsync(Place place, TeamsMessageId card, JsonObject activity, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.ThreadId, card.Activity, activity), ct);
        if (answer is not ConnectorAnswer.Refused { Kind: Refusal.Gone or Refusal.Content } || card.Root.Length == 0)
            return answer;
        var other = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.Conversation, card.Activity, activity), ct);
        // What is not known there is no less refused here: only what is known in neither is gone.
        return other is ConnectorAnswer.Refused { Kind: Refusal.Gone } ? answer : other;
    }
}
