using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Api;

/// <summary>One call of a Web API method.</summary>
/// <param name="Installation">Whose token: the id of an <see cref="Install.Installation"/>; empty for a call that needs no bot token.</param>
/// <param name="Method">As <c>chat.postMessage</c>.</param>
/// <param name="Arguments">Its arguments; what is null is left out, what is an object or an array travels as JSON text.</param>
internal sealed record SlackCall(string Installation, string Method, JsonObject Arguments);

/// <summary>Makes a call, once: nothing is repeated here, since only the caller knows what may be done twice. Answers within ten seconds, and never throws but for <paramref name="ct"/>.</summary>
internal delegate Task<SlackAnswer> CallSlack(SlackCall call, CancellationToken ct);

/// <summary>Says something through the address that came with a command or a press (five times in half an hour); false if it was not taken.</summary>
internal delegate Task<bool> SayThere(Uri responseUrl, JsonObject message, CancellationToken ct);

/// <summary>What a call came to.</summary>
internal abstract record SlackAnswer
{
    private SlackAnswer() { }

    /// <summary>Slack did it.</summary>
    public sealed record Ok(JsonElement Body) : SlackAnswer;

    /// <summary>Slack did nothing of it, and says why.</summary>
    /// <param name="Error">Slack's own word, as <c>not_in_channel</c>.</param>
    /// <param name="Kind">What is to be done about it.</param>
    /// <param name="Detail">What Slack says beside it: a missing scope, the field that is wrong. For logs.</param>
    public sealed record Refused(string Error, Refusal Kind, string Detail = "") : SlackAnswer;

    /// <summary>Slack did nothing of it, and asks to wait with this method; also when we know that from an earlier answer and did not ask.</summary>
    public sealed record Throttled(TimeSpan After) : SlackAnswer;

    /// <summary>It never left, or Slack surely did nothing of it.</summary>
    public sealed record NotReached(string Because) : SlackAnswer;

    /// <summary>It may have been done: the answer was lost, late or unreadable, or Slack failed over it.</summary>
    public sealed record Lost(string Because) : SlackAnswer;
}

/// <summary>Why Slack refuses, in the groups that ask for different deeds.</summary>
internal enum Refusal
{
    /// <summary>Something else, also what nobody has heard of.</summary>
    Other,
    /// <summary>The token is dead: nothing works in that workspace until it is installed again.</summary>
    Token,
    /// <summary>The app may not: a scope is missing, or an administrator forbids it.</summary>
    Rights,
    /// <summary>This place does not take it: the app is not in the channel, it is archived, read-only or unknown.</summary>
    Place,
    /// <summary>The message or view that is meant is not there any more, or cannot be changed any more.</summary>
    Gone,
    /// <summary>Too late: a trigger has expired or was used, or somebody changed the view meanwhile.</summary>
    TooLate,
    /// <summary>What was sent is wrong or too long.</summary>
    Content,
}
