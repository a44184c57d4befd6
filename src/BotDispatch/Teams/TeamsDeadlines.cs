using BotDispatch.Chat;

namespace BotDispatch.Teams;

/// <summary>
/// Divides the time for which a person waits who pressed a button in Teams. Teams shows nothing meanwhile, and an error if no answer comes:
/// it waits 5 s for some answers, but a person should wait 3 s at most. Where a person waits, the ticket system and the directory have
/// <see cref="Delivery.Usual"/>, 2 s.
/// </summary>
/// <remarks>
/// An answer is decided within 2.2 s, of which at least 0.3 s are for reading the person and the conversation. Writing it takes the next
/// 0.3 s, until the 2.5 s of <see cref="Acknowledgement"/>; the other 0.5 s are for the network.
/// Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
/// </remarks>
internal static class TeamsDeadlines
{
    /// <summary>How long a person waits.</summary>
    public static readonly TimeSpan Person = TimeSpan.FromSeconds(3);

    /// <summary>When a request is answered at the latest, even if its work is not done.</summary>
    public static readonly TimeSpan Acknowledgement = TimeSpan.FromSeconds(2.5);

    /// <summary>When an answer is decided at the latest.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(2.2);

    /// <summary>
    /// An answer that is decided after this time may reach Teams too late, because a busy or newly started machine is also slow before and
    /// after the decision. So the answer is sent once more.
    /// </summary>
    public static readonly TimeSpan PerhapsTooLate = TimeSpan.FromSeconds(2);

    /// <summary>How long an answer waits for each query about the person and the conversation: a slow database must not delay it.</summary>
    public static readonly TimeSpan Reference = TimeSpan.FromSeconds(0.3);

    /// <summary>After this time an answer has reached Teams, because it was sent within <see cref="Acknowledgement"/>.</summary>
    public static readonly TimeSpan HasArrived = TimeSpan.FromSeconds(4);
}
