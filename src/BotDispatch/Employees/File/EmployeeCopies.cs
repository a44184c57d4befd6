using System.Collections.Concurrent;
using System.Collections.Immutable;
using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using BotDispatch.Storage;

namespace BotDispatch.Employees.File;

/// <summary>
/// The stored copies of the files with people, so that a process that starts while a file is broken or gone knows them. Nothing is read of
/// the database before somebody looks for a copy.
/// </summary>
/// <param name="store">Where they are stored; null if there is no database.</param>
/// <param name="realTime">The system's clock.</param>
/// <param name="log">The log for what fails.</param>
internal sealed class EmployeeCopies(Func<CopyStore?> store, TimeProvider realTime, ILogger<EmployeeFile> log)
{
    readonly KeptCopies kept = new(store, KeptCopies.OfPeople, realTime, log);
    readonly ConcurrentDictionary<string, Copy> all = new(StringComparer.Ordinal);
    long? failed;

    /// <summary>A list as it was read at a moment.</summary>
    internal sealed record Found(string Text, DateTimeOffset ReadAt);

    /// <summary>The copy of one file.</summary>
    internal sealed class Copy : IListCopy
    {
        /// <summary>What was read and is not stored yet.</summary>
        internal Found? Unkept;

        /// <summary>What the database had.</summary>
        internal volatile Found? Stored;

        /// <summary>What reads the file, which may never answer.</summary>
        internal Task<List<string>>? Looking;

        /// <summary>Whether the database was asked.</summary>
        public bool WasLookedFor { get; internal set; }

        /// <summary>Whether somebody waits for what the database has.</summary>
        public bool IsWanted { get; set; }

        public (string Text, DateTimeOffset ReadAt)? Earlier => Stored is var (text, readAt) ? (text, readAt) : null;

        public void Keep(string text, DateTimeOffset readAt)
        {
            Stored = null;
            Volatile.Write(ref Unkept, new(text, readAt));
        }
    }

    /// <summary>The copy of a file.</summary>
    public Copy Of(string path) => all.GetOrAdd($"Employees:File {path}", _ => new());

    /// <summary>Returns what reading the file gives; null if it does not answer for a while, and at once if it did not before.</summary>
    public List<string>? WithinAWhile(Copy copy, Func<List<string>> read)
    {
        if (copy.Looking is not { IsCompleted: false } looking)
        {
            copy.Looking = looking = Task.Factory.StartNew(read, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task.WhenAny(looking, Task.Delay(WatchedFile<object>.LongestLook, realTime)).GetAwaiter().GetResult();
        }
        return looking.IsCompleted ? looking.GetAwaiter().GetResult() : null;
    }

    /// <summary>Asks the database for every copy that is wanted and was not looked for.</summary>
    public async Task FindAsync(CancellationToken ct)
    {
        foreach (var (name, copy) in all.Where(each => each.Value is { IsWanted: true, WasLookedFor: false }))
        {
            copy.Stored = await kept.ReadAsync(name, (text, readAt) => new Found(text, readAt), ct);
            copy.WasLookedFor = true;
        }
    }

    /// <summary>Stores what was read since. What cannot be stored is tried again after a minute.</summary>
    public async Task StoreAsync(CancellationToken ct)
    {
        if (failed is { } at && realTime.GetElapsedTime(at) < SourceRefresh.Retry)
            return;
        failed = null;
        foreach (var (name, copy) in all)
        {
            if (Volatile.Read(ref copy.Unkept) is not { } unkept)
                continue;
            if (await kept.KeepAsync(name, unkept.Text, ct, unkept.ReadAt))
                Interlocked.CompareExchange(ref copy.Unkept, null, unkept);
            else
                failed = realTime.GetTimestamp();
        }
    }
}

/// <summary>Looks at the start for the copies of files that cannot be used, and stores what is read of the others.</summary>
internal sealed class EmployeeCopying(EmployeeCopies copies, EmployeeFile file, MoreEmployeeFiles more, TimeProvider realTime)
    : BackgroundService
{
    readonly ImmutableArray<EmployeeFile> files = [file, .. more.Files];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var each in files)
            each.WantCopy();
        await copies.FindAsync(cancellationToken);
        await copies.StoreAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(WatchedFile<object>.BetweenLooks, realTime);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await copies.StoreAsync(stoppingToken);
    }
}
