namespace BotDispatch.Benchmarks.Load;

/// <summary>The processes that a run has started; they end with it.</summary>
internal sealed class Children : IDisposable
{
    readonly List<Child> children = [];

    /// <summary>Ends this process with the run.</summary>
    public Child Keep(Child child)
    {
        children.Add(child);
        return child;
    }

    public void Dispose()
    {
        foreach (var child in children)
            child.Dispose();
        children.Clear();
    }
}
