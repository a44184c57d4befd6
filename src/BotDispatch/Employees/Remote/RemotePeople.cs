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
    : IRefreshedSource
{
    const string Empty = "there is nobody in it";

    readonly KeptCopies kept = new(store, KeptCopies.OfPeople, realTime, log);
    volatile Copy copy = new([], [], [], default, null);

    sealed record Copy(
        ImmutableArray<Employee> People, ImmutableArray<FileProblem> Problems, ImmutableArray<string> Notices, DateTimeOffset ReadAt,
        string? Trouble);

    public string Name => source.Setting;

    public TimeSpan Every => source.Every;

    public bool IsInTrouble => copy.Trouble is not null;

    public string? Trouble => TroubleOf(copy);

    public ImmutableArray<Employee> Read() => copy.People;

    /// <summary>Uses the stored copy until the system answers.</summary>
    public async Task RestoreAsync(CancellationToken ct)
    {
        if (await kept.ReadAsync(Key, Stored.Of, ct) is var (found, at))
            Use(found, [], at);
    }

    sealed record Stored(FoundPerson[] People, DateTimeOffset ReadAt)
    {
        public static Stored? Of(string text, DateTimeOffset readAt) =>
            JsonSerializer.Deserialize(text, FoundPeopleJson.Default.FoundPersonArray) is { } people ? new(people, readAt) : null;
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
        await kept.KeepAsync(Key, JsonSerializer.Serialize([.. people], FoundPeopleJson.Default.FoundPersonArray), ct);
    }

    public void LogFailure(string exception) => log.RemoteFailed(Name, exception);

    /// <summary>Returns what an administrator has to mend.</summary>
    public IReadOnlyList<string> Notices()
    {
        var now = copy;
        return
        [
            .. TroubleOf(now) is { } trouble ? [trouble] : Array.Empty<string>(),
            .. now.Notices.Select(notice => $"{Name}: {notice}"),
            .. now.Problems.GroupBy(problem => problem.What).Select(same => $"{Name}: {same.Count()} of its people: {same.Key}"),
        ];
    }

    string? TroubleOf(Copy now) => now.Trouble is { } trouble
        ? $"{Name}: people cannot be read, {trouble}; {KeptCopies.Age(now.ReadAt, realTime)}."
        : null;

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

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices() => [.. All.SelectMany(each => each.Notices())];
}
