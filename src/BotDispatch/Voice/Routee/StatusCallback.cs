using BotDispatch.Core;

namespace BotDispatch.Voice.Routee;

/// <summary>Takes in how far a leg has come: 200 once it is kept, 503 if that takes longer than Routee waits, so that it is sent again. Twice is the same as once.</summary>
internal sealed class StatusCallback(ApplyInput apply, TimeProvider clock, ILogger<StatusCallback> log)
{
    /// <summary>Routee waits 2 s; the rest is for the way.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(1.7);

    public async Task<int> HandleAsync(AttemptId attempt, LegReport report)
    {
        log.StatusReported(attempt, report.Status);
        var applying = ApplyAsync(attempt, report);
        await ((Task)applying).WaitAsync(Limit, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (applying.IsCompleted)
            return await applying ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        log.StatusIsLate(attempt);
        return StatusCodes.Status503ServiceUnavailable;
    }

    async Task<bool> ApplyAsync(AttemptId attempt, LegReport report)
    {
        try
        {
            // Of a dispatch that is not known any more nothing is kept, and sending it again would not help.
            await apply(attempt.Dispatch, new DispatchInput.LegProgressed(attempt, report), CancellationToken.None);
            return true;
        }
        // The answer may be long gone: nobody else would hear of it.
        catch (Exception broken)
        {
            log.ReportLost(attempt, broken);
            return false;
        }
    }
}
