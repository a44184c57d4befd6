namespace BotDispatch.Ports;

/// <summary>Something that an administrator has to mend, and that people should know of meanwhile. Every source is asked whenever somebody looks.</summary>
internal interface INoticeSource
{
    /// <summary>Whole sentences without personal data; empty while all is well. Answers at once.</summary>
    IReadOnlyList<string> Notices();
}
