using BotDispatch.Simulator.Time;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>Runs the verbs of a dial plan one after the other. The call ends after the last verb.</summary>
internal sealed class PlanPlayer(Exchange exchange, CallFlow flow)
{
    // A verb that repeats for ever must take some time; otherwise time would stand still.
    static readonly TimeSpan ShortestEndless = TimeSpan.FromMilliseconds(100);

    Plan? plan;
    Planned? ends;
    Verb? running;
    int next, playsLeft, run;

    /// <summary>A key pressed now interrupts the running verb.</summary>
    public bool Listening => running switch
    {
        Verb.Say say => say.BargeIn,
        Verb.Play play => play.BargeIn,
        Verb.Pause => exchange.Switches.ToneDuringPause == ToneDuringPause.SentAtOnce,
        _ => false,
    };

    public void Adopt(Plan adopted)
    {
        Stop();
        (plan, next) = (adopted, 0);
        Next();
    }

    public void Next()
    {
        Stop();
        while (plan is { } current && next < current.Verbs.Count)
            if (Start(current.Verbs[next++])) return;
        flow.Finish(Status.Completed);
    }

    /// <summary>Stops the running verb, and waits until the plan is resumed or replaced. Returns the index of the stopped verb.</summary>
    public int Interrupt()
    {
        Stop();
        flow.Quiet(listening: false);
        return run;
    }

    public void Resume(int interruption)
    {
        if (run == interruption) Next();
    }

    public void Stop()
    {
        ends?.Cancel();
        (ends, running) = (null, null);
        run++;
    }

    public TimeSpan LengthOf(Verb.Say say)
    {
        var words = say.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        return TimeSpan.FromMinutes(words / (double)Math.Max(1, exchange.Options.WordsPerMinute));
    }

    bool Start(Verb verb)
    {
        if (verb is Verb.Collect) return false;
        running = verb;
        playsLeft = verb switch
        {
            Verb.Say { Repeat: -1 } or Verb.Play { Repeat: -1 } => int.MaxValue,
            Verb.Say say => 1 + say.Repeat,
            Verb.Play play => 1 + play.Repeat,
            _ => 1,
        };
        Begin();
        return true;
    }

    void Begin()
    {
        switch (running)
        {
            case Verb.Say say:
                flow.Spoke(say, Listening);
                EndAfter(LengthOf(say));
                break;
            case Verb.Play play:
                flow.Note(CallMomentKind.Played, play.FileUrl);
                flow.Quiet(Listening);
                EndAfterFile(play);
                break;
            case Verb.Pause pause:
                flow.Note(CallMomentKind.Paused, $"{pause.Duration.TotalSeconds:0.###} s");
                flow.Quiet(Listening);
                EndAfter(pause.Duration);
                break;
            case Verb.Dial dial:
                flow.Note(CallMomentKind.Dialled, dial.To);
                flow.Quiet(Listening);
                EndAfter(dial.MaxDuration ?? exchange.Options.DialLength);
                break;
        }
    }

    void EndAfterFile(Verb.Play play)
    {
        if (exchange.Audio.Known(play.FileUrl) is { } known)
        {
            EndAfter(known);
            return;
        }
        // The verb is already running, and can be interrupted, while we ask for its length.
        var (asked, since) = (run, exchange.Timeline.Now);
        exchange.Timeline.Deliver(async at =>
        {
            var length = await exchange.Audio.LengthAsync(play.FileUrl);
            exchange.Timeline.Do(exchange.Timeline.AnsweredAt(at), () =>
            {
                if (run == asked) EndAfter(since + length - exchange.Timeline.Now);
            });
        });
    }

    void EndAfter(TimeSpan length)
    {
        if (playsLeft == int.MaxValue && length < ShortestEndless) length = ShortestEndless;
        ends = exchange.Timeline.After(length, () =>
        {
            if (playsLeft == int.MaxValue || --playsLeft > 0) Begin();
            else Next();
        });
    }
}
