using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Posting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Slack.Posting;

/// <summary>A workspace that answers as a test says and remembers every call; by default every call succeeds.</summary>
internal sealed class RecordedSlack : IInstallations
{
    readonly Queue<(string Method, SlackAnswer Answer)> answers = new();
    int messages;

    public RecordedSlack(double pace = 0, params string[] scopes)
    {
        Scopes = [.. scopes];
        var refusals = new Refusals(new Notebook<Refusals>(this));
        var api = new SlackApiOf(CallAsync);
        var posts = new MessagePosts(api, new EarlierPosts(api, this, Clock),
            PostingPace.Even(Clock, pace), refusals, NullLogger<MessagePosts>.Instance);
        People = new(api, Clock);
        Platform = new SlackPlatform(posts, new(Options.Create(Settings), Clock), refusals, api, People, new(api), Options.Create(Settings), Clock, NullLogger<SlackPlatform>.Instance);
    }

    public ManualClock Clock { get; } = new();

    public IChatPlatform Platform { get; }

    string? IInstallations.Trouble => null;

    public SlackPeople People { get; }

    public ImmutableHashSet<string> Scopes { get; set; }

    public SlackOptions Settings { get; } = new();

    public List<RecordedCall> Calls { get; } = [];

    public List<string> Logged { get; } = [];

    public IEnumerable<string> Methods => Calls.Select(call => call.Method);

    public RecordedCall Last => Calls[^1];

    /// <summary>The next call of that method comes to this.</summary>
    public RecordedSlack Answers(string method, SlackAnswer answer)
    {
        answers.Enqueue((method, answer));
        return this;
    }

    public RecordedSlack Refuses(string method, string error, Refusal kind) => Answers(method, new SlackAnswer.Refused(error, kind));

    public static SlackAnswer Ok(string json) => new SlackAnswer.Ok(JsonDocument.Parse(json).RootElement);

    /// <summary>Every answer that was prepared was asked for.</summary>
    public void EveryAnswerWasUsed() => answers.ShouldBeEmpty();

    ValueTask<string?> IInstallations.LocateAsync(string? team, string? enterprise, CancellationToken ct) => throw new NotSupportedException();

    Task IInstallations.ForgetAsync(string id, CancellationToken ct) => throw new NotSupportedException();

    ValueTask<Installation?> IInstallations.FindAsync(string id, CancellationToken ct) => ValueTask.FromResult<Installation?>(id == "T0ACME" ? new(id, "Acme", "U0BOT", Scopes) : null);

    Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
    {
        call.Installation.ShouldBe("T0ACME");
        Calls.Add(new(call.Method, call.Arguments.AsObject()));
        if (answers.TryPeek(out var next) && next.Method == call.Method)
            return Task.FromResult(answers.Dequeue().Answer);
        return Task.FromResult(call.Method switch
        {
            "chat.postMessage" => Ok(Stored(Last)),
            "chat.update" or "chat.delete" or "auth.test" => Ok("""{"ok":true}"""),
            _ => throw new InvalidOperationException($"{call.Method} was not expected"),
        });
    }

    string Stored(RecordedCall call)
    {
        var channel = call.Arguments["channel"]!.GetValue<string>();
        var thread = call.Arguments["thread_ts"]?.GetValue<string>();
        var ts = $"1700000000.{++messages:000000}";
        return new JsonObject
        {
            ["ok"] = true,
            ["channel"] = channel[0] == 'U' ? "D0DANA" : channel,
            ["ts"] = ts,
            ["message"] = thread is null ? new JsonObject { ["ts"] = ts } : new JsonObject { ["ts"] = ts, ["thread_ts"] = thread },
        }.ToJsonString();
    }

    sealed class Notebook<T>(RecordedSlack slack) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            slack.Logged.Add(formatter(state, exception));
    }
}

/// <summary>A call as it is sent.</summary>
internal sealed record RecordedCall(string Method, JsonObject Arguments);

/// <summary>Cards and updates to post.</summary>
internal static class Sample
{
    public static readonly ChatChannel Ops = SlackAddress.Channel("T0ACME", "C0OPS");
    public static readonly Person Dana = SlackAddress.Person("T0ACME", "U0DANA", "Dana");
    public static readonly DispatchId Id = new("abc234");
    public static readonly ChatThread Thread = new(Ops, "C0OPS:1700000000.000100");

    public static readonly DispatchCard Card = new(
        Id, new("INC-1042", "Lift 2 is stuck", "Two people inside.", "High", "Tower B", "https://tickets.example/INC-1042"), "Use gate B", Dana, CardStatus.Calling, "Ringing Ann Lee, attempt 1 of 3.",
        new DateTimeOffset(2026, 1, 5, 9, 0, 25, TimeSpan.Zero), "Marcus Reed",
        [new("Ann Lee", true, [CallOutcome.NoAnswer, CallOutcome.NoAnswer, null], "Now"), new("Marcus Reed", false, [], "Not called yet")],
        [new(CardAction.TakeIt, "I take it"), new(CardAction.Skip, "Skip", 0, 1), new(CardAction.Cancel, "Cancel")], false);

    public static readonly ThreadUpdate Update = new("abc234-3-4", [new(Tone.Plain, "Ann Lee answered."), new(Tone.Good, "Accepted: Ann Lee pressed 1.", Dana)], AlsoInChannel: true);
}
