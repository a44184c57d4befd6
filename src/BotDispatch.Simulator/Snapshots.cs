using System.Text.Json.Serialization;

namespace BotDispatch.Simulator;

/// <summary>What a phone does at one moment, for display on a page.</summary>
/// <param name="Number">E.164 with a plus sign, or the address that a call named.</param>
/// <param name="State">Idle, ringing or talking.</param>
/// <param name="Script">The name of the person's habit.</param>
/// <param name="Speaking">The words that are being spoken; null if there are none.</param>
/// <param name="Language">The language of those words.</param>
/// <param name="Gender">The voice of those words.</param>
/// <param name="SpeechId">Grows with each utterance, so that a page knows when to speak again.</param>
/// <param name="Listening">A key pressed now is sent at once.</param>
/// <param name="CallId">The messageId of the call; null if there is none.</param>
/// <param name="Since">When the phone entered this state.</param>
/// <param name="LastEnded">The final status of the last call; <c>Declined</c> if it was declined on the handset, which the caller sees as
/// NoAnswer.</param>
public sealed record PhoneSnapshot(string Number, PhoneState State, string Script, string? Speaking, string? Language, string? Gender,
    long SpeechId, bool Listening, string? CallId, DateTimeOffset? Since, string? LastEnded);

/// <summary>The state of a phone.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PhoneState>))]
public enum PhoneState
{
    /// <summary>The phone is idle.</summary>
    Idle,
    /// <summary>The phone rings.</summary>
    Ringing,
    /// <summary>The phone was answered.</summary>
    Talking,
}

/// <summary>One call with everything that happened in it, for inspection.</summary>
public sealed record CallSnapshot(string TrackingId, string MessageId, string From, string To, string Status, DateTimeOffset PlacedAt,
    DateTimeOffset? AnsweredAt, DateTimeOffset? EndedAt, string AnsweredBy, string CollectedTones, IReadOnlyList<CallMoment> Timeline);

/// <summary>One thing that happened on a call.</summary>
public sealed record CallMoment(DateTimeOffset At, CallMomentKind Kind, string Text);

/// <summary>The kind of a thing that happened on a call.</summary>
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
    /// <summary>The order contained something invalid that Routee ignores.</summary>
    Warning,
    /// <summary>Anything else worth knowing.</summary>
    Note,
}

/// <summary>One request to the pretend Routee, and its answer (0: the connection was cut).</summary>
public sealed record RecordedRequest(DateTimeOffset At, string Method, string Path, string Query, string Body, int Answer);

/// <summary>One attempt to deliver a callback, and the receiver's answer.</summary>
/// <param name="At">When it was sent, in dispatch time.</param>
/// <param name="Kind">Status, Keys, DialPlan or Machine.</param>
/// <param name="MessageId">The messageId of the call.</param>
/// <param name="Url">The address of the receiver.</param>
/// <param name="Body">The body that was sent.</param>
/// <param name="Try">The number of the attempt, from 1.</param>
/// <param name="Answer">The receiver's status code; null if there was no answer.</param>
/// <param name="AnswerBody">The body of the answer, cut if it is long.</param>
/// <param name="Trouble">Why there was no answer.</param>
/// <param name="Accepted">The callback counts as delivered.</param>
public sealed record RecordedDelivery(DateTimeOffset At, DeliveryKind Kind, string MessageId, string Url, string Body, int Try,
    int? Answer, string AnswerBody, string? Trouble, bool Accepted);

/// <summary>The kind of a callback.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryKind>))]
public enum DeliveryKind
{
    /// <summary>A status webhook.</summary>
    Status,
    /// <summary>Tones to an eventUrl.</summary>
    Keys,
    /// <summary>A request for the plan at dialPlanUrl.</summary>
    DialPlan,
    /// <summary>A request for the plan after a machine answered.</summary>
    Machine,
}
