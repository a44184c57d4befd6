using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Drawing;
using Microsoft.Extensions.Options;

namespace BotDispatch.Teams.Posting;

/// <summary>
/// Teams as a chat: one card per dispatch, redrawn in place, and its thread. Chats have no threads, so there the replies follow the card.
/// If a conversation does not accept the card, the dispatch is followed in the personal chat of the person who asked.
/// </summary>
// Eight: a chat as the engine sees it is places, posts, cards, people and members together.
internal sealed class TeamsPlatform(
    Places places, MessagePosts posts, CardRedraws redraws, TeamsPeople people, TeamsMembers members, IOptions<TeamsOptions> options,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock, ILogger<TeamsPlatform> log) : IChatPlatform
{
    const int MostDirect = 3000;

    public string Name => TeamsAddress.Platform;

    public bool IsSetUp => options.Value.IsOn;

    public async Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct)
    {
        var (tenant, id) = TeamsAddress.Split(channel.Address);
        if (await places.FindAsync(tenant, id, ct) is not { } place)
            return posts.NowhereIn(tenant);
        var posted = await posts.PostAsync(place, Drawn(card), card.Id.Value, earlierTries, ct);
        // If Teams refuses even plain words, the place is the reason: it calls an id that the bot cannot use there bad syntax, too.
        if ((posted is Posted.Gone gone ? gone.Because : (posted as Posted.Refused)?.Because) is not { } because)
            return posted;
        return await PostingTrouble.FollowElsewhereAsync(card, Name, place.IsPersonal, because, () =>
        {
            log.FollowedElsewhere(card.Id.Value, because);
            return PostPersonallyAsync(place, card, earlierTries, ct);
        });
    }

    public async Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct)
    {
        var (place, root, isElsewhere) = await WhereAsync(thread, ct);
        if (NamelessCard.Is(root.Activity))
            return root.Activity == NamelessCard.Of(card)
                ? new Posted.Done(thread.RootMessage)
                : new Posted.Gone("Teams did not name the card");
        return place is null
            ? posts.NowhereIn(TeamsAddress.Split(thread.Channel.Address).Tenant)
            : await redraws.DrawAsync(place, root, Drawn(card, isElsewhere), $"{thread.RootMessage} card", ct);
    }

    public async Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct)
    {
        if (await WhereAsync(thread, ct) is not ({ } place, var root, _))
            return posts.NowhereIn(TeamsAddress.Split(thread.Channel.Address).Tenant);
        var mris = new Dictionary<Person, string>();
        foreach (var person in update.Lines.Select(line => line.Mention).OfType<Person>().Distinct())
            if (await people.MriOfAsync(place, person, ct) is { } mri)
                mris[person] = mri;
        var post = new TeamsPost(
            ReplyDrawing.Draw(update, mris), ReplyDrawing.Draw(update, new Dictionary<Person, string>()), update.Key, IsCard: false,
                update.Key);
        return await posts.PostAsync(place with { Root = root.Root }, post, thread.RootMessage, earlierTries, ct);
    }

    /// <remarks>https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/deep-link-teams</remarks>
    public Task<string?> LinkToAsync(ChatThread thread, CancellationToken ct)
    {
        var (tenant, _) = TeamsAddress.Split(thread.Channel.Address);
        var root = TeamsMessageId.Parse(thread.RootMessage);
        var (conversation, _) = TeamsAddress.SplitThread(root.Conversation);
        // Only messages of channels and group chats have such an address.
        return Task.FromResult(conversation.StartsWith("19:", StringComparison.Ordinal) && !NamelessCard.Is(root.Activity)
            ? $"https://teams.microsoft.com/l/message/{Uri.EscapeDataString(conversation)}/{Uri.EscapeDataString(root.Activity)}"
                + $"?tenantId={Uri.EscapeDataString(tenant)}"
            : null);
    }

    public async Task<string?> EmailOfAsync(Person person, CancellationToken ct) =>
        person.Platform == Name && TeamsAddress.Split(person.UserId) is ({ Length: > 0 } tenant, { Length: > 0 } id)
            ? await people.EmailOfAsync(tenant, id, ct)
            : null;

    public Task<string?> TimeZoneOfAsync(Person person, CancellationToken ct) =>
        Task.FromResult(person.Platform == Name ? people.TimeZoneOf(person) : null);

    public async Task<bool> TellAsync(ChatChannel place, string email, string text, CancellationToken ct)
    {
        var (tenant, id) = TeamsAddress.Split(place.Address);
        return await places.FindAsync(tenant, id, ct) is { } where
            && await members.MriOfAsync(where, email, ct) is { } mri
            && await posts.TellAsync(where, mri, TeamsActivity.OfText(TeamsText.Markdown(text, MostDirect)), ct);
    }

    public bool IsSingleTenant => options.Value is { TenantId.Length: > 0 } or { HasApp: false };

    public ChatChannel? ReadPlace(string written) => TeamsAddress.Read(written);

    public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        members.FindAsync(place, person, email, ct);

    async Task<Posted> PostPersonallyAsync(Place place, DispatchCard card, int earlierTries, CancellationToken ct)
    {
        var mri = await people.MriOfAsync(place, card.AskedBy, ct) ?? TeamsAddress.Split(card.AskedBy.UserId).Id;
        return await posts.PostPersonallyAsync(place, mri, Drawn(card, isElsewhere: true), earlierTries, ct);
    }

    /// <summary>Returns where the thread stands; elsewhere, if the conversation did not accept the card.</summary>
    async Task<(Place? Place, TeamsMessageId Root, bool IsElsewhere)> WhereAsync(ChatThread thread, CancellationToken ct)
    {
        var (tenant, id) = TeamsAddress.Split(thread.Channel.Address);
        var root = TeamsMessageId.Parse(thread.RootMessage);
        return (await places.FindAsync(tenant, root.Conversation, ct), root, root.Conversation != id);
    }

    TeamsPost Drawn(DispatchCard card, bool isElsewhere = false) => new(
        TeamsActivity.OfCard(CardView.Draw(dispatchClock.OnWall(card), dispatchClock.WallNow, isElsewhere), CardView.Summary(card)),
        // The words are made only where Teams refuses the card.
        json => TeamsActivity.OfText(CardView.InWords(card, isElsewhere))(json),
        card.Id.Value, IsCard: true, NamelessCard.Of(card));
}

/// <summary>
/// Replaces the card that stands in a conversation. Drawing the same card twice changes nothing, so a lost answer only means that it is
/// drawn later.
/// </summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/update-and-delete-bot-messages</remarks>
internal sealed class CardRedraws(
    IConnector connector, [FromKeyedServices(TeamsAddress.Platform)] PostingPace pace, MessagePosts posts, Refusals refusals,
    ILogger<CardRedraws> log)
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
                cards.Over(place.Tenant, place.Conversation);
                refusals.Worked(place.Tenant);
                return new Posted.Done(card.ToString());
            case Posted.Gone when cards.IsTooOften(place.Tenant, place.Conversation):
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
    async Task<ConnectorAnswer> UpdateAsync(Place place, TeamsMessageId card, WriteJson activity, CancellationToken ct)
    {
        var answer = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.ThreadId, card.Activity, activity), ct);
        if (answer is not ConnectorAnswer.Refused { Kind: Refusal.Gone or Refusal.Content } || card.Root.Length == 0)
            return answer;
        var other = await connector.CallAsync(new ConnectorCall.Update(place.ServiceUrl, card.Conversation, card.Activity, activity), ct);
        // Treat the card as deleted only if both lookups say that it is missing.
        return other is ConnectorAnswer.Refused { Kind: Refusal.Gone } ? answer : other;
    }
}
