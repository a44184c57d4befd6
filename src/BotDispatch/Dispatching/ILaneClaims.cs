using BotDispatch.Storage;

namespace BotDispatch.Dispatching;

/// <summary>Says which lanes this process may run, and when the next one is due.</summary>
internal interface ILaneClaims
{
    /// <summary>Claims up to <paramref name="most"/> lanes of these kinds that are due by the dispatch clock.</summary>
    Task<IReadOnlyList<ClaimedLane>> ClaimAsync(
        IReadOnlyCollection<string> kinds, DateTimeOffset dispatchNow, int most, CancellationToken ct);

    /// <summary>
    /// Lets a lane go, together with what its work wants stored. Returns whether it must be looked at again. Throws if that cannot be
    /// stored: then the lane is not let go.
    /// </summary>
    Task<bool> LetGoAsync(ClaimedLane lane, LaneResult result);

    /// <summary>Lets a lane go whose end cannot be stored. Returns after how long it can be claimed again.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="wanted">After how long it should be looked at again.</param>
    TimeSpan Abandon(ClaimedLane lane, TimeSpan wanted);

    /// <summary>
    /// When the next lane is due after <paramref name="dispatchNow"/> by the dispatch clock, and when the next postponed one is due after
    /// <paramref name="realNow"/>; null where there is none.
    /// </summary>
    Task<(DateTimeOffset? Due, DateTimeOffset? Real)> NextAsync(DateTimeOffset dispatchNow, DateTimeOffset realNow, CancellationToken ct);

    /// <summary>Says that rows of lanes were changed other than by a commit of the engine.</summary>
    void Changed();
}
