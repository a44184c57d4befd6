using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Tests.Flows;

/// <summary>
/// Kills the first life of a process exactly while the words of the first reply are read: the card is posted, and the commit that stores its id has
/// begun and never ends.
/// </summary>
internal sealed class DeathOverFirstWords : IDisposable
{
    readonly ManualResetEventSlim committing = new();
    readonly ManualResetEventSlim died = new();
    Life? life;

    /// <summary>The life that ends so.</summary>
    public void Await(Life awaited) => life = awaited;

    /// <summary>Whether it ended so.</summary>
    public bool Came => died.IsSet;

    /// <summary>Stands in one life of the app.</summary>
    public void Stand(IServiceCollection services)
    {
        var commits = (CommitProbe)services.Last(each => each.ServiceType == typeof(CommitProbe)).ImplementationInstance!;
        services.RemoveAll<CommitProbe>();
        services.AddSingleton(new CommitProbe(batch => BeforeCommit(commits, batch), commits.After));
        var words = services.Last(each => each.ServiceType == typeof(IThreadWords)).ImplementationType!;
        services.RemoveAll<IThreadWords>();
        services.AddSingleton<IThreadWords>(provider => new MortalWords(this, (IThreadWords)ActivatorUtilities.CreateInstance(provider, words)));
    }

    public void Dispose()
    {
        committing.Dispose();
        died.Dispose();
    }

    void BeforeCommit(CommitProbe commits, IReadOnlyList<Work> batch)
    {
        if (life is { IsOver: false } && batch.OfType<WriteWork>().Any(work => work.Writes.Any(write => write.Sql.Contains("SET root_message", StringComparison.Ordinal))))
        {
            committing.Set();
            died.Wait();
        }
        commits.Before(batch);
    }

    void Read()
    {
        if (life is not { IsOver: false } mortal)
            return;
        committing.Wait();
        mortal.Kill();
        died.Set();
        mortal.GoOn();
    }

    sealed class MortalWords(DeathOverFirstWords death, IThreadWords words) : IThreadWords
    {
        public ThreadUpdate? Update(DispatchState state, long fromSeq, IReadOnlyList<DispatchEvent> events)
        {
            death.Read();
            return words.Update(state, fromSeq, events);
        }

        public ThreadUpdate Summary(DispatchState state, long seq) => words.Summary(state, seq);
    }
}
