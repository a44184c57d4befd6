using System.Text.Json.Nodes;

namespace BotDispatch.PretendTeams;

/// <summary>One call that the app made.</summary>
/// <param name="Order">Counts from 1.</param>
/// <param name="At">When it came.</param>
/// <param name="Call">As <c>send</c>; <c>token</c>, <c>metadata</c> and <c>keys</c> for what is no call of the connector.</param>
/// <param name="Place">The conversation's id without any thread; empty where there is none.</param>
/// <param name="Path">As it came, with the method.</param>
/// <param name="Body">What it said; null for nothing.</param>
/// <param name="Status">How it was answered; 0 if the connection was cut.</param>
/// <param name="WasDone">Whether Teams did it, whatever the answer.</param>
public sealed record LoggedCall(int Order, DateTimeOffset At, string Call, string Place, string Path, JsonObject? Body, int Status, bool WasDone)
{
    /// <summary>It puts something before people: what the limits count.</summary>
    public bool Sends => Call is "send" or "update" or "thread";

    public override string ToString() => $"{Order} {At:HH:mm:ss.fff} {Call} {Path} → {Status}";
}

/// <summary>Every call in the order in which it came.</summary>
public sealed class TeamsLog
{
    readonly Lock gate = new();
    readonly List<LoggedCall> calls = [];

    public IReadOnlyList<LoggedCall> Calls
    {
        get
        {
            lock (gate)
                return [.. calls];
        }
    }

    public IReadOnlyList<LoggedCall> Of(string call) => [.. Calls.Where(each => each.Call == call)];

    internal int Begin(DateTimeOffset at, string call, string place, string path, JsonObject? body)
    {
        lock (gate)
        {
            calls.Add(new(calls.Count + 1, at, call, place, path, body, 0, false));
            return calls.Count - 1;
        }
    }

    internal void End(int index, int status, bool wasDone)
    {
        lock (gate)
            calls[index] = calls[index] with { Status = status, WasDone = wasDone };
    }
}
