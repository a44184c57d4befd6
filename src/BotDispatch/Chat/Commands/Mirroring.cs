using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>Shows a running dispatch in one more channel, when somebody types <c>also</c>.</summary>
internal sealed class Mirroring(DispatchEngine engine, Access access, MirrorPlaces places)
{
    /// <summary>Adds the channel, or says why it cannot be added.</summary>
    public async Task<ChatReply> AddAsync(
        Person who, ChatChannel where, DispatchState state, string place, Delivery delivery, TimeBudget budget)
    {
        var id = state.Plan.Id;
        if (await access.RefusalAsync(Permission.Dispatch, who, budget) is { } mayNot)
            return new ChatReply.Private(mayNot, id);
        var by = who with { Name = PlainWords.OneLine(who.Name) };
        var (mirror, mistake) = await places.FindAsync(place, where, by, budget);
        if (mirror is null)
            return new ChatReply.Private(mistake, id);
        return await engine.ApplyOnceAsync(id, new DispatchInput.AddMirror(mirror), $"{who.Platform}:{delivery.Id}", budget.Caller) switch
        {
            Applied.Decided { Decision: { IsIgnored: true, State: var now } } => new ChatReply.Private(WhyNot(now, mirror), id),
            _ => new ChatReply.Private(ReplyText.ShownThere(state, mirror.Name), id),
        };
    }

    static string WhyNot(DispatchState state, Mirror mirror) =>
        state.IsClosed ? ReplyText.AlreadyClosed(state)
        : state.ThreadIn(mirror.Channel) is null ? ReplyText.TooManyPlaces(state.Mirrors.Length + 1)
        : ReplyText.IsShownThere(mirror.Name);
}
