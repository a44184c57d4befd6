using BotDispatch.Benchmarks.Load;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>An app that acknowledges.</summary>
internal sealed record AckApp(string Name, Child Process, Uri Address);

/// <summary>A row of the comparison.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Ours">What the product is sent.</param>
/// <param name="Bolts">What the other app is sent: the same, or the same button where its app does as much as ours.</param>
/// <param name="IsDurable">Acknowledged when it is decided and committed.</param>
internal sealed record AckCase(string Name, AckKind Ours, AckKind Bolts, bool IsDurable = false)
{
    public static readonly AckCase[] All =
    [
        new("command, answered (help)", AckKind.Command, AckKind.Command),
        new("command, opens a dialog", AckKind.DialogCommand, AckKind.DialogCommand),
        new("event", AckKind.Event, AckKind.Event),
        new("suggestion", AckKind.Suggestion, AckKind.Suggestion),
        new("press, nothing to do", AckKind.OtherPress, AckKind.OtherPress),
        new("press, committed", AckKind.CardPress, AckKind.CardPress, IsDurable: true),
        new("press, committed; Bolt tells too", AckKind.CardPress, AckKind.PressWithMessage, IsDurable: true),
    ];

    public static readonly int[] InFlight = [1, 32];

    public (AckApp App, AckKind Kind)[] Contestants(AckApp ours, AckApp bolt) => [(ours, Ours), (bolt, Bolts)];
}
