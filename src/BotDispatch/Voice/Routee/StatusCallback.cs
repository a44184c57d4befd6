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
        try
        {
            var applying = inputs.ApplyAsync(attempt.Dispatch, new DispatchInput.LegProgressed(attempt, report), CancellationToken.None);
            await deadline.WaitAsync(applying);
            if (!applying.IsCompleted)
            {
                log.StatusIsLate(attempt);
                _ = ReportLossAsync(applying, attempt);
                return StatusCodes.Status503ServiceUnavailable;
            }
            // We keep nothing of a dispatch that we no longer know, and a repeated webhook would not change that.
            await applying;
            return StatusCodes.Status200OK;
        }
        catch (Exception broken)
        {
            log.ReportLost(attempt, broken);
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    // The answer has left, so the log message is the only report of a failure.
    async Task ReportLossAsync(Task applying, AttemptId attempt)
    {
        try
        {
            await applying;
        }
        catch (Exception broken)
        {
            log.ReportLost(attempt, broken);
        }
    }
}
