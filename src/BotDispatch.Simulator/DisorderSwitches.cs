using System.Text.Json.Serialization;

namespace BotDispatch.Simulator;

/// <summary>The ways in which a network can spoil what was sent. They can be combined.</summary>
public sealed class DisorderSwitches
{
    /// <summary>The first webhook is delivered before the conversation POST is answered.</summary>
    public bool WebhookBeforeAnswer { get; set; }

    /// <summary>The conversation POST is answered this much later, in dispatch time; the call is placed at once.</summary>
    public TimeSpan PostAnswerDelay { get; set; }

    /// <summary>The connection is cut in place of an answer to the conversation POST; the call is placed.</summary>
    public bool PostAnswerCut { get; set; }

    /// <summary>The conversation POST is answered with 500; the call is placed.</summary>
    public bool PostAnswerError { get; set; }

    /// <summary>Every status webhook is delivered twice.</summary>
    public bool DuplicateWebhooks { get; set; }

    /// <summary>Ringing is delivered after the webhook that should follow it.</summary>
    public bool SwapRingingWithNext { get; set; }

    /// <summary>Ringing is delivered once more after the final webhook.</summary>
    public bool RingingAfterFinal { get; set; }

    /// <summary>The final webhook is never delivered; tracking is right.</summary>
    public bool LoseFinalWebhook { get; set; }

    /// <summary>Which eventUrl POSTs are never delivered.</summary>
    public LostKeyPosts LoseKeyPosts { get; set; }

    /// <summary>Tracking shows what was true this long ago.</summary>
    public TimeSpan TrackingLag { get; set; }

    /// <summary>How many times tracking answers 404 for a call before it finds the call.</summary>
    public int TrackingNotFoundFirst { get; set; }

    /// <summary>Callbacks carry fields that Routee does not document.</summary>
    public bool ExtraFields { get; set; }

    /// <summary>A webhook with an unknown status name follows Initiated.</summary>
    public bool UnknownStatusName { get; set; }

    /// <summary>Status names are spelled with spaces: "No Answer", "In Progress".</summary>
    public bool SpacedStatusNames { get; set; }

    /// <summary>How numbers are written in callbacks and tracking.</summary>
    public NumberStyle Numbers { get; set; }

    /// <summary>How dates are written in callbacks and tracking.</summary>
    public DateStyle Dates { get; set; }
}

/// <summary>Which eventUrl POSTs are never delivered.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LostKeyPosts>))]
public enum LostKeyPosts
{
    /// <summary>Every POST is delivered.</summary>
    None,
    /// <summary>The POSTs with keys pressed during the call are lost.</summary>
    DuringCall,
    /// <summary>The POST at the end of the call is lost.</summary>
    EndOfCall,
    /// <summary>Every POST is lost.</summary>
    All,
}

/// <summary>How phone numbers are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NumberStyle>))]
public enum NumberStyle
{
    /// <summary>Exactly as in the order.</summary>
    AsGiven,
    /// <summary>With a plus sign.</summary>
    WithPlus,
    /// <summary>Without a plus sign.</summary>
    WithoutPlus,
}

/// <summary>How dates are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DateStyle>))]
public enum DateStyle
{
    /// <summary>To the second.</summary>
    Seconds,
    /// <summary>To the millisecond.</summary>
    Milliseconds,
    /// <summary>Alternating between seconds and milliseconds.</summary>
    Mixed,
}
