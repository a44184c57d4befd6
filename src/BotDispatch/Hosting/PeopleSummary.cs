using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Holidays;
using BotDispatch.Employees.Lists;
using BotDispatch.Employees.Remote;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>What was found of people, their schedule and their lists.</summary>
/// <param name="Lines">What is set up, a line for each.</param>
/// <param name="Problems">What is worth a look.</param>
internal sealed record FoundPeople(ImmutableArray<(string What, string How)> Lines, ImmutableArray<string> Problems);

/// <summary>
/// Describes in a few lines the people who can be phoned. The text contains no telephone number and no name of a person. Settings with a
/// fault are left out, because the start check names the fault.
/// </summary>
internal sealed class PeopleSummary(
    IOptions<EmployeesFileOptions> employees, IOptions<ListOptions> lists, IOptions<AvailabilityOptions> availability, TimeProvider clock)
{
    const string Nobody = "Employees: nobody is in the directory, so nobody can be called.";

    /// <summary>Reads the files once, because a check starts no background service.</summary>
    public FoundPeople Read(IConfiguration configuration)
    {
        var (lines, problems) = (ImmutableArray.CreateBuilder<(string, string)>(), ImmutableArray.CreateBuilder<string>());
        ImmutableArray<Employee> people = [];
        // Of people who cannot be read here nobody can say that they are missing.
        var isEverybody = false;
        if (TimeZones.IsOld(clock.WallNow))
            problems.Add(TimeZones.OldVersion);
        if (Usable(employees) is { } files)
        {
            isEverybody = !files.HasOtherSource;
            people = ReadPeople(files, problems);
            var count = SetupSummary.Counted(people.Length, "person", "people");
            lines.Add(("People", isEverybody ? count : $"{count} in files, others from {Others(configuration)}"));
        }
        FileContent<ScheduleEntry> shifts = new([], []);
        if (Usable(availability) is { } planned && (lines.Count > 0 || planned.Schedule.Length > 0))
        {
            if (planned.Schedule.Length > 0)
                shifts = WatchedFile<ScheduleEntry>.Load(planned.Schedule, ScheduleReader.ParserFor(planned.Schedule)!);
            var (schedule, wrong) = ScheduleSummary.Of(planned.Schedule, shifts, people, !isEverybody, clock.WallNow);
            lines.Add(("Schedule", schedule));
            problems.AddRange(wrong.Select(each => "Employees:Schedule: " + each));
        }
        if (Usable(lists) is { } named && (lines.Count > 0 || named.Lists.Length > 0))
        {
            var entries = named.Lists.Length == 0 ? new([], [])
                : WatchedFile<ListEntry>.Load(named.Lists, ListReader.ParserFor(named.Lists)!);
            lines.Add(("Lists", SetupSummary.Counted(entries.Items.Length, "list", "lists")));
            problems.AddRange(entries.Problems.Select(each => "Employees:Lists: " + each.In(named.Lists)));
            if (isEverybody)
                problems.AddRange(MemberProblems(named.Lists, entries.Items, people, shifts.Items));
        }
        return new(lines.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>
    /// Writes for somebody whose other settings are not complete yet what was found of people, and asks the sources outside. It never
    /// fails, because the faults of the settings are named after it: what cannot be said is a line.
    /// </summary>
    public async Task<string> WriteAsync(IConfiguration configuration, IServiceProvider services)
    {
        var found = await OrLineAsync(() => Task.FromResult(Read(configuration)), "the files of people, shifts and lists were not read");
        var asked = await OrLineAsync(async () =>
        {
            var (answers, notices) = await SourceCheck.AskAllAsync(services);
            return new FoundPeople([.. answers.Select(each => ("Asked", each))], [.. notices]);
        }, "the sources of people outside were not asked");
        return string.Concat(found.Lines.Concat(asked.Lines).Select(each => SetupSummary.Line(each.What, each.How))
            .Concat(found.Problems.Concat(asked.Problems).Select(each => $"Worth a look: {each}\n")));
    }

    // By its kind alone, because the message of an exception may contain a secret or a name.
    static async Task<FoundPeople> OrLineAsync(Func<Task<FoundPeople>> find, string without)
    {
        try
        {
            return await find();
        }
        catch (Exception failed)
        {
            return new([], [$"Employees: {without} ({failed.GetType().Name})."]);
        }
    }

    static ImmutableArray<Employee> ReadPeople(EmployeesFileOptions files, ImmutableArray<string>.Builder problems)
    {
        ImmutableArray<(string Setting, string File)> all =
        [
            .. files.File.Length == 0 ? [] : ((string, string)[])[("Employees:File", files.File)],
            .. files.MoreFiles.Select((file, index) => ($"Employees:MoreFiles:{index}", file)),
        ];
        var read = all.Select(each => (each.Setting, each.File,
            Content: WatchedFile<Employee>.Load(each.File, EmployeeList.ReaderFor(each.File, files)))).ToList();
        problems.AddRange(read.SelectMany(each => each.Content.Problems.Select(problem => $"{each.Setting}: {problem.In(each.File)}")));
        var merged = MergedEmployees.Of([.. read.Select(each => (each.Setting, each.Content.Items))]).People;
        if (merged.IsEmpty && !files.HasOtherSource)
            problems.Add(Nobody);
        problems.AddRange(PhoneProblems(merged));
        return merged;
    }

    // By reason, because a list of everybody would name people.
    static IEnumerable<string> PhoneProblems(IEnumerable<Employee> people) => people.GroupBy(each => each.PhoneProblem)
        .Where(same => same.Key is not null)
        .Select(same => $"Employees: {SetupSummary.Counted(same.Count(), "person", "people")} cannot be called: {same.Key}");

    // By reason as well. What other sources say is not known before they are asked.
    IEnumerable<string> MemberProblems(
        string file, IEnumerable<ListEntry> entries, ImmutableArray<Employee> people, ImmutableArray<ScheduleEntry> schedule)
    {
        foreach (var entry in entries)
        {
            var (members, unknown) = ListMembers.Of(entry, people, schedule, HolidayBook.Of(schedule, []), clock.WallNow);
            var problems = unknown.GroupBy(each => each.Why).Select(same =>
                    $"{SetupSummary.Counted(same.Count(), "entry is", "entries are")} nobody: {same.Key}.")
                .Append(members.Any(each => each.Employee.CannotBePhoned is null) ? null
                    : "nobody on this list can be called.").OfType<string>();
            foreach (var problem in problems)
                yield return $"Employees:Lists: {file}, line {entry.Line}: {problem}";
        }
    }

    static string Others(IConfiguration configuration) => string.Join(" and ", ((IEnumerable<string?>)[
        string.IsNullOrWhiteSpace(configuration["Ldap:Server"]) ? null : "a directory server",
        string.IsNullOrWhiteSpace(configuration["Employees:SlackGroup"]) ? null : "Slack",
        string.IsNullOrWhiteSpace(configuration["Employees:GraphGroup"]) ? null : "Microsoft Graph"]).OfType<string>());

    static T? Usable<T>(IOptions<T> options) where T : class
    {
        try
        {
            return options.Value;
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or InvalidOperationException)
        {
            return null;
        }
    }
}
