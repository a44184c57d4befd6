using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.Holidays;
using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Storage;
using NodaTime;

namespace BotDispatch.Employees.Calendars;

/// <summary>The shifts of one calendar entry of the schedule, from its last good copy.</summary>
/// <param name="Line">The line on which the entry begins, for people.</param>
/// <param name="Index">Its place among the entries of the file, which identifies it.</param>
/// <param name="Shifts">The shifts.</param>
internal sealed record CalendarCopy(int Line, int Index, ImmutableArray<CalendarShift> Shifts)
{
    /// <summary>Of public holidays, this year and the next one if that begins soon, as far as they have no day off.</summary>
    public ImmutableArray<int> MissingYears { get; init; } = [];
}

/// <summary>
/// Keeps a copy of each calendar that the schedule names: refreshed in the background, kept while its source is down, and drawn anew as
/// time goes on. Reading never waits for a source.
/// </summary>
internal sealed partial class CalendarFeeds(
    IHttpClientFactory clients, ScheduleFile schedule, TimeProvider realTime, ILogger<CalendarFeeds> log, CopyStore? store = null)
    : INoticeSource
{
    /// <summary>The name of the HTTP client.</summary>
    public const string Client = "calendars";
    /// <summary>The most bytes of a calendar that are read.</summary>
    public const int Largest = 5 * 1024 * 1024;
    /// <summary>How long a copy is used before its source is asked again.</summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromMinutes(5);
    /// <summary>How long after a failure its source is asked again.</summary>
    public static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    static readonly Duration Behind = Duration.FromDays(2);
    static readonly Duration Ahead = Duration.FromDays(120);
    static readonly Duration DrawnAgainAfter = Duration.FromHours(12);

    readonly KeptCopies kept = new(() => store, "calendar", realTime, log);
    readonly ConcurrentDictionary<string, Copy> copies = new(StringComparer.Ordinal);
    ImmutableArray<CalendarCopy> current = [];

    /// <summary>What is known of one calendar.</summary>
    sealed record Copy
    {
        public ImmutableArray<CalendarEntry>? Entries { get; init; }
        public ImmutableArray<FileProblem> Problems { get; init; } = [];
        public ImmutableArray<CalendarShift> Shifts { get; init; } = [];
        public ImmutableArray<int> MissingYears { get; init; } = [];
        public Instant DrawnAt { get; init; }
        public DateTimeOffset ReadAt { get; init; }
        public EntityTagHeaderValue? Tag { get; init; }
        public DateTimeOffset? ChangedAt { get; init; }
        public string? Trouble { get; init; }
        public long? AskedAt { get; init; }
    }

    /// <summary>The copies of all calendars that could be read. The same array until one of them changes.</summary>
    public ImmutableArray<CalendarCopy> Read()
    {
        ImmutableArray<CalendarCopy> now =
        [
            .. from entry in Wanted()
               let copy = copies.GetValueOrDefault(Key(entry))
               where copy?.Entries is not null
               select new CalendarCopy(entry.Line, entry.Index, copy.Shifts) { MissingYears = copy.MissingYears },
        ];
        var known = current;
        return now.Length == known.Length && now.Zip(known).All(pair => pair.First == pair.Second) ? known : current = now;
    }

    /// <summary>Asks every source that is due, and draws the shifts of those that have changed or have become old.</summary>
    public async Task RefreshAsync(CancellationToken ct)
    {
        // A source that does not answer keeps no stored copy of another one from being used.
        foreach (var entry in Wanted().Where(each => !copies.ContainsKey(Key(each))))
            copies[Key(entry)] = await RestoredAsync(entry, ct);
        foreach (var same in Wanted().GroupBy(AddressOf).ToList())
        {
            var known = same.DistinctBy(Key).Select(entry => (Entry: entry, Copy: copies.GetValueOrDefault(Key(entry)) ?? new())).ToList();
            if (known.Any(each => IsDue(each.Copy)))
                known = await AskAsync(known, ct);
            foreach (var (entry, copy) in known)
                copies[Key(entry)] = Drawn(entry, copy);
        }
    }

    bool IsDue(Copy copy) =>
        copy.AskedAt is null || realTime.GetElapsedTime(copy.AskedAt.Value) >= (copy.Trouble is null ? Refresh : Retry);

    public bool IsAboutPeople => true;

    public IReadOnlyList<string> Notices()
    {
        var notices = new List<string>();
        foreach (var entry in Wanted())
        {
            var copy = copies.GetValueOrDefault(Key(entry)) ?? new();
            var age = KeptCopies.Age(copy.ReadAt, realTime, "nothing could be read of it yet, so nobody is judged by it");
            if (copy.Trouble is { } trouble)
                notices.Add($"Employees:Schedule: line {entry.Line}: the calendar cannot be read ({trouble}); {age}.");
            if (copy.Problems is [var first, ..])
                notices.Add($"Employees:Schedule: line {entry.Line}: {copy.Problems.Length} events of the calendar are not used. "
                    + $"The first: line {first.Line}: {first.What}");
        }
        return notices;
    }

    IEnumerable<ScheduleEntry.Calendar> Wanted() => schedule.Read().Select(CalendarOf).OfType<ScheduleEntry.Calendar>();

    // Days off are dates of every zone: they are read in UTC, and each person's own midnight counts.
    static ScheduleEntry.Calendar? CalendarOf(ScheduleEntry entry) => entry switch
    {
        ScheduleEntry.Calendar calendar => calendar,
        ScheduleEntry.Holidays { Address: { } address } holidays =>
            new(holidays.Line, holidays.Name, address, DateTimeZone.Utc) { Index = holidays.Index, HasDaysOff = true },
        _ => null,
    };

    // One calendar may be the shifts of one entry and the days off of another, each with a zone of its own.
    static string Key(ScheduleEntry.Calendar entry) => $"{StoredNameOf(entry)} {entry.HasDaysOff}";

    // The text is the same whatever it is read for, so it is stored once, by the name of the first entry that it is read for.
    static string StoredNameOf(ScheduleEntry.Calendar entry) => $"{entry.Zone?.Id} {entry.Address}";

    static string AddressOf(ScheduleEntry.Calendar entry) => WebCalendar().Replace(entry.Address, "https:");

    Copy Drawn(ScheduleEntry.Calendar entry, Copy copy)
    {
        var now = Instant.FromDateTimeOffset(realTime.WallNow);
        if (copy.Entries is not { } entries || (copy.DrawnAt != default && (now - copy.DrawnAt) < DrawnAgainAfter && now >= copy.DrawnAt))
            return copy;
        var since = realTime.GetTimestamp();
        var drawn = CalendarExpansion.Between(entries, now - Behind, now + Ahead, realTime, since);
        return copy with
        {
            Shifts = drawn.Items,
            MissingYears = entry.HasDaysOff ? HolidayYears.MissingIn(entries, now, realTime, since) : [],
            Problems = [.. copy.Problems.Concat(drawn.Problems).Distinct()],
            DrawnAt = now,
        };
    }

    // Whatever it is read for, one calendar is fetched once.
    async Task<List<(ScheduleEntry.Calendar Entry, Copy Copy)>> AskAsync(
        List<(ScheduleEntry.Calendar Entry, Copy Copy)> known, CancellationToken ct)
    {
        var written = AddressOf(known[0].Entry);
        // A calendar that has not changed since is not sent again, so each of them must have it.
        var before = known.Find(each => each.Copy is not { Entries: not null, AskedAt: not null }).Copy ?? known[0].Copy;
        var (text, answer, trouble) = Uri.TryCreate(written, UriKind.Absolute, out var address) && !address.IsFile
            ? await FetchAsync(address, before, ct)
            : ReadFile(schedule.PathOf(written));
        List<(ScheduleEntry.Calendar Entry, Copy Copy)> after =
            [.. known.Select(each => (each.Entry, Read(each.Entry, each.Copy, text, answer, trouble)))];
        if (text is not null && after.Exists(each => each.Copy.Trouble is null))
            await kept.KeepAsync(StoredNameOf(known[0].Entry), text, ct);
        return after;
    }

    Copy Read(ScheduleEntry.Calendar entry, Copy copy, string? text, HttpResponseMessage? answer, string? trouble)
    {
        var asked = copy with { AskedAt = realTime.GetTimestamp() };
        if (trouble is null && text is null)
            return asked with { Trouble = null, ReadAt = realTime.GetUtcNow() };
        if (trouble is null && CalendarReader.Read(text!, entry.Zone) is { } read)
        {
            log.CalendarRead(entry.Line, read.Items.Length, read.Problems.Length);
            return asked with
            {
                Entries = read.Items,
                Problems = read.Problems,
                Trouble = null,
                ReadAt = realTime.GetUtcNow(),
                DrawnAt = default,
                Tag = answer?.Headers.ETag,
                ChangedAt = answer?.Content.Headers.LastModified,
            };
        }
        trouble ??= "what it answers is not a calendar";
        if (copy.Trouble != trouble)
            log.CalendarUnread(entry.Line, trouble);
        return asked with { Trouble = trouble };
    }

    // A process that starts while the source is down uses the copy of an earlier one.
    async Task<Copy> RestoredAsync(ScheduleEntry.Calendar entry, CancellationToken ct)
    {
        foreach (var name in Wanted().Where(each => AddressOf(each) == AddressOf(entry)).Select(StoredNameOf).Distinct())
            if (await kept.ReadAsync(name, (text, readAt) => CalendarReader.Read(text, entry.Zone) is { } read
                ? Drawn(entry, new() { Entries = read.Items, Problems = read.Problems, ReadAt = readAt }) : null, ct) is { } copy)
                return copy;
        return new();
    }

    // The address itself may be a secret, so it is never said.
    async Task<(string? Text, HttpResponseMessage? Answer, string? Trouble)> FetchAsync(Uri address, Copy copy, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.Add(new("BotDispatch", null));
        if (copy is { Entries: not null, Tag: { } tag })
            request.Headers.IfNoneMatch.Add(tag);
        if (copy is { Entries: not null, ChangedAt: { } changed })
            request.Headers.IfModifiedSince = changed;
        return await clients.SendAsync<(string?, HttpResponseMessage?, string?)>(Client, request,
            (answer, body) => answer.StatusCode switch
            {
                HttpStatusCode.OK => (FileText.Read(body), answer, null),
                HttpStatusCode.NotModified when copy.Entries is not null => (null, null, null),
                >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
                    (null, null, "its address has moved: write the new one"),
                var status => (null, null, $"its server answers with status {(int)status}"),
            },
            failure => (null, null, failure.Because), ct);
    }

    // Such an address names what is fetched by https.
    [GeneratedRegex("^webcal:", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebCalendar();

    static (string? Text, HttpResponseMessage? Answer, string? Trouble) ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Length > Largest
                ? (null, null, "the file is larger than 5 MB")
                : (FileText.Read(System.IO.File.ReadAllBytes(path)), null, null);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return (null, null, broken is FileNotFoundException or DirectoryNotFoundException
                ? "there is no such file"
                : "the file cannot be read");
        }
    }
}

/// <summary>Refreshes the calendars at the start, without holding it up, and again and again.</summary>
internal sealed class CalendarRefresh(CalendarFeeds feeds, TimeProvider realTime, ILogger<CalendarRefresh> log) : BackgroundService
{
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(BetweenLooks, realTime);
        do
        {
            try
            {
                // A calendar may take seconds of work, which nobody who starts the process should wait for.
                await Task.Run(() => feeds.RefreshAsync(stoppingToken), stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                log.CalendarsNotRefreshed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
