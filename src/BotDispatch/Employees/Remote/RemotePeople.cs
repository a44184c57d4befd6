using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using BotDispatch.Core;
using BotDispatch.Employees.File;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Storage;
using Microsoft.Extensions.Options;
using NodaTime;

namespace BotDispatch.Employees.Remote;

/// <summary>
/// The employees of one outside system, from its last good copy. The copy is stored, so it also serves a process that starts while the
/// system is down.
/// </summary>
internal sealed class RemotePeople(
    IPeopleSource source, EmployeesFileOptions defaults, Func<CopyStore?> store, TimeProvider realTime, ILogger<RemotePeople> log)
    : IEmployeeSource
{
    /// <summary>How long after a failure the system is asked again.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    const string Kind = "people";
    const string Empty = "there is nobody in it";

    volatile Copy copy = new([], [], [], default, null);

    sealed record Copy(
        ImmutableArray<Employee> People, ImmutableArray<FileProblem> Problems, ImmutableArray<string> Notices, DateTimeOffset ReadAt,
        string? Trouble);

    public string Name => source.Setting;

    /// <summary>How long to wait before the system is asked again.</summary>
    public TimeSpan Pause => copy.Trouble is not null && Retry < source.Every ? Retry : source.Every;

    public ImmutableArray<Employee> Read() => copy.People;

    /// <summary>Uses the stored copy until the system answers.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        try
        {
            if (store() is { } copies && await copies.ReadAsync(Kind, Key, ct) is var (text, readAt)
                && JsonSerializer.Deserialize(text, FoundPeopleJson.Default.FoundPersonArray) is { } people)
                Use(people, [], readAt);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.CopyNotRead(failed.GetType().Name);
        }
    }

    /// <summary>Asks the system once.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        var answer = await source.ListAsync(ct);
        var trouble = answer switch
        {
            PeopleAnswer.NotNow(var because) => because,
            // An empty group is usually a mistake, and nobody could be called.
            PeopleAnswer.Everybody { People.IsEmpty: true } => Empty,
            _ => null,
        };
        if (answer is not PeopleAnswer.Everybody(var people, var notices) || trouble is not null)
        {
            if (copy.Trouble != trouble)
                log.RemoteUnread(Name, trouble!);
            copy = copy with { Trouble = trouble };
            return;
        }
        Use([.. people], notices, realTime.GetUtcNow());
        log.RemoteRead(Name, copy.People.Length, copy.Problems.Length);
        try
        {
            var text = JsonSerializer.Serialize([.. people], FoundPeopleJson.Default.FoundPersonArray);
            if (store() is { } copies)
                await copies.KeepAsync(Kind, Key, text, realTime.GetUtcNow(), ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.CopyNotKept(failed.GetType().Name);
        }
    }

    /// <summary>Returns what an administrator has to mend.</summary>
    public IEnumerable<string> Notices()
    {
        var now = copy;
        var age = now.ReadAt == default
            ? "nobody could be read from it yet"
            : $"the copy in use is {(int)Math.Max(0, (realTime.GetUtcNow() - now.ReadAt).TotalMinutes)} min old";
        return
        [
            .. now.Trouble is { } trouble ? [$"{Name}: people cannot be read, {trouble}; {age}."] : Array.Empty<string>(),
            .. now.Notices.Select(notice => $"{Name}: {notice}"),
            .. now.Problems.GroupBy(problem => problem.What).Select(same => $"{Name}: {same.Count()} of its people: {same.Key}"),
        ];
    }

    string Key => $"{source.Setting} {source.Source}";

    void Use(FoundPerson[] people, ImmutableArray<string> notices, DateTimeOffset readAt)
    {
        var judged = EmployeeRows.Judge(people.Select(RowOf), defaults.DefaultLanguage, defaults.Region);
        copy = new(judged.Items, judged.Problems, notices, readAt, null);
    }

    EmployeeRow RowOf(FoundPerson person, int index)
    {
        var zone = person.TimeZone is { } written ? TimeZones.OfAnyName(written) : null;
        return new(index + 1, person.Email ?? person.Id, person.Name, person.Email,
            person.Phones.FirstOrDefault(phone => PhoneNumberReader.Read(phone, defaults.Region).Phone is not null)
                ?? person.Phones.FirstOrDefault(), person.Language, zone?.Id, [], person.Hours, Periods(person.Away, zone))
        {
            Quiet = Periods(person.Quiet, zone),
        };
    }

    // Local times of the person, as a list of people writes them.
    static string? Periods(ImmutableArray<FoundPerson.Span> times, DateTimeZone? zone) => times.IsDefaultOrEmpty ? null
        : string.Join("; ", times.Select(time => $"{Local(time.From, zone)}..{(time.To is { } end ? Local(end, zone) : "9999-12-31")}"));

    static string Local(DateTimeOffset moment, DateTimeZone? zone) => Instant.FromDateTimeOffset(moment).InZone(zone ?? DateTimeZone.Utc)
        .ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

[JsonSerializable(typeof(FoundPerson[]))]
internal sealed partial class FoundPeopleJson : JsonSerializerContext;

/// <summary>All outside systems with employees that are set up.</summary>
internal sealed class RemotePeopleList(
    IEnumerable<IPeopleSource> sources, IOptions<EmployeesFileOptions> defaults, TimeProvider realTime, ILogger<RemotePeople> log,
    Func<CopyStore?> store) : INoticeSource
{
    /// <summary>Each of them.</summary>
    public ImmutableArray<RemotePeople> All { get; } =
        [.. sources.Where(each => each.IsOn).Select(each => new RemotePeople(each, defaults.Value, store, realTime, log))];

    public IReadOnlyList<string> Notices() => [.. All.SelectMany(each => each.Notices())];
}

/// <summary>Asks the outside systems at the start, for which it waits a while, and again and again.</summary>
internal sealed class RemotePeopleRefresh(RemotePeopleList people, TimeProvider realTime, ILogger<RemotePeopleRefresh> log)
    : BackgroundService
{
    static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(15);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var each in people.All)
            await each.RestoreAsync(cancellationToken);
        if (people.All.Length > 0)
            await Task.WhenAny(
                Task.WhenAll(people.All.Select(each => ReadAsync(each, cancellationToken))),
                Task.Delay(LongestStart, realTime, cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(people.All.Select(each => GoOnAsync(each, stoppingToken)));

    async Task GoOnAsync(RemotePeople each, CancellationToken ct)
    {
        while (true)
        {
            await Task.Delay(each.Pause, realTime, ct);
            await ReadAsync(each, ct);
        }
    }

    async Task ReadAsync(RemotePeople each, CancellationToken ct)
    {
        try
        {
            await each.RefreshAsync(ct);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.RemoteFailed(each.Name, failed.GetType().Name);
        }
    }
}
