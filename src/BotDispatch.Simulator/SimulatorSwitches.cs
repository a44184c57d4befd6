using System.Text.Json.Serialization;

namespace BotDispatch.Simulator;

/// <summary>One assumed answer for each question that Routee's documentation leaves open. Each default is the likeliest answer.</summary>
public sealed class SimulatorSwitches
{
    /// <summary>The POST at the end of the call if submitOnHash is false.</summary>
    public EndOfCallTones EndOfCallTones { get; set; } = EndOfCallTones.Tones;

    /// <summary>The POST at the end of the call if submitOnHash is true and no # was pressed.</summary>
    public EndOfCallTones EndOfCallTonesWithoutHash { get; set; } = EndOfCallTones.Empty;

    /// <summary>The effect of a tone during PAUSE.</summary>
    public ToneDuringPause ToneDuringPause { get; set; } = ToneDuringPause.Kept;

    /// <summary>The effect of the last digit of maxDigits.</summary>
    public MaxDigitsReached MaxDigitsReached { get; set; } = MaxDigitsReached.Nothing;

    /// <summary>Whether the POST at the end of the call comes before or after the final status webhook.</summary>
    public EndOfCallOrder EndOfCallOrder { get; set; } = EndOfCallOrder.BeforeFinalStatus;

    /// <summary>The content of collectedTones after the answer of an eventUrl changed the plan.</summary>
    public TonesAfterPlanChange TonesAfterPlanChange { get; set; } = TonesAfterPlanChange.KeepGrowing;

    /// <summary>The fate of later keys if a changed plan has no COLLECT.</summary>
    public PlanWithoutCollect PlanWithoutCollect { get; set; } = PlanWithoutCollect.LaterKeysIgnored;

    /// <summary>The effect of an eventUrl answer that is late, empty or no dial plan.</summary>
    public BadPlanAnswer BadPlanAnswer { get; set; } = BadPlanAnswer.PlanRunsOn;

    /// <summary>Whether Queued has a webhook of its own.</summary>
    public QueuedWebhook QueuedWebhook { get; set; } = QueuedWebhook.Sent;

    /// <summary>Whether another status may follow Unknown.</summary>
    public UnknownStatus UnknownStatus { get; set; } = UnknownStatus.NotFinal;

    /// <summary>The final status of a call that was rejected through the API.</summary>
    public AfterReject AfterReject { get; set; } = AfterReject.NoAnswer;

    /// <summary>The answer to a second conversation POST within one second.</summary>
    public PaceExceeded PaceExceeded { get; set; } = PaceExceeded.TooManyRequests;

    /// <summary>The effect of an empty balance on a new call.</summary>
    public NoBalance NoBalance { get; set; } = NoBalance.Unsent;

    /// <summary>Whether a failed eventUrl POST is repeated like a webhook.</summary>
    public EventUrlRetry EventUrlRetry { get; set; } = EventUrlRetry.No;

    /// <summary>How collectedTones is written if no key was pressed.</summary>
    public EmptyTones EmptyTones { get; set; } = EmptyTones.EmptyText;

    /// <summary>Which answers count as a received status webhook.</summary>
    public WebhookSuccess WebhookSuccess { get; set; } = WebhookSuccess.Only200;
}

/// <summary>The content of the POST at the end of the call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EndOfCallTones>))]
public enum EndOfCallTones
{
    /// <summary>All tones of the call.</summary>
    Tones,
    /// <summary>No tones, although keys were pressed.</summary>
    Empty,
    /// <summary>The POST is not sent.</summary>
    NoPost,
}

/// <summary>The effect of a tone during PAUSE.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ToneDuringPause>))]
public enum ToneDuringPause
{
    /// <summary>The tone is kept for the next POST.</summary>
    Kept,
    /// <summary>The tone ends the pause and is sent at once, as if PAUSE had bargeIn.</summary>
    SentAtOnce,
}

/// <summary>The effect of the last digit of maxDigits.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MaxDigitsReached>))]
public enum MaxDigitsReached
{
    /// <summary>The call goes on.</summary>
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
    /// <summary>Both are sent at the same time.</summary>
    SameMoment,
}

/// <summary>The content of collectedTones after a change of plan.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TonesAfterPlanChange>))]
public enum TonesAfterPlanChange
{
    /// <summary>All tones of the call.</summary>
    KeepGrowing,
    /// <summary>Only the tones since the change.</summary>
    StartAtZero,
}

/// <summary>The fate of keys after a change to a plan without COLLECT.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PlanWithoutCollect>))]
public enum PlanWithoutCollect
{
    /// <summary>The keys are ignored.</summary>
    LaterKeysIgnored,
    /// <summary>The keys go to the COLLECT of the earlier plan.</summary>
    OldCollectStays,
}

/// <summary>The effect of a bad eventUrl answer on the call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BadPlanAnswer>))]
public enum BadPlanAnswer
{
    /// <summary>The current plan goes on.</summary>
    PlanRunsOn,
    /// <summary>The call ends.</summary>
    CallDropped,
}

/// <summary>Whether Queued has a webhook of its own.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<QueuedWebhook>))]
public enum QueuedWebhook
{
    /// <summary>A webhook with Queued is sent.</summary>
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

/// <summary>The final status after a call was rejected through the API.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AfterReject>))]
public enum AfterReject
{
    /// <summary>The status is NoAnswer.</summary>
    NoAnswer,
    /// <summary>The status is Failed.</summary>
    Failed,
}

/// <summary>The answer to a conversation POST that came too soon after the last one.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PaceExceeded>))]
public enum PaceExceeded
{
    /// <summary>The answer is 429.</summary>
    TooManyRequests,
    /// <summary>The answer is 400.</summary>
    BadRequest,
    /// <summary>The answer is 503.</summary>
    ServiceUnavailable,
    /// <summary>The call is placed: there is no limit.</summary>
    Accepted,
}

/// <summary>The effect of an empty balance on a new call.</summary>
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
    /// <summary>A failed POST is never repeated.</summary>
    No,
    /// <summary>A failed POST is repeated at the offsets of a webhook; the answer to a repeat is ignored.</summary>
    Yes,
}

/// <summary>How an empty collectedTones is written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EmptyTones>))]
public enum EmptyTones
{
    /// <summary>As an empty text.</summary>
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
    /// <summary>200 only.</summary>
    Only200,
    /// <summary>Every 2xx.</summary>
    Any2xx,
}
