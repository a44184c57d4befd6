using BotDispatch.Simulator.Time;
using BotDispatch.Simulator.Wire;

namespace BotDispatch.Simulator.Calls;

/// <summary>Plays a person's script in one call: reacts to the ringing, then takes the steps.</summary>
internal sealed class Person(Timeline timeline, CallFlow flow)
{
    readonly List<Planned> plans = [];
    readonly List<PersonStep> waiting = [];
    int utterances, spokenByPlan;

    public void React(Behaviour behaviour)
    {
        StopReacting();
        Action? act = behaviour.Reaction switch
        {
            Reaction.Answers => () => flow.Answer(machine: false),
            Reaction.Machine => () => flow.Answer(machine: true),
            Reaction.Declines => flow.Decline,
            _ => null,
        };
        if (act is not null) plans.Add(timeline.After(behaviour.After, act));
    }

    public void StopReacting()
    {
        foreach (var plan in plans) plan.Cancel();
        plans.Clear();
    }

    public void Answered(Behaviour behaviour, Plan? plan)
    {
        spokenByPlan = plan?.Utterances ?? int.MaxValue;
        waiting.AddRange(behaviour.Steps);
        TakeStepsOf(0);
    }

    public void CountUtterance() => TakeStepsOf(++utterances);

    public void Leave()
    {
        StopReacting();
        waiting.Clear();
    }

    void TakeStepsOf(int utterance)
    {
        foreach (var step in waiting.Where(step => Math.Min(step.Utterance, spokenByPlan) == utterance).ToList())
        {
            waiting.Remove(step);
            plans.Add(timeline.After(TimeSpan.FromSeconds(step.After), () => Take(step)));
        }
    }

    void Take(PersonStep step)
    {
        if (step.Keys is null) flow.Finish(Status.Completed);
        else foreach (var key in step.Keys) flow.Press(key);
    }
}
