using System.Collections.Immutable;
using System.Globalization;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>Reads what every employee is busy with: who is being called, and who has an accepted job that is not done.</summary>
internal sealed class Workload(
    DispatchEngine engine, Tenancy tenancy, TimeProvider dispatchClock, IAvailability? availability = null, ICallLimits? limits = null)
{
    const int MostAccepted = 500;

    /// <summary>
    /// How long an accepted job is listed that nobody marked as done: the most that the setting for holding an employee allows.
    /// </summary>
    static readonly TimeSpan Listed = TimeSpan.FromDays(7);

    /// <summary>Reads the current work, as far as it may be shown in that channel.</summary>
    /// <param name="where">The channel.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <param name="about">Whose rest and calls are read; null for everybody.</param>
    public async Task<CurrentWork> ReadAsync(ChatChannel where, CancellationToken ct, IReadOnlyCollection<EmployeeId>? about = null)
    {
        var now = dispatchClock.GetUtcNow();
        var (opening, accepting) = (engine.ListOpenAsync(ct), engine.ListAcceptedAsync(now - Listed, MostAccepted, ct));
        var accepted = await accepting;
        var held = await engine.ListHeldAsync(accepted, now - Listed, now, MostAccepted, ct);
        return await CompleteAsync(await opening, accepted, held, where, now, about, ct);
    }

    /// <summary>
    /// Reads what a dialog says of people. <see cref="CurrentWork.Open"/> holds only dispatches in which somebody is being called, and
    /// <see cref="CurrentWork.Accepted"/> none: a dialog shows neither list, and thousands may be open.
    /// </summary>
    public async Task<CurrentWork> ReadForDialogAsync(ChatChannel where, CancellationToken ct)
    {
        var now = dispatchClock.GetUtcNow();
        var (calling, holding) = (engine.ListCallingAsync(ct), engine.ListHeldAsync(null, now - Listed, now, MostAccepted, ct));
        await Task.WhenAll(calling, holding);
        return await CompleteAsync(await calling, [], await holding, where, now, null, ct);
    }

    async Task<CurrentWork> CompleteAsync(
        IReadOnlyList<DispatchState> open, IReadOnlyList<DispatchState> accepted, IReadOnlyList<DispatchState> held, ChatChannel where,
        DateTimeOffset now, IReadOnlyCollection<EmployeeId>? about, CancellationToken ct)
    {
        var wallNow = dispatchClock.OnWall(now);
        var limited = limits?.IsUsed(null) is true ? await limits.LimitedAsync(about, null, now, ct) : null;
        return new(open, accepted, held, state => tenancy.IsKnownIn(state, where), now, wallNow - now, DutyAt(wallNow, limited));
    }

    // As at a call: who is on shift may still rest after a job.
    Func<EmployeeId, Availability>? DutyAt(DateTimeOffset wallNow, IReadOnlyDictionary<EmployeeId, Availability>? limited)
    {
        if (availability is not { } known || (limited is null && !known.IsUsed))
            return null;
        var dutyOf = known.At(wallNow);
        return employee => dutyOf(employee) is var duty && duty.IsAvailable ? limited?.GetValueOrDefault(employee) ?? duty : duty;
    }

    /// <summary>The newest dispatches that may be shown in that channel, open and closed: of one ticket, or of all.</summary>
    public async Task<IReadOnlyList<DispatchState>> NewestAsync(string? ticket, ChatChannel where, int most, CancellationToken ct) =>
        [.. tenancy.KnownIn(where, await engine.ListNewestAsync(ticket, most * 3, ct)).Take(most)];

    /// <summary>The card as it is now, which says whether the next employee is busy.</summary>
    public async Task<DispatchCard> CardOfAsync(DispatchState state, int thread, CancellationToken ct) =>
        DispatchCard.Of(state, thread, await engine.BusyPhonesAsync(state, dispatchClock.GetUtcNow(), ct));
}

/// <summary>The work of all employees at one moment, as far as one channel may show it.</summary>
internal sealed class CurrentWork
{
    readonly Dictionary<EmployeeId, string> byEmployee = [];
    readonly Dictionary<string, string> byPhone = new(StringComparer.Ordinal);
    readonly IReadOnlyList<DispatchState> running, accepted, held;
    readonly Func<DispatchState, bool> isKnown;
    readonly DateTimeOffset now;
    // A demonstration's clock runs faster than real time, but people compare a shown time with the clock on the wall.
    readonly TimeSpan toWall;
    readonly Func<EmployeeId, Availability>? duty;
    // The dispatches that each number is called for, or is held for. Only cards need it, and one overview draws hundreds.
    readonly Lazy<ILookup<string, DispatchId>> busyWith;

    public CurrentWork(
        IReadOnlyList<DispatchState> open, IReadOnlyList<DispatchState> accepted, IReadOnlyList<DispatchState> held,
        Func<DispatchState, bool> isKnown, DateTimeOffset now, TimeSpan toWall = default, Func<EmployeeId, Availability>? duty = null)
    {
        (running, this.accepted, this.held, this.isKnown) = (open, accepted, held, isKnown);
        (this.now, this.toWall, this.duty) = (now, toWall, duty);
        busyWith = new(ListBusy);
        // A running call is shown before an accepted job.
        foreach (var state in running)
            foreach (var leg in state.Legs)
                if (leg.IsLive && state.Plan.Roster[leg.Attempt.Callee] is var callee && IsNews(callee.Id, callee.Phone))
                    Note(callee.Id, callee.Phone, isKnown(state) ? $"{CallOf(leg)} {Job(state)}" : "busy");
        foreach (var state in held)
            if (AcceptedJob.Of(state) is { } job && IsNews(job.Employee, job.Phone))
                Note(job.Employee, job.Phone, isKnown(state) ? $"has had {Job(state)} since {Clock(job.Since)}" : "busy");
    }

    /// <summary>No work is known.</summary>
    public static CurrentWork Nothing { get; } = new([], [], [], _ => false, DateTimeOffset.UnixEpoch);

    /// <summary>The open dispatches, the newest first; not all of them after <see cref="Workload.ReadForDialogAsync"/>.</summary>
    public ImmutableArray<DispatchState> Open => [.. running.Where(isKnown)];

    /// <summary>
    /// The dispatches whose accepted job is not done, the newest first; none after <see cref="Workload.ReadForDialogAsync"/>.
    /// </summary>
    public ImmutableArray<DispatchState> Accepted => [.. accepted.Where(isKnown)];

    /// <summary>The open ones, then the accepted ones.</summary>
    public IReadOnlyList<DispatchState> Known => [.. Open, .. Accepted];

    /// <summary>
    /// Words to follow an employee's name: the job they are busy with, or else why they can or cannot be called now; null if neither is
    /// known. A job of another tenant is "busy" and nothing more.
    /// </summary>
    public string? DoingOf(Employee employee) => JobOf(employee) ?? Continued(DutyOf(employee));

    /// <summary>The reason as part of a sentence: <c>off shift until 14:00 (UTC)</c>; null if there is none.</summary>
    public static string? Continued(Availability? duty) =>
        duty?.Words is { Length: > 0 } words ? PlainWords.Continued(words) : null;

    /// <summary>Words to follow an employee's name: the job they are busy with; null if there is none.</summary>
    public string? JobOf(Employee employee) => byEmployee.TryGetValue(employee.Id, out var own) ? own
        : employee.Phone is { } phone && byPhone.TryGetValue(phone, out var shared) ? shared
        : null;

    /// <summary>Whether somebody may be off at times, so that it is worth a word who is not.</summary>
    public bool KnowsDuties => duty is not null;

    /// <summary>Whether shifts, hours and absences allow calling them now; null if there are none of anybody.</summary>
    public Availability? DutyOf(Employee employee) => duty?.Invoke(employee.Id);

    /// <summary>The card of one of these dispatches, which says whether the next employee is busy.</summary>
    public DispatchCard CardOf(DispatchState state) => DispatchCard.Of(state, 0, state.Plan.Roster.Select(callee => callee.Phone)
        .Where(phone => busyWith.Value[phone].Any(dispatch => dispatch != state.Plan.Id)).ToHashSet(StringComparer.Ordinal));

    /// <summary>A moment within 20 hours of now as <c>14:05 UTC</c>, any other with its day.</summary>
    public string Clock(DateTimeOffset moment) => Clock(moment + toWall, now + toWall);

    /// <inheritdoc cref="Clock(DateTimeOffset)"/>
    public static string Clock(DateTimeOffset moment, DateTimeOffset now) =>
        (now - moment).Duration() < TimeSpan.FromHours(20) ? moment.UtcDateTime.ToString("HH:mm 'UTC'", CultureInfo.InvariantCulture)
        : moment.UtcDateTime.ToString("d MMM HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // Few people have hundreds of jobs between them, and only the first words for each are used.
    bool IsNews(EmployeeId employee, string? phone) =>
        !byEmployee.ContainsKey(employee) || (phone is not null && !byPhone.ContainsKey(phone));

    ILookup<string, DispatchId> ListBusy()
    {
        var phoned = from state in running
                     from leg in state.Legs
                     where leg.IsLive
                     select (state.Plan.Roster[leg.Attempt.Callee].Phone, state.Plan.Id);
        var holding = from state in held
                      let phone = AcceptedJob.Of(state)?.Phone
                      where phone is not null
                      select (Phone: phone, state.Plan.Id);
        return phoned.Concat(holding).ToLookup(each => each.Phone, each => each.Id, StringComparer.Ordinal);
    }

    void Note(EmployeeId employee, string? phone, string words)
    {
        byEmployee.TryAdd(employee, words);
        if (phone is not null)
            byPhone.TryAdd(phone, words);
    }

    static string CallOf(Leg leg) => leg.Status is LegStatus.InProgress ? "on the phone for" : "ringing for";

    static string Job(DispatchState state) => PlainWords.Shortened(PlainWords.OneLine(state.Plan.Ticket.Reference), 30).Isolated();
}

/// <summary>An accepted job that is not done.</summary>
/// <param name="State">Its dispatch.</param>
/// <param name="Employee">Who has it.</param>
/// <param name="WrittenName">Their name as it is written.</param>
/// <param name="Phone">Their phone number; null if it is unknown.</param>
/// <param name="Since">When they accepted it.</param>
// A dialog looks at hundreds of them, and keeps none.
internal readonly record struct AcceptedJob(
    DispatchState State, EmployeeId Employee, string WrittenName, string? Phone, DateTimeOffset Since)
{
    /// <summary>Their name on one line.</summary>
    public string Name => PlainWords.OneLine(WrittenName);

    /// <summary>The job; null if nobody has it, or it is done.</summary>
    public static AcceptedJob? Of(DispatchState state) => state.Phase switch
    {
        Phase.Closed(Resolution.Accepted { IsDone: false } accepted, var at) => Of(state, state.Plan.Roster[accepted.Attempt.Callee], at),
        Phase.Closed(Resolution.Taken { IsDone: false, Callee: >= 0 } taken, var at) => Of(state, state.Plan.Roster[taken.Callee], at),
        Phase.Closed(Resolution.Taken { IsDone: false } taken, var at) =>
            new AcceptedJob(state, taken.Employee, taken.By.Name, null, at),
        _ => null,
    };

    static AcceptedJob Of(DispatchState state, Callee callee, DateTimeOffset at) =>
        new(state, callee.Id, callee.Name, callee.Phone, at);
}
