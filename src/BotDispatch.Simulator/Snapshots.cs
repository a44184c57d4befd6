using System.Text.Json.Serialization;

namespace BotDispatch.Simulator;

/// <summary>What a phone does at one moment, as a page shows it.</summary>
/// <param name="Number">E.164 with plus, or the address a call named.</param>
/// <param name="State">Idle, ringing or talking.</param>
/// <param name="Script">Name of the person's habit.</param>
/// <param name="Speaking">The words being spoken, or null.</param>
/// <param name="Language">Language of those words.</param>
/// <param name="Gender">Voice of those words.</param>
/// <param name="SpeechId">Grows with each new utterance, so that a page knows to speak again.</param>
/// <param name="Listening">A key pressed now is sent at once.</param>
/// <param name="CallId">The messageId of the call, while there is one.</param>
/// <param name="Since">When this state began.</param>
/// <param name="LastEnded">The status the last call ended with; <c>Declined</c> if it was declined on the handset, which the caller sees as NoAnswer.</param>
public sealed record PhoneSnapshot(string Number, PhoneState State, string Script, string? Speaking, string? Language, string? Gender,
    long SpeechId, bool Listening, string? CallId, DateTimeOffset? Since, string? LastEnded);

/// <summary>What a phone does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhoneState>))]
public enum PhoneState
{
    /// <summary>Nothing.</summary>
    Idle,
    /// <summary>It rings.</summary>
    Ringing,
    /// <summary>It was answered.</summary>
    Talking,
}

/// <summary>One call as an inspector sees it, with everything that happened on it.</summary>
public sealed record CallSnapshot(string TrackingId, string MessageId, string From, string To, string Status, DateTimeOffset PlacedAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string AnsweredBy, string CollectedTones, IReadOnlyList<CallMoment> Timeline);

/// <summary>One thing that happened on a call.</summary>
public sealed record CallMoment(DateTimeOffset At, CallMomentKind Kind, string Text);

/// <summary>What sort of thing happened on a call.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CallMomentKind>))]
public enum CallMomentKind
{
    /// <summary>The status changed.</summary>
    Status,
    /// <summary>A SAY or talk began.</summary>
    Spoke,
    /// <summary>A PLAY began.</summary>
    Played,
    /// <summary>A PAUSE began.</summary>
    Paused,
    /// <summary>A DIAL began.</summary>
    Dialled,
    /// <summary>The person pressed a key.</summary>
    Key,
    /// <summary>Tones were sent to the eventUrl.</summary>
    KeysSent,
    /// <summary>An answer replaced the rest of the plan.</summary>
    PlanChanged,
    /// <summary>An answer did not replace the plan; the text says why.</summary>
    PlanKept,
    /// <summary>Something the order should not have held was swallowed.</summary>
    Warning,
    /// <summary>Anything else worth knowing.</summary>
    Note,
}

/// <summary>One request the pretend Routee received, and how it answered (0: the connection was cut).</summary>
public sealed record RecordedRequest(DateTimeOffset At, string Method, string Path, string Query, string Body, int Answer);

/// <summary>One try to deliver a callback, and what the receiver answered.</summary>
/// <param name="At">When it left, in story time.</param>
/// <param name="Kind">Status, Keys, DialPlan or Machine.</param>
/// <param name="MessageId">The call.</param>
/// <param name="Url">Where to.</param>
/// <param name="Body">What was sent.</param>
/// <param name="Try">1 for the first.</param>
/// <param name="Answer">The receiver's status code, or null when there was none.</param>
/// <param name="AnswerBody">The receiver's words, cut when long.</param>
/// <param name="Trouble">Why there was no answer.</param>
/// <param name="Accepted">It counts as delivered.</param>
public sealed record RecordedDelivery(DateTimeOffset At, DeliveryKind Kind, string MessageId, string Url, string Body, int Try,
    int? Answer, string AnswerBody, string? Trouble, bool Accepted);

/// <summary>What sort of callback was delivered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryKind>))]
public enum DeliveryKind
{
    /// <summary>A status webhook.</summary>
    Status,
    /// <summary>Tones to an eventUrl.</summary>
    Keys,
    /// <summary>A question for the plan at dialPlanUrl.</summary>
    DialPlan,
    /// <summary>A question for the plan after a machine answered.</summary>
    Machine,
}
