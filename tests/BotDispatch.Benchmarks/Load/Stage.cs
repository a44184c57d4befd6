using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Load;

/// <summary>A stage of dispatches with what it cost.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Outcome">What the generator saw.</param>
/// <param name="HostCpu">What the product's process used, in milliseconds for each dispatch.</param>
/// <param name="GeneratorCpu">What the pretend world used, in milliseconds for each dispatch.</param>
/// <param name="Memory">The product's resident memory at the end, in MB.</param>
internal sealed record Stage(string Name, DispatchOutcome Outcome, double HostCpu, double GeneratorCpu, double Memory)
{
    public double PerSecond => Outcome.InTime / Outcome.Seconds;

    public Spread Timing(string name) => Outcome.Timings.GetValueOrDefault(name) ?? new(0, 0, 0, 0);
}
