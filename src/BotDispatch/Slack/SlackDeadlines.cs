using BotDispatch.Chat;

namespace BotDispatch.Slack;

/// <summary>
/// How the three seconds are spent that Slack waits for an acknowledgement and that a trigger opens a dialog. The ticket system and the
/// directory are asked for <see cref="Delivery.Usual"/>, 2 s, where Slack waits for the answer.
/// </summary>
/// <remarks>
/// The longest way of each answer, which must be below the 2.5 s of <see cref="Acknowledgement"/>:
/// a command is words 0.3 + a link in them 0.7 = 1.0 s; a view that asked what and where is 1.5 + 0.7 = 2.2 s; a pressed button or a sent
/// dialog is 2.3 s, with its link.
/// Above it, 0.5 s are left for the way there and back.
/// Where a command is not decided after 0.3 s, 2.7 s are left to open the view that waits, before the trigger dies.
/// Source of the three seconds: https://docs.slack.dev/interactivity/handling-user-interaction
/// </remarks>
internal static class SlackDeadlines
{
    /// <summary>Slack itself waits so long.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    /// <summary>The latest moment at which a request or an envelope is acknowledged, whatever its work came to.</summary>
    public static readonly TimeSpan Acknowledgement = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// The latest moment for an answer to a pressed button, a sent dialog or letters typed into a field: 0.2 s are left to write it.
    /// </summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(2.3);

    /// <summary>
    /// An answer decided after this moment may come to Slack after its three seconds, because a machine that is busy or has just been
    /// started is slow before it and after it: it is told once more.
    /// </summary>
    public static readonly TimeSpan PerhapsTooLate = TimeSpan.FromSeconds(2);

    /// <summary>How long the view that asked what and where waits, before a view that waits is shown in its place.</summary>
    public static readonly TimeSpan AskedView = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long Slack is given to show that view before it is replaced: replaced too early, it would come over what replaced it.
    /// </summary>
    public static readonly TimeSpan ToBeShown = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer waits for the link to a message.</summary>
    public static readonly TimeSpan Link = TimeSpan.FromSeconds(0.7);

    /// <summary>How long a command waits for its dialog or its words, before a view that waits is opened.</summary>
    public static readonly TimeSpan LoadingView = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// How long a command waits for somebody's name: less than <see cref="LoadingView"/>, so that a slow name alone opens no view that
    /// waits.
    /// </summary>
    public static readonly TimeSpan Name = TimeSpan.FromSeconds(0.25);
}
