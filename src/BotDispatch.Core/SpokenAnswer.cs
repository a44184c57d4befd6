namespace BotDispatch.Core;

/// <summary>What somebody who pressed a key, or whose call is about to be ended, must hear. Drawn from the state, so asked twice it is the same.</summary>
public abstract record SpokenAnswer
{
    private SpokenAnswer() { }

    /// <summary>The job is theirs.</summary>
    public sealed record YouHaveIt : SpokenAnswer;

    /// <summary>Their rejection is noted.</summary>
    public sealed record YouRejected : SpokenAnswer;

    /// <summary>They pressed 1, but had rejected in an earlier call.</summary>
    public sealed record YouRejectedBefore : SpokenAnswer;

    /// <summary>Somebody else has it.</summary>
    public sealed record AlreadyTaken(string By) : SpokenAnswer;

    /// <summary>It was cancelled.</summary>
    public sealed record WasCancelled : SpokenAnswer;

    /// <summary>It ended with nobody.</summary>
    public sealed record IsOver : SpokenAnswer;

    /// <summary>A wrong key: the question again.</summary>
    public sealed record AskAgain : SpokenAnswer;

    /// <summary>Too many wrong keys: goodbye.</summary>
    public sealed record TooManyWrongKeys : SpokenAnswer;

    /// <summary>Nothing to answer yet.</summary>
    public sealed record Nothing : SpokenAnswer;

    /// <summary>It goes on without them: their turn was skipped.</summary>
    public sealed record GoesOnWithoutYou : SpokenAnswer;

    /// <summary>The answer to what was pressed in this call.</summary>
    public static SpokenAnswer ToKeys(DispatchState state, AttemptId attempt) => state.Leg(attempt) switch
    {
        null => new Nothing(),
        { FirstKey: Key.Accept } leg => HasJob(state, leg.Attempt) ? new YouHaveIt() : HowItClosed(state) ?? new YouRejectedBefore(),
        { FirstKey: Key.Reject, Outcome: CallOutcome.Rejected } => new YouRejected(),
        _ when HowItClosed(state) is { } closed => closed,
        { WrongKeys: 0 } => new Nothing(),
        { WrongKeys: var wrong } => wrong <= state.Plan.Policy.WrongKeysPerCall ? new AskAgain() : new TooManyWrongKeys(),
    };

    /// <summary>What somebody on the line must hear before their call is ended by us.</summary>
    public static SpokenAnswer BeforeHangingUp(DispatchState state, AttemptId attempt) =>
        HasJob(state, attempt) ? new YouHaveIt() : HowItClosed(state) ?? new GoesOnWithoutYou();

    static bool HasJob(DispatchState state, AttemptId attempt) => state.Resolution switch
    {
        Resolution.Accepted accepted => accepted.Attempt.Callee == attempt.Callee,
        Resolution.Taken taken => taken.Callee == attempt.Callee,
        _ => false,
    };

    static SpokenAnswer? HowItClosed(DispatchState state) => state.Resolution switch
    {
        Resolution.Accepted accepted => new AlreadyTaken(state.Plan.Roster[accepted.Attempt.Callee].Name),
        Resolution.Taken { Callee: >= 0 } taken => new AlreadyTaken(state.Plan.Roster[taken.Callee].Name),
        Resolution.Taken taken => new AlreadyTaken(taken.By.Name),
        Resolution.Cancelled => new WasCancelled(),
        Resolution.Exhausted => new IsOver(),
        _ => null,
    };
}
