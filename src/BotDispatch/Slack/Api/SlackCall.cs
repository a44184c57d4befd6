using System.Text.Json;
using System.Text.Json.Nodes;

namespace BotDispatch.Slack.Api;

/// <summary>Slack's Web API, called as the app in one of its installations.</summary>
internal interface ISlackApi
{
    /// <summary>
    /// Calls a method once. It repeats nothing, because only the caller knows what may be done twice. It answers within ten seconds and
    /// throws only when <paramref name="ct"/> is cancelled.
    /// </summary>
    Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct);

    /// <summary>
    /// Posts a message to the address that came with a command or a press; false if Slack did not accept it. Slack accepts five messages
    /// in half an hour. The address is a credential, so it is not logged, and it is called only if it is Slack's.
    /// </summary>
    /// <remarks>https://docs.slack.dev/interactivity/handling-user-interaction</remarks>
    Task<bool> RespondAsync(Uri responseUrl, JsonObject message, CancellationToken ct);
}

/// <summary>One call of a Web API method.</summary>
/// <param name="Installation">Whose token: the id of an <see cref="Install.Installation"/>; empty for a call that needs no bot
/// token.</param>
/// <param name="Method">The method, such as <c>chat.postMessage</c>.</param>
/// <param name="Arguments">Its arguments. Null values are left out; objects and arrays travel as JSON text.</param>
internal sealed record SlackCall(string Installation, string Method, JsonObject Arguments);

/// <summary>The result of a call.</summary>
internal abstract record SlackAnswer
{
    private SlackAnswer() { }

    /// <summary>Why the call did not have the expected result, in a few words for a log.</summary>
    public string Why => this switch
    {
        Ok => "an answer without what was asked for",
        Refused { Detail.Length: > 0 } refused => $"{refused.Error} {refused.Detail}",
        Refused refused => refused.Error,
        Throttled => "throttled",
        NotReached not => not.Because,
        Lost lost => lost.Because,
        _ => "no answer",
    };

    /// <summary>Slack did it.</summary>
    public sealed record Ok(JsonElement Body) : SlackAnswer;

    /// <summary>Slack did nothing, and says why.</summary>
    /// <param name="Error">Slack's own word, such as <c>not_in_channel</c>.</param>
    /// <param name="Kind">What the error asks for.</param>
    /// <param name="Detail">What Slack adds for logs: a missing scope, or the field that is wrong.</param>
    public sealed record Refused(string Error, Refusal Kind, string Detail = "") : SlackAnswer;

    /// <summary>
    /// Slack did nothing, and asks us to wait before this method is called again. Also the result when an earlier answer already said so
    /// and we did not ask.
    /// </summary>
    public sealed record Throttled(TimeSpan After) : SlackAnswer;

    /// <summary>The request never left, or Slack certainly did nothing.</summary>
    public sealed record NotReached(string Because) : SlackAnswer;

    /// <summary>Slack may have done it: the answer was lost, late or unreadable, or Slack failed over it.</summary>
    public sealed record Lost(string Because) : SlackAnswer;
}

/// <summary>Why Slack refuses a call, grouped by what has to be done about it.</summary>
internal enum Refusal
{
    /// <summary>Any other reason, also an error that is not documented.</summary>
    Other,
    /// <summary>The token is dead: nothing works in that workspace until the app is installed again.</summary>
    Token,
    /// <summary>The app has no permission: a scope is missing, or an administrator forbids it.</summary>
    Rights,
    /// <summary>This place does not accept it: the app is not in the channel, or the channel is archived, read-only or unknown.</summary>
    Place,
    /// <summary>The message or view does not exist any more, or cannot be changed any more.</summary>
    Gone,
    /// <summary>Too late: a trigger has expired or was used, or somebody changed the view meanwhile.</summary>
    TooLate,
    /// <summary>What we sent is wrong or too long.</summary>
    Content,
}
