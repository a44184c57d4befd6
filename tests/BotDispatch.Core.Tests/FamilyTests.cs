using System.Reflection;

using static BotDispatch.Core.Tests.Cast;

namespace BotDispatch.Core.Tests;

/// <summary>A switch over a closed family has a row for every case.</summary>
public class FamilyTests
{
    public static TheoryData<Type> Inputs => [.. CasesOf(typeof(DispatchInput))];

    public static TheoryData<Type> Events => [.. CasesOf(typeof(DispatchEvent))];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_input_is_decided(Type input)
    {
        foreach (var state in new[] { DispatchState.Initial, Play.With(Ann, Bob).Dials(Ann).PicksUp().State, Play.With(Ann).Gets(new DispatchInput.Cancel(Boss)).State })
            Should.NotThrow(() => Decider.Decide(state, (DispatchInput)Any(input)!, Noon));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_is_evolved(Type happened)
    {
        var state = Play.With(Ann, Bob).Dials(Ann).PicksUp().Gets(new DispatchInput.Take(Boss, Outsider)).State;
        Should.NotThrow(() => Evolution.Evolve(state, (DispatchEvent)Any(happened)!));
    }

    static IEnumerable<Type> CasesOf(Type family) => family.GetNestedTypes().Where(type => type.IsSubclassOf(family));

    // Anything that can be made of the constructor's own types.
    static object? Any(Type type)
    {
        if (type == typeof(string))
            return "";
        if (type == typeof(AttemptId))
            return Call(0, 1);
        if (type == typeof(DispatchPlan))
            return Plan(Ann, Bob);
        if (type == typeof(NotPlaced))
            return new NotPlaced.NumberIsBad();
        if (type.IsValueType)
            return Activator.CreateInstance(type);
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).MaxBy(each => each.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Any(parameter.ParameterType))]);
    }
}
