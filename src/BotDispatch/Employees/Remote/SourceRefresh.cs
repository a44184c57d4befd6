using BotDispatch.Employees.Calendars;
using BotDispatch.Employees.File;
using BotDispatch.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Employees.Remote;

/// <summary>A source of employees that is asked again and again in the background.</summary>
internal interface IRefreshedSource : IEmployeeSource, INoticeSource
{
    bool INoticeSource.IsAboutPeople => true;

    /// <summary>How long to wait before it is asked again, while it answers.</summary>
    TimeSpan Every { get; }

    /// <summary>Whether the last copy stays in use, because the source could not be read.</summary>
    bool IsInTrouble { get; }

    /// <summary>Uses a stored copy until the source answers.</summary>
    Task RestoreAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Asks the source once. What can be expected to fail is kept as its trouble.</summary>
    Task RefreshAsync(CancellationToken ct);

    /// <summary>Stores what was read since, for a process that starts while the source cannot be read.</summary>
    Task KeepAsync(CancellationToken ct) => Task.CompletedTask;

    /// <summary>Logs that asking failed unexpectedly.</summary>
    void LogFailure(string exception);
}

/// <summary>Asks all outside sources at the start, for which it waits a while, and again and again.</summary>
internal sealed class SourceRefresh(RemotePeopleList people, IEnumerable<IRefreshedSource> others, TimeProvider realTime)
    : BackgroundService
{
    /// <summary>How long after a failure a source is asked again, unless it is asked more often anyway.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(15);

    readonly List<IRefreshedSource> all = [.. people.All, .. others];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var each in all)
            await each.RestoreAsync(cancellationToken);
        if (all.Count > 0)
            await Task.WhenAny(
                Task.WhenAll(all.Select(each => ReadAsync(each, cancellationToken))),
                Task.Delay(LongestStart, realTime, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(all.Select(each => GoOnAsync(each, stoppingToken)));

    /// <summary>How long to wait before a source is asked again.</summary>
    public static TimeSpan PauseOf(IRefreshedSource source) => source.IsInTrouble && Retry < source.Every ? Retry : source.Every;

    async Task GoOnAsync(IRefreshedSource each, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(PauseOf(each), realTime, ct);
            await ReadAsync(each, ct);
        }
    }

    static async Task ReadAsync(IRefreshedSource each, CancellationToken ct)
    {
        try
        {
            await each.RefreshAsync(ct);
            await each.KeepAsync(ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            each.LogFailure(failed.GetType().Name);
        }
    }
}

/// <summary>Asks all outside sources once, for an administrator who checks the settings. It stores nothing.</summary>
internal static class SourceCheck
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Returns what each source answered, and what has to be mended. It names nobody. A source whose settings have a fault is named, and
    /// takes nothing from the others.
    /// </summary>
    public static async Task<(IReadOnlyList<string> Answers, IReadOnlyList<string> Notices)> AskAllAsync(IServiceProvider services)
    {
        var (realTime, defaults) = (services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IOptions<EmployeesFileOptions>>());
        var asked = await Task.WhenAll(
        [
            .. services.GetServices<IPeopleSource>().Select(each => AskAsync(each.Setting, () => each.IsOn
                ? new RemotePeople(each, defaults.Value, () => null, realTime, NullLogger<RemotePeople>.Instance)
                : null, realTime)),
            .. services.GetServices<IRefreshedSource>().Select(each => AskAsync(each.Name, () => each, realTime)),
            CalendarCheck.AskAsync(services),
        ]);
        return ([.. asked.Select(each => each.Answer).OfType<string>()], [.. asked.SelectMany(each => each.Notices)]);
    }

    // Without an answer if it is not set up.
    static async Task<(string? Answer, IReadOnlyList<string> Notices)> AskAsync(
        string name, Func<IRefreshedSource?> open, TimeProvider realTime)
    {
        IRefreshedSource? source;
        try
        {
            source = open();
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or InvalidOperationException)
        {
            return NotAsked(name);
        }
        if (source is null)
            return (null, []);
        using var late = new CancellationTokenSource(Longest, realTime);
        try
        {
            await source.RefreshAsync(late.Token).WaitAsync(late.Token);
            var people = source.Read();
            return ($"{name}: {people.Length} {(people.Length == 1 ? "person" : "people")}, "
                + $"{people.Count(each => each.CannotBePhoned is null)} of them can be called", source.Notices());
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return ($"{name}: no answer", [$"{name}: it does not answer within {Longest.TotalSeconds:0} s."]);
        }
        catch (OptionsValidationException)
        {
            return NotAsked(name);
        }
        catch (Exception failed)
        {
            return ($"{name}: no answer", [$"{name}: asking it failed ({failed.GetType().Name})."]);
        }
    }

    static (string? Answer, IReadOnlyList<string> Notices) NotAsked(string name) =>
        ($"{name}: not asked", [$"{name}: it was not asked, because a setting that it needs has a fault."]);
}
