using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Where people outside a chat find the thread of a dispatch, and which time it is on their clocks.</summary>
internal sealed class ThreadLocations(
    ThreadStore threads, IEnumerable<IChatPlatform> platforms, [FromKeyedServices("dispatch-clock")] TimeProvider dispatchClock)
{
    /// <summary>Returns a moment of the dispatch clock as wall time, in UTC.</summary>
    public DateTimeOffset OnWall(DateTimeOffset moment) => dispatchClock.OnWall(moment).ToUniversalTime();

    /// <summary>Returns a link to the thread in which the dispatch began; null if the chat gives none.</summary>
    public async Task<string?> LinkAsync(DispatchState state, CancellationToken ct)
    {
        if (await threads.FindAsync(state.Plan.Id, 0, ct) is not { RootMessage: { } root, Channel: var channel })
            return null;
        return platforms.FirstOrDefault(each => each.Name == channel.Platform) is { } platform
            ? await platform.LinkToAsync(new(channel, root), ct) : null;
    }
}
