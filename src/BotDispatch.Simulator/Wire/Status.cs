namespace BotDispatch.Simulator.Wire;

/// <summary>The status names of Routee's voice calls.</summary>
internal static class Status
{
    public const string Queued = "Queued";
    public const string Initiated = "Initiated";
    public const string Ringing = "Ringing";
    public const string InProgress = "InProgress";
    public const string Completed = "Completed";
    public const string Busy = "Busy";
    public const string NoAnswer = "NoAnswer";
    public const string Failed = "Failed";
    public const string Unsent = "Unsent";
    public const string Terminated = "Terminated";
    public const string Unknown = "Unknown";
}
