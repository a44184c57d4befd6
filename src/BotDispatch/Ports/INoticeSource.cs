namespace BotDispatch.Ports;

/// <summary>
/// Something that an administrator has to mend and that users should know about meanwhile. Every source is read each time somebody looks.
/// </summary>
internal interface INoticeSource
{
    /// <summary>Whether it is about people, their lists or their times, so that it is said beside the schedule.</summary>
    bool IsAboutPeople => false;

    /// <summary>Returns whole sentences without personal data; empty if nothing is wrong. Must return at once.</summary>
    IReadOnlyList<string> Notices();
}
