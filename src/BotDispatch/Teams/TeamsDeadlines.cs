using BotDispatch.Chat;

namespace BotDispatch.Teams;

/// <summary>
/// How the time is spent that somebody waits who pressed something in Teams. Teams shows nothing meanwhile, and an error when no answer
/// comes: it waits 5 s for some, and 3 s are what a person takes for an answer. The ticket system and the directory are asked for
/// <see cref="Delivery.Usual"/>, 2 s, where somebody waits.
/// </summary>
/// <remarks>
/// An answer is decided within 2.2 s, the first 0.3 s or more of them for who and where; 0.3 s are left to write it before the 2.5 s of
/// <see cref="Acknowledgement"/>, and 0.5 s for the way there and back.
/// Source: https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
/// </remarks>
internal static class TeamsDeadlines
{
    /// <summary>A person waits so long.</summary>
    public static readonly TimeSpan Person = TimeSpan.FromSeconds(3);

    /// <summary>The latest moment at which a request is answered, whatever its work came to.</summary>
    public static readonly TimeSpan Acknowledgement = TimeSpan.FromSeconds(2.5);

    /// <summary>The latest moment at which an answer is decided.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(2.2);

    /// <summary>
    /// An answer decided after this moment may come to Teams after the time that it waits, because a machine that is busy or has just been
    /// started is slow before it and after it: it is told once more.
    /// </summary>
    public static readonly TimeSpan PerhapsTooLate = TimeSpan.FromSeconds(2);

    /// <summary>How long each question to the database waits, who somebody is and where: a slow database holds no answer up.</summary>
    public static readonly TimeSpan Reference = TimeSpan.FromSeconds(0.3);

    /// <summary>After this time an answer has arrived: it left within <see cref="Acknowledgement"/>.</summary>
    public static readonly TimeSpan HasArrived = TimeSpan.FromSeconds(4);
}
