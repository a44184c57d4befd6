using System.Text.Json.Serialization;

namespace BotDispatch.Simulator;

/// <summary>One answer for each thing Routee does not document; the defaults are the likeliest.</summary>
public sealed class SimulatorSwitches
{
    /// <summary>The end-of-call POST when submitOnHash is false.</summary>
    public EndOfCallTones EndOfCallTones { get; set; } = EndOfCallTones.Tones;

    /// <summary>The end-of-call POST when submitOnHash is true and no # was pressed.</summary>
    public EndOfCallTones EndOfCallTonesWithoutHash { get; set; } = EndOfCallTones.Empty;

    /// <summary>A tone during PAUSE.</summary>
    public ToneDuringPause ToneDuringPause { get; set; } = ToneDuringPause.Kept;

    /// <summary>As many digits as maxDigits were pressed.</summary>
    public MaxDigitsReached MaxDigitsReached { get; set; } = MaxDigitsReached.Nothing;

    /// <summary>When the end-of-call POST goes out, seen from the final status webhook.</summary>
    public EndOfCallOrder EndOfCallOrder { get; set; } = EndOfCallOrder.BeforeFinalStatus;

    /// <summary>What collectedTones holds after an eventUrl answer changed the plan.</summary>
    public TonesAfterPlanChange TonesAfterPlanChange { get; set; } = TonesAfterPlanChange.KeepGrowing;

    /// <summary>A changed plan has no COLLECT of its own.</summary>
    public PlanWithoutCollect PlanWithoutCollect { get; set; } = PlanWithoutCollect.LaterKeysIgnored;

    /// <summary>The eventUrl answer was late, empty or no dial plan.</summary>
    public BadPlanAnswer BadPlanAnswer { get; set; } = BadPlanAnswer.PlanRunsOn;

    /// <summary>Whether Queued itself is told by webhook.</summary>
    public QueuedWebhook QueuedWebhook { get; set; } = QueuedWebhook.Sent;

    /// <summary>Whether Unknown may be followed by another status.</summary>
    public UnknownStatus UnknownStatus { get; set; } = UnknownStatus.NotFinal;

    /// <summary>The final status of a call that was rejected through the API.</summary>
    public AfterReject AfterReject { get; set; } = AfterReject.NoAnswer;

    /// <summary>The answer to a second conversation POST within one second.</summary>
    public PaceExceeded PaceExceeded { get; set; } = PaceExceeded.TooManyRequests;

    /// <summary>How an empty balance shows on a new call.</summary>
    public NoBalance NoBalance { get; set; } = NoBalance.Unsent;

    /// <summary>Whether a failed eventUrl POST is repeated like a webhook.</summary>
    public EventUrlRetry EventUrlRetry { get; set; } = EventUrlRetry.No;

    /// <summary>How collectedTones is written when nothing was pressed.</summary>
    public EmptyTones EmptyTones { get; set; } = EmptyTones.EmptyText;

    /// <summary>Which answers count as a received status webhook.</summary>
    public WebhookSuccess WebhookSuccess { get; set; } = WebhookSuccess.Only200;
}

/// <summary>What the end-of-call POST holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndOfCallTones>))]
public enum EndOfCallTones
{
    /// <summary>All tones of the call.</summary>
    Tones,
    /// <summary>Nothing, although keys were pressed.</summary>
    Empty,
    /// <summary>There is no such POST.</summary>
    NoPost,
}

/// <summary>What a tone during PAUSE does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToneDuringPause>))]
public enum ToneDuringPause
{
    /// <summary>It waits for the next POST.</summary>
    Kept,
    /// <summary>It ends the pause and is sent, as if PAUSE had bargeIn.</summary>
    SentAtOnce,
}

/// <summary>What happens once maxDigits were pressed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaxDigitsReached>))]
public enum MaxDigitsReached
{
    /// <summary>Nothing.</summary>
    Nothing,
    /// <summary>The tones are sent.</summary>
    Post,
}

/// <summary>The order of the end-of-call POST and the final status webhook.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndOfCallOrder>))]
public enum EndOfCallOrder
{
    /// <summary>The POST is answered before the webhook leaves.</summary>
    BeforeFinalStatus,
    /// <summary>The webhook is answered before the POST leaves.</summary>
    AfterFinalStatus,
    /// <summary>Both are under way together.</summary>
    SameMoment,
}

/// <summary>What collectedTones holds after a plan change.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TonesAfterPlanChange>))]
public enum TonesAfterPlanChange
{
    /// <summary>All tones of the call.</summary>
    KeepGrowing,
    /// <summary>Only the tones since the change.</summary>
    StartAtZero,
}

/// <summary>What becomes of keys when a changed plan has no COLLECT.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanWithoutCollect>))]
public enum PlanWithoutCollect
{
    /// <summary>They go nowhere.</summary>
    LaterKeysIgnored,
    /// <summary>They go to the COLLECT of the earlier plan.</summary>
    OldCollectStays,
}

/// <summary>What a bad eventUrl answer does to the call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BadPlanAnswer>))]
public enum BadPlanAnswer
{
    /// <summary>The current plan goes on.</summary>
    PlanRunsOn,
    /// <summary>The call ends.</summary>
    CallDropped,
}

/// <summary>Whether Queued is told by webhook.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuedWebhook>))]
public enum QueuedWebhook
{
    /// <summary>It is.</summary>
    Sent,
    /// <summary>The first webhook is Initiated.</summary>
    NotSent,
}

/// <summary>Whether Unknown ends a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<UnknownStatus>))]
public enum UnknownStatus
{
    /// <summary>Another status may follow.</summary>
    NotFinal,
    /// <summary>Nothing follows.</summary>
    Final,
}

/// <summary>The final status after a reject.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AfterReject>))]
public enum AfterReject
{
    /// <summary>NoAnswer.</summary>
    NoAnswer,
    /// <summary>Failed.</summary>
    Failed,
}

/// <summary>The answer to a conversation POST that came too soon.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaceExceeded>))]
public enum PaceExceeded
{
    /// <summary>429.</summary>
    TooManyRequests,
    /// <summary>400.</summary>
    BadRequest,
    /// <summary>503.</summary>
    ServiceUnavailable,
    /// <summary>The call is placed: pacing is off.</summary>
    Accepted,
}

/// <summary>How an empty balance shows on a new call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NoBalance>))]
public enum NoBalance
{
    /// <summary>The POST is accepted and the call ends as Unsent.</summary>
    Unsent,
    /// <summary>The POST is refused with 400.</summary>
    BadRequest,
}

/// <summary>Whether a failed eventUrl POST is repeated.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EventUrlRetry>))]
public enum EventUrlRetry
{
    /// <summary>Never.</summary>
    No,
    /// <summary>At the offsets of a webhook; a repeat's answer is not listened to.</summary>
    Yes,
}

/// <summary>How an empty collectedTones is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmptyTones>))]
public enum EmptyTones
{
    /// <summary>As "".</summary>
    EmptyText,
    /// <summary>As null.</summary>
    Null,
    /// <summary>The field is left out.</summary>
    Missing,
}

/// <summary>Which answers count as a received webhook.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookSuccess>))]
public enum WebhookSuccess
{
    /// <summary>200 and nothing else.</summary>
    Only200,
    /// <summary>Every 2xx.</summary>
    Any2xx,
}
