using BotDispatch.Core;
using BotDispatch.Dispatching;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Records how far a call is. Answers 200 after the commit, or 503 if that takes longer than Routee waits, so that Routee repeats the
/// webhook. A repeated webhook changes nothing.
/// </summary>
internal sealed class StatusCallback(IDispatchInputs inputs, TimeProvider clock, ILogger<StatusCallback> log)
{
    /// <summary>Routee waits 2 s. The rest of that time is for the network.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.7);

    readonly CallbackDeadline deadline = new(Limit, clock);

    public async Task<int> HandleAsync(AttemptId attempt, LegReport report)
    {
        log.StatusReported(attempt, report.Status);
        var applying = ApplyAsync(attempt, report);
        await deadline.WaitAsync(applying);
        if (applying.IsCompleted)
            return await applying ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        log.StatusIsLate(attempt);
        return StatusCodes.Status503ServiceUnavailable;
    }

    // The answer may have left long ago, and then the log message is the only report of a failure.
    async Task<bool> ApplyAsync(AttemptId attempt, LegReport report)
    {
        try
        {
            // We keep nothing of a dispatch that we no longer know, and a repeated webhook would not change that.
            await inputs.ApplyAsync(attempt.Dispatch, new DispatchInput.LegProgressed(attempt, report), CancellationToken.None);
            return true;
        }
        catch (Exception broken)
        {
            log.ReportLost(attempt, broken);
            return false;
        }
    }
}
