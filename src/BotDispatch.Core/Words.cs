using static BotDispatch.Core.DispatchEvent;

namespace BotDispatch.Core;

/// <summary>The words for what happened. They are the same in every chat.</summary>
public static class Words
{
    /// <summary>Returns the card status of a closed dispatch.</summary>
    public static CardStatus StatusOf(Resolution resolution) => resolution switch
    {
        Resolution.Accepted or Resolution.Taken => CardStatus.Accepted,
        Resolution.Cancelled or Resolution.CalledOff => CardStatus.Cancelled,
        _ => CardStatus.Exhausted,
    };

    /// <summary>Returns the words for the end of an attempt.</summary>
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

    /// <summary>Returns the reason for an outcome, to be put in brackets after it; empty if there is nothing to add.</summary>
    public static string Of(Evidence evidence) => evidence switch
    {
        Evidence.NotPickedUp => "not picked up",
        Evidence.Declined => "declined",
        Evidence.HungUpEarly => "hung up early",
        Evidence.PressedNothing => "listened, pressed nothing",
        Evidence.WrongKeys => "wrong keys",
        Evidence.Voicemail => "voicemail",
        Evidence.Unsure => "unsure: the telephone provider did not report",
        Evidence.KeysUnknown => "unsure: we do not know whether they pressed a key",
        _ => "",
    };

    /// <summary>Returns why the line is down for everybody, as a sentence that says who can repair it.</summary>
    public static string Of(LineDownReason reason) => reason switch
    {
        LineDownReason.NoBalance => "The Routee account has no balance: nobody can be called until it is topped up.",
        LineDownReason.BadCredentials => "Routee refuses our credentials: an administrator must check the application id and secret.",
        LineDownReason.Throttled => "Routee asks us to slow down.",
        _ => "Routee cannot be reached.",
    };

    /// <summary>Returns why a callee is passed over.</summary>
    public static string Of(PassedOverReason reason) => reason switch
    {
        PassedOverReason.OnThePhone => "On the phone for another dispatch",
        PassedOverReason.HasAccepted => "Busy with a job they accepted",
        _ => "Off duty",
    };

    /// <summary>Returns why a callee is passed over, with its end if that is known; null if they are not passed over.</summary>
    public static string? OfPassedOver(CalleeProgress callee) =>
        callee.PassedOver is { } reason ? callee.PassedOverDetail ?? Of(reason) : null;

    /// <summary>Returns why nobody got the job, as a sentence.</summary>
    public static string Of(ExhaustedBecause because) => because switch
    {
        ExhaustedBecause.TimeIsUp => "Nobody accepted in time.",
        ExhaustedBecause.RoundsAreOver => "Everybody had their turns, and nobody accepted.",
        ExhaustedBecause.NobodyAvailable => "Nobody else can be called soon.",
        _ => "Everyone rejected or cannot be called.",
    };

    /// <summary>Returns the display name of a chat.</summary>
    public static string OfChat(string platform) => platform switch
    {
        "slack" => "Slack",
        "teams" => "Teams",
        _ => platform,
    };

    /// <summary>Returns why a place does not show a dispatch, to follow the name of that place.</summary>
    public static string Of(ThreadGivenUp happened, string whoWantsIt) => happened.Because switch
    {
        GivenUpBecause.NotAllowed => "an administrator does not allow it there any more",
        GivenUpBecause.NotAMember => $"{whoWantsIt.Isolated()} is not a member there",
        _ when happened.Detail.Length == 0 => "the chat refuses it there",
        _ => $"the chat refuses it there ({happened.Detail})",
    };

    /// <summary>
    /// Returns why somebody of a list is called at this place of its order, as
    /// <c>first: on shift until 08:00 (UTC), lifts, longest since last called (19 days)</c>.
    /// </summary>
    /// <param name="place">The place in the order, from 1; 0 for somebody who cannot be called now.</param>
    /// <param name="duty">Whether they can be called now, as <c>On shift until 08:00 (UTC)</c>; null if there is nothing to add.</param>
    /// <param name="reason">The reason for the place; may be empty.</param>
    public static string OfPick(int place, string? duty, string reason)
    {
        var facts = string.Join(", ", ((string[])[duty is { Length: > 0 } ? char.ToLowerInvariant(duty[0]) + duty[1..] : "", reason])
            .Where(each => each.Length > 0));
        var rank = place == 0 ? "not now" : Ordinal(place);
        return facts.Length == 0 ? rank : $"{rank}: {facts}";
    }

    /// <summary>Returns a number as <c>first</c>, and from the eleventh on as <c>11th</c>.</summary>
    public static string Ordinal(int number) => number switch
    {
        >= 1 and <= 10 => Ordinals[number - 1],
        _ when number % 100 is 11 or 12 or 13 => $"{number}th",
        _ => number + (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
    };

    static readonly string[] Ordinals =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

    /// <summary>
    /// Returns which attempt a call is: <c>attempt 2 of 3</c>, and from the second round on <c>round 2, attempt 1 of 3</c>.
    /// </summary>
    public static string Attempt(Leg leg, EscalationPolicy policy) =>
        (leg.Round > 1 ? $"round {leg.Round}, " : "") + $"attempt {leg.InRound} of {policy.AttemptsPerEmployee}";
}
