using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Chat;

/// <summary>Shows a running dispatch in one more place, for whoever types it.</summary>
internal sealed class Mirroring(DispatchEngine engine, Access access, MirrorPlaces places)
{
    /// <summary>Adds the place, or says why not.</summary>
    public async Task<DeskAnswer> AddAsync(Person who, ChatChannel where, DispatchState state, string place, Delivery delivery, Patience patience)
    {
        var id = state.Plan.Id;
        if (await access.RefusalAsync(Deed.Dispatch, who, patience) is { } mayNot)
            return new DeskAnswer.Private(mayNot, id);
        var by = who with { Name = PlainWords.OneLine(who.Name) };
        var (mirror, mistake) = await places.FindAsync(place, where, by, patience);
        if (mirror is null)
            return new DeskAnswer.Private(mistake, id);
        return await engine.ApplyOnceAsync(id, new DispatchInput.AddMirror(mirror), $"{who.Platform}:{delivery.Id}", patience.Caller) switch
        {
            Applied.Decided { Decision: { IsIgnored: true, State: var now } } => new DeskAnswer.Private(WhyNot(now, mirror), id),
            _ => new DeskAnswer.Private(DeskWords.ShownThere(state, mirror.Name), id),
        };
    }

    static string WhyNot(DispatchState state, Mirror mirror) =>
        state.IsClosed ? DeskWords.AlreadyClosed(state)
        : state.ThreadIn(mirror.Channel) is null ? DeskWords.TooManyPlaces(state.Mirrors.Length + 1)
        : DeskWords.IsShownThere(mirror.Name);
}
