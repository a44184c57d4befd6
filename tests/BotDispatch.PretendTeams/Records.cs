using System.Text.Json.Nodes;
using BotDispatch.PretendTeams.State;

namespace BotDispatch.PretendTeams;

/// <summary>Something that somebody saw as an error, or that the app must never do.</summary>
/// <param name="At">When.</param>
/// <param name="Who">Whom it struck; null for the app as a whole.</param>
/// <param name="What">What was wrong.</param>
public sealed record Complaint(DateTimeOffset At, Person? Who, string What)
{
    public override string ToString() => $"{At:HH:mm:ss} {Who?.Name} {What}";
}

/// <summary>How a notice that only one person sees is shown.</summary>
public enum Way
{
    /// <summary>A message for them alone.</summary>
    Targeted,
    /// <summary>A text under a card that they pressed.</summary>
    UnderCard,
    /// <summary>The same as an error.</summary>
    Error,
    /// <summary>A text in the place of a dialog.</summary>
    Dialog,
}

/// <summary>A notice that only one person sees.</summary>
public sealed record PrivateNotice(DateTimeOffset At, Way Way, string Text);

/// <summary>Somebody was mentioned in a message, and so notified.</summary>
public sealed record Ping(Person Who, Post Post);

/// <summary>What the app answered to a delivery.</summary>
/// <param name="Status">The HTTP status; 0 if there was none.</param>
/// <param name="Body">As it came.</param>
/// <param name="Json">The same, where it is JSON.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Trouble">Why it does not count; null if the app took it.</param>
public sealed record AppAnswer(int Status, string Body, JsonNode? Json, TimeSpan Took, string? Trouble = null)
{
    public bool WasAccepted => Trouble is null && Status is >= 200 and < 300;
}

/// <summary>One delivery to the app.</summary>
/// <param name="At">When it was sent.</param>
/// <param name="Activity">What it was.</param>
/// <param name="Answer">What came back.</param>
public sealed record Delivered(DateTimeOffset At, JsonObject Activity, AppAnswer Answer);
