using System.Diagnostics;

namespace BotDispatch.Benchmarks.Slack;

/// <summary>Delivers as Slack would, and takes the time until each delivery is acknowledged.</summary>
internal static class AckDriver
{
    /// <summary>Runs a stage to its end; each connection has a thread and a person of its own.</summary>
    public static AckOutcome Run(AckStage stage, Uri responses)
    {
        var wrong = 0;
        var took = new List<int>[stage.InFlight];
        var begin = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, stage.InFlight).Select(number => new Thread(() =>
        {
            took[number] = new(64 * 1024);
            Interlocked.Add(ref wrong, Repeat(stage, responses, $"U0LOAD{number:00}", begin, took[number]));
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return new([.. took.SelectMany(each => each)], wrong, Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }

    static int Repeat(AckStage stage, Uri responses, string user, long begin, List<int> took)
    {
        var wrong = 0;
        using var request = Deliveries.Of(stage, responses, user);
        using var connection = new RawConnection(stage.Address);
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < stage.Seconds)
        {
            var bytes = request.Next();
            var sent = Stopwatch.GetTimestamp();
            var status = connection.Ask(bytes);
            took.Add((int)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
            if (status != 200 || connection.Answer.IndexOf(Deliveries.Expected(stage.Kind)) < 0)
                wrong++;
        }
        return wrong;
    }
}
