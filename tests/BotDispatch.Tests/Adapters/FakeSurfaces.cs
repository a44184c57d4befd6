using System.Collections.Concurrent;
using BotDispatch.Chat;
using BotDispatch.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Adapters;

/// <summary>Surfaces that reply to every delivery with what a test says, before any handler of commands, dialogs or presses is asked.</summary>
internal sealed class FakeSurfaces<TDelivery, TReply>(Func<TDelivery, Task<TReply>> reply) : ISurfaces<TDelivery, TReply> where TReply : class, IWireReply
{
    /// <summary>What came, in its order.</summary>
    public ConcurrentQueue<TDelivery> Handled { get; } = [];

    /// <summary>An inbox for such surfaces: its handlers are never asked.</summary>
    public static ChatInbox<TReply> Inbox(TimeProvider clock) =>
        new(null!, null!, null!, null!, null!, new BackgroundWork(clock, NullLogger<BackgroundWork>.Instance), clock);

    public IReplySurface<TReply> Of(TDelivery delivery) => new Surface(async () =>
    {
        Handled.Enqueue(delivery);
        return await reply(delivery);
    });

    sealed class Surface(Func<Task<TReply>> reply) : IReplySurface<TReply>
    {
        public ChatChannel Where => throw new NotSupportedException();

        public async Task<Prepared<TReply>> PrepareAsync(ChatAction action, CancellationToken ct)
        {
            ct.CanBeCanceled.ShouldBeFalse();
            return await reply();
        }

        public Task<(Person Who, ChatAction Action)> ReadAsync(ChatAction action, CancellationToken ct) => throw new NotSupportedException();

        public Delivery DeliveryOf(ChatAction action) => throw new NotSupportedException();

        public ResponseDeadline? Waits(ChatAction action) => throw new NotSupportedException();

        public Task<TReply> ShowAsync(ChatAction action, ChatReply answer, CancellationToken ct) => throw new NotSupportedException();

        public Task<TReply> NotReadyAsync(ChatAction action, Func<Task<ChatReply>> answer) => throw new NotSupportedException();

        public void LogBroken(string exception, string? place) => throw new NotSupportedException();
    }
}
