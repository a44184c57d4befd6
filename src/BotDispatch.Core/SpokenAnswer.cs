namespace BotDispatch.Core;

/// <summary>
/// What a person hears after a key, or before we end their call. Drawn from the state, so the same question gets the same answer.
/// </summary>
public abstract record SpokenAnswer
{
    private SpokenAnswer() { }

    /// <summary>They have the job.</summary>
    public sealed record YouHaveIt : SpokenAnswer;

    /// <summary>Their rejection was recorded.</summary>
    public sealed record YouRejected : SpokenAnswer;

    /// <summary>They pressed 1, but they rejected in an earlier call.</summary>
    public sealed record YouRejectedBefore : SpokenAnswer;

    /// <summary>Another person has the job.</summary>
    public sealed record AlreadyTaken(string By) : SpokenAnswer;

    /// <summary>The dispatch was cancelled.</summary>
    public sealed record WasCancelled : SpokenAnswer;

    /// <summary>They have the job, and its ticket was changed while they were on the phone.</summary>
    public sealed record YouHaveItChanged : SpokenAnswer;

    /// <summary>The job is no longer needed, because its ticket was closed or its alert ended, say.</summary>
    public sealed record NotNeeded : SpokenAnswer;

    /// <summary>The dispatch ended without a person.</summary>
    public sealed record IsOver : SpokenAnswer;

    /// <summary>They pressed a wrong key: ask again.</summary>
    public sealed record AskAgain : SpokenAnswer;

    /// <summary>They pressed too many wrong keys: say goodbye.</summary>
    public sealed record TooManyWrongKeys : SpokenAnswer;

    /// <summary>There is nothing to answer yet.</summary>
    public sealed record Nothing : SpokenAnswer;

    /// <summary>Their turn was skipped, and the dispatch goes on without them.</summary>
    public sealed record GoesOnWithoutYou : SpokenAnswer;

    /// <summary>Returns the answer to the keys pressed in this call.</summary>
    public static SpokenAnswer ToKeys(DispatchState state, AttemptId attempt) => state.Leg(attempt) switch
    {
        null => new Nothing(),
        { FirstKey: Key.Accept } leg => HasJob(state, leg.Attempt)
            ? state.TicketChangedAt > leg.BegunAt && state.TicketChangedAt <= state.ClosedAt ? new YouHaveItChanged() : new YouHaveIt()
            : HowItClosed(state) ?? new YouRejectedBefore(),
        { FirstKey: Key.Reject, Outcome: CallOutcome.Rejected } => new YouRejected(),
        _ when HowItClosed(state) is { } closed => closed,
        { WrongKeys: 0 } => new Nothing(),
        { WrongKeys: var wrong } => wrong <= state.Plan.Policy.WrongKeysPerCall ? new AskAgain() : new TooManyWrongKeys(),
    };

    /// <summary>Returns the closing message for a person whose call we are about to end.</summary>
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
        Resolution.CalledOff => new NotNeeded(),
        Resolution.Exhausted => new IsOver(),
        _ => null,
    };
}
