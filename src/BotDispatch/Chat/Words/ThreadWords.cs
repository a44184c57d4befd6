using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>The product's words for threads, as the room that posts them asks for them: it may not know this one.</summary>
internal sealed class ThreadWords : IThreadWords
{
    public ThreadUpdate? Update(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events) =>
        UpdateLines.Of(state, fromSeq, events);

    public ThreadUpdate Summary(DispatchState state, long seq) => SummaryLines.Of(state, seq);
}
