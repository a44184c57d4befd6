using BotDispatch.Chat;

namespace BotDispatch.Slack;

/// <summary>
/// Divides the three seconds for which Slack waits for an acknowledgement, and for which a trigger can open a dialog. Where Slack waits for
/// the answer, the ticket system and the directory have <see cref="Delivery.Usual"/>, 2 s.
/// </summary>
/// <remarks>
/// The longest time of each answer must be below the 2.5 s of <see cref="Acknowledgement"/>: a command takes 0.3 s for its words and 0.7 s
/// for a link in them, 1.0 s in all; the view that asked what and where takes 1.5 s + 0.7 s = 2.2 s; a pressed button or a sent dialog
/// takes 2.3 s with its link. The other 0.5 s are for the network. If a command is not decided after 0.3 s, there are 2.7 s left to open
/// the loading view before the trigger expires.
/// Source of the three seconds: https://docs.slack.dev/interactivity/handling-user-interaction
/// </remarks>
internal static class SlackDeadlines
{
    /// <summary>How long Slack waits.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    /// <summary>When a request or an envelope is acknowledged at the latest, even if its work is not done.</summary>
    public static readonly TimeSpan Acknowledgement = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// When a pressed button, a sent dialog or text typed into a field is answered at the latest: 0.2 s are left to write the answer.
    /// </summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(2.3);

    /// <summary>
    /// An answer that is decided after this time may reach Slack too late, because a busy or newly started machine is also slow before and
    /// after the decision. So the answer is sent once more.
    /// </summary>
    public static readonly TimeSpan PerhapsTooLate = TimeSpan.FromSeconds(2);

    /// <summary>How long the view that asked what and where waits for an answer before the loading view replaces it.</summary>
    public static readonly TimeSpan AskedView = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// How long Slack has to show the loading view before it is replaced. If that happens earlier, Slack may show it over its replacement.
    /// </summary>
    public static readonly TimeSpan ToBeShown = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer waits for the link to a message.</summary>
    public static readonly TimeSpan Link = TimeSpan.FromSeconds(0.7);

    /// <summary>How long a command waits for its dialog or its words before the loading view is opened.</summary>
    public static readonly TimeSpan LoadingView = TimeSpan.FromSeconds(0.3);

    /// <summary>
    /// How long a command waits for its author's name: less than <see cref="LoadingView"/>, so that a slow name alone does not open the
    /// loading view.
    /// </summary>
    public static readonly TimeSpan Name = TimeSpan.FromSeconds(0.25);

    /// <summary>
    /// How long it may take to learn of which organisation a person is, where that decides whether they are answered. It is asked only for
    /// people of another workspace of the same organisation, and remembered.
    /// </summary>
    public static readonly TimeSpan Organisation = TimeSpan.FromSeconds(0.7);
}
