using System.Text.Json.Nodes;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.PretendSlack;

/// <summary>Somebody was notified.</summary>
/// <param name="Who">As <c>&lt;!channel&gt;</c> or <c>&lt;@U0DANA&gt;</c>.</param>
/// <param name="Message">By which message.</param>
public sealed record Ping(string Who, Message Message);

/// <summary>Somebody saw an error from Slack itself, because the app was late or wrong.</summary>
/// <param name="At">When.</param>
/// <param name="User">Who saw it.</param>
/// <param name="What">As <c>operation_timeout</c> or <c>dispatch_failed</c>.</param>
/// <param name="During">What they were doing, and what went wrong.</param>
public sealed record Complaint(DateTimeOffset At, string User, string What, string During);

/// <summary>What the app answered to a delivery.</summary>
/// <param name="Body">The HTTP body or the payload of the acknowledgement; empty if there was none.</param>
/// <param name="Json">The same, where it is JSON.</param>
/// <param name="Trouble">Why it does not count: <c>operation_timeout</c> or <c>dispatch_failed</c>; null if the app took it.</param>
/// <param name="Status">The HTTP status; 0 if there was none.</param>
/// <param name="Headers">The answer's own headers, lower case.</param>
public sealed record AppAnswer(string Body, JsonNode? Json, string? Trouble, int Status = 0, IReadOnlyDictionary<string, string>? Headers = null)
{
    public bool WasAccepted => Trouble is null;

    public bool IsEmpty => Body.Length == 0;

    internal static AppAnswer Failed(string trouble) => new("", null, trouble);
}
