using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Core;

/// <summary>The product's words for what happened: the same in every chat.</summary>
public static class Words
{
    /// <summary>The status of a closed dispatch.</summary>
    public static CardStatus StatusOf(Resolution resolution) => resolution switch
    {
        Resolution.Accepted or Resolution.Taken => CardStatus.Accepted,
        Resolution.Cancelled => CardStatus.Cancelled,
        _ => CardStatus.Exhausted,
    };

    /// <summary>How an attempt ended.</summary>
    public static string Of(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Accepted => "Accepted",
        CallOutcome.Rejected => "Rejected",
        CallOutcome.NoAnswer => "No answer",
        CallOutcome.Busy => "Busy",
        CallOutcome.BadNumber => "Number cannot be called",
        CallOutcome.LineDown => "Line down",
        CallOutcome.CutShort => "Call ended early",
        _ => "Failed",
    };

    /// <summary>What an outcome rests on, to follow it in brackets; empty if nothing is to be added.</summary>
    public static string Of(Evidence evidence) => evidence switch
    {
        Evidence.NotPickedUp => "not picked up",
        Evidence.Declined => "declined",
        Evidence.HungUpEarly => "hung up early",
        Evidence.PressedNothing => "listened, pressed nothing",
        Evidence.WrongKeys => "wrong keys",
        Evidence.Voicemail => "voicemail",
        Evidence.Unsure => "unsure: no word from the telephone provider",
        Evidence.KeysUnknown => "unsure: it is not known whether a key was pressed",
        _ => "",
    };

    /// <summary>Why the line as a whole is down, as a sentence that says whom to tell.</summary>
    public static string Of(LineDownReason reason) => reason switch
    {
        LineDownReason.NoBalance => "The Routee account has no balance: nobody can be called until it is topped up.",
        LineDownReason.BadCredentials => "Routee refuses our credentials: an administrator must check the application id and secret.",
        LineDownReason.Throttled => "Routee asks us to slow down.",
        _ => "Routee cannot be reached.",
    };

    /// <summary>Why somebody is passed over.</summary>
    public static string Of(PassedOverReason reason) => reason switch
    {
        PassedOverReason.OnThePhone => "On the phone for another dispatch",
        PassedOverReason.HasAccepted => "Busy with a job they accepted",
        _ => "Off duty",
    };

    /// <summary>Why nobody got the job, as a sentence.</summary>
    public static string Of(ExhaustedBecause because) => because switch
    {
        ExhaustedBecause.TimeIsUp => "Nobody accepted in the time set for trying.",
        _ => "Everyone rejected or cannot be called.",
    };

    /// <summary>A chat by its own name.</summary>
    public static string OfChat(string platform) => platform switch
    {
        "slack" => "Slack",
        "teams" => "Teams",
        _ => platform,
    };

    /// <summary>Why a place does not show a dispatch, to follow what it is called.</summary>
    public static string Of(ThreadGivenUp happened, string whoWantsIt) => happened.Because switch
    {
        GivenUpBecause.NotAllowed => "an administrator does not allow it there any more",
        GivenUpBecause.NotAMember => $"{whoWantsIt.Isolated()} is not a member there",
        _ when happened.Detail.Length == 0 => "it is not taken there",
        _ => $"it is not taken there ({happened.Detail})",
    };

    /// <summary>Which attempt a call is: <c>attempt 2 of 3</c>, and from the second round on <c>round 2, attempt 1 of 3</c>.</summary>
    public static string Attempt(Leg leg, EscalationPolicy policy) =>
        (leg.Round > 1 ? $"round {leg.Round}, " : "") + $"attempt {leg.InRound} of {policy.AttemptsPerEmployee}";
}
