using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack;

/// <summary>One call that the app made.</summary>
/// <param name="Order">Counts from 1, over all methods.</param>
/// <param name="At">When it came.</param>
/// <param name="Method">As <c>chat.postMessage</c>; <c>response_url</c> for those.</param>
/// <param name="Team">Whose token it was; null for none.</param>
/// <param name="Arguments">What it said.</param>
/// <param name="Status">How it was answered; 0 if the connection was cut.</param>
/// <param name="Answer">What was answered; null if nothing was.</param>
/// <param name="WasDone">Whether Slack did it, whatever the answer.</param>
public sealed record LoggedCall(int Order, DateTimeOffset At, string Method, string? Team, JsonObject Arguments, int Status, JsonObject? Answer, bool WasDone)
{
    /// <summary>The argument of that name as text.</summary>
    public string? this[string name] => Arguments[name]?.ToString();

    /// <summary>Slack's word for what was wrong; null if nothing was.</summary>
    public string? Error => Answer.Word("error");

    public override string ToString() => $"{Order} {At:HH:mm:ss.fff} {Method} {this["channel"]} {this["text"]} → {Status} {Error}";
}

/// <summary>Every call in the order in which it came.</summary>
public sealed class SlackLog
{
    readonly Lock gate = new();
    readonly List<LoggedCall> calls = [];

    public IReadOnlyList<LoggedCall> Calls
    {
        get { lock (gate) return [.. calls]; }
    }

    public IReadOnlyList<LoggedCall> Of(string method) => [.. Calls.Where(call => call.Method == method)];

    public void Clear()
    {
        lock (gate) calls.Clear();
    }

    /// <summary>Takes the place in the order that belongs to a call which is being answered.</summary>
    internal int Begin(DateTimeOffset at, string method, string? team, JsonObject arguments)
    {
        lock (gate)
        {
            calls.Add(new(calls.Count + 1, at, method, team, arguments, 0, null, false));
            return calls.Count - 1;
        }
    }

    internal void End(int place, int status, JsonObject? answer, bool wasDone)
    {
        lock (gate)
            if (place < calls.Count) calls[place] = calls[place] with { Status = status, Answer = answer, WasDone = wasDone };
    }
}
