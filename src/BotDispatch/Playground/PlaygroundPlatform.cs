using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Playground;

/// <summary>
/// The pretend channel as a chat platform: one card for each dispatch, redrawn in place, with the thread below it. All messages are stored
/// and shown live.
/// </summary>
internal sealed class PlaygroundPlatform(PlaygroundMessages messages, PlaygroundFeed feed,
    [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock) : IChatPlatform
{
    const string Bot = "BotDispatch";

    /// <summary>The only channel.</summary>
    public static ChatChannel Channel { get; } = new("playground", "operations");

    public string Name => Channel.Platform;

    public async Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, int earlierTries, CancellationToken ct)
    {
        var wanted = new NewMessage($"card:{card.Id}", null, "card", Bot, dispatchClock.GetUtcNow(), Write(card));
        var (message, isNew) = await messages.AddAsync(wanted, ct);
        if (!isNew)
            return await RedrawAsync(new(channel, message.Id), card, ct);
        Show(message);
        return new Posted.Done(message.Id);
    }

    public async Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct)
    {
        if (await messages.ReplaceAsync(thread.RootMessage, Write(card), ct) is not { } message)
            return new Posted.Gone("The message is not in the playground any more.");
        Show(message);
        return new Posted.Done(message.Id);
    }

    public async Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, int earlierTries, CancellationToken ct)
    {
        var lines = update.Lines.Select(line => new ReplyLine(line.Tone.ToString(), line.Text, line.Mention?.Name)).ToList();
        var body = JsonSerializer.Serialize(new(lines, update.AlsoInChannel), PlaygroundJson.Default.ReplyBody);
        var (message, isNew) = await messages.AddAsync(new($"reply:{thread.RootMessage}:{update.Key}", thread.RootMessage, "reply", Bot,
            dispatchClock.GetUtcNow(), body), ct);
        if (isNew)
            Show(message);
        return new Posted.Done(message.Id);
    }

    /// <summary>Everybody is a member of the only channel.</summary>
    public Task<Membership> FindMemberAsync(ChatChannel place, Person person, string? email, CancellationToken ct) =>
        Task.FromResult<Membership>(new Membership.Is(new(Name, person.UserId, person.Name)));

    /// <summary>Posts what a person typed.</summary>
    public async Task SayAsync(Person who, string text, string delivery, CancellationToken ct)
    {
        var body = JsonSerializer.Serialize(new(text), PlaygroundJson.Default.SaidBody);
        var (message, isNew) = await messages.AddAsync(new($"said:{delivery}", null, "said", who.Name, dispatchClock.GetUtcNow(), body),
            ct);
        if (isNew)
            Show(message);
    }

    /// <summary>Posts a direct message where everybody can read it, with whom it is for: the playground has one channel.</summary>
    public async Task<bool> TellAsync(ChatChannel place, string email, string text, CancellationToken ct)
    {
        var body = JsonSerializer.Serialize(new($"To {email} alone: {text}"), PlaygroundJson.Default.SaidBody);
        var (message, _) = await messages.AddAsync(
            new($"told:{Guid.NewGuid()}", null, "said", Bot, dispatchClock.GetUtcNow(), body), ct);
        Show(message);
        return true;
    }

    void Show(MessageView message) => feed.Send(new("message", JsonSerializer.Serialize(message, PlaygroundJson.Default.MessageView)));

    static string Write(DispatchCard card) => JsonSerializer.Serialize(
        new(card.Id.Value, card.Ticket.Reference, card.Ticket.Title, card.Ticket.Description, card.Ticket.Priority, card.Ticket.Place,
            card.Ticket.Link,
            card.Ticket.IsFreeText, card.Note, card.AskedBy.Name, card.Status.ToString(), card.Headline,
            card.Until?.ToUnixTimeMilliseconds(), card.Next,
            [.. card.People.Select(person =>
                new CardPersonBody(person.Name, person.IsCurrent, [.. person.Calls.Select(Outcome)], person.State))],
            [.. card.Buttons.Select(button => new CardButtonBody(button.Action.ToString(), button.Label, button.Callee, button.Round))],
            card.IsClosed, card.AlsoIn),
        PlaygroundJson.Default.CardBody);

    static string? Outcome(CallOutcome? outcome) => outcome is { } ended ? Words.Of(ended) : null;
}
