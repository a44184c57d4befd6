using System.Collections.Concurrent;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Storage;

/// <summary>A chat that takes everything, and remembers it.</summary>
internal sealed class PretendChat : IChatPlatform
{
    readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);
    CancellationToken hangUntil;

    public const string Platform = "test";

    public string Name => Platform;

    /// <summary>What posting a card comes to.</summary>
    public Posted? InsteadOfCards { get; set; }

    public ConcurrentQueue<DispatchId> Cards { get; } = new();

    public ConcurrentQueue<(string Root, string Key)> Replies { get; } = new();

    public static ThreadUpdate? Write(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events) =>
        new($"{state.Plan.Id}:{fromSeq}", [new(Tone.Plain, string.Join(' ', events.Select(happened => happened.GetType().Name)))], AlsoInChannel: false);

    /// <summary>Completes when somebody waits for an answer that never comes.</summary>
    public Task Hanging => hanging.Task;

    /// <summary>From now on no card is answered for.</summary>
    public void Hang(CancellationToken until) => hangUntil = until;

    public async Task<Posted> PostCardAsync(ChatChannel channel, DispatchCard card, CancellationToken ct)
    {
        if (hangUntil.CanBeCanceled)
        {
            hanging.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, hangUntil);
        }
        if (InsteadOfCards is { } other)
            return other;
        Cards.Enqueue(card.Id);
        return new Posted.Done("card-" + card.Id);
    }

    public Task<Posted> RedrawAsync(ChatThread thread, DispatchCard card, CancellationToken ct) => Task.FromResult<Posted>(new Posted.Done(thread.RootMessage));

    public Task<Posted> ReplyAsync(ChatThread thread, ThreadUpdate update, CancellationToken ct)
    {
        Replies.Enqueue((thread.RootMessage, update.Key));
        return Task.FromResult<Posted>(new Posted.Done(update.Key));
    }
}
