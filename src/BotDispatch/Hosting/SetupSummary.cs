using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using BotDispatch.Employees;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Holidays;
using BotDispatch.Employees.Lists;
using BotDispatch.Files;
using BotDispatch.Ports;
using BotDispatch.Slack;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Tickets;
using BotDispatch.Tickets.File;
using BotDispatch.Voice.Routee;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BotDispatch.Hosting;

/// <summary>Describes in a few lines what is set up. The text contains no secret, no telephone number and no name of a person.</summary>
// Twelve, because each line of the summary is about the settings of another room.
internal sealed class SetupSummary(
    IOptions<SlackOptions> slack, IOptions<TeamsOptions> teams, IOptions<RouteeOptions> routee, IOptions<StorageOptions> storage,
    IOptions<TicketsFileOptions> tickets, TicketSystems systems,
    IOptions<EmployeesFileOptions> employees, IOptions<ListOptions> lists,
    IOptions<AvailabilityOptions> availability, MachineSummary machines, TimeProvider clock, IHostEnvironment environment)
{
    public string Write(IConfiguration configuration)
    {
        var text = new StringBuilder();
        // A check starts no background service, so it reads the lists itself.
        var people = employees.Value.File.Length == 0 ? new([], [])
            : WatchedFile<Core.Employee>.Load(employees.Value.File, EmployeeList.ParserFor(employees.Value)!);
        var more = employees.Value.MoreFiles.Select((file, index) => (Setting: $"Employees:MoreFiles:{index}", File: file,
            Content: WatchedFile<Core.Employee>.Load(file, EmployeeList.ParserFor(file, employees.Value)!))).ToList();
        var merged = MergedEmployees.Of([("", people.Items), .. more.Select(each => (each.Setting, each.Content.Items))]).People;
        var (schedule, wrong) = ScheduleSummary.Of(availability.Value.Schedule, merged, employees.Value.HasOtherSource, clock.WallNow);
        var jobs = tickets.Value.File.Length == 0 ? new([], []) : WatchedFile<Core.Ticket>.Load(tickets.Value.File, TicketList.Parse);
        var named = lists.Value.Lists.Length == 0 ? new([], [])
            : WatchedFile<ListEntry>.Load(lists.Value.Lists, ListReader.ParserFor(lists.Value.Lists)!);
        foreach (var (what, how) in (ReadOnlySpan<(string, string)>)
        [
            ("Environment", environment.EnvironmentName), ("Address", routee.Value.PublicBaseAddress?.AbsoluteUri ?? "none"),
            ("Slack", Slack), ("Teams", Teams),
            ("Telephone", Telephone(configuration)), ("People", employees.Value.HasOtherSource
                ? $"{Counted(merged.Length, "person", "people")} in files, others from {Others(configuration)}"
                : Counted(merged.Length, "person", "people")),
            ("Schedule", schedule), ("Lists", Counted(named.Items.Length, "list", "lists")),
            .. Tickets(jobs.Items.Length).Select(each => ("Tickets", each)), .. machines.Lines(), ("Database", Database),
        ])
            text.Append(CultureInfo.InvariantCulture, $"  {what,-12} {how}\n");
        foreach (var problem in people.Problems.Select(each => "Employees:File: " + each.In(employees.Value.File))
            .Concat(more.SelectMany(each => each.Content.Problems.Select(problem => $"{each.Setting}: {problem.In(each.File)}")))
            .Concat(merged.IsEmpty && !employees.Value.HasOtherSource ? [Nobody] : [])
            .Concat(PhoneProblems(merged)).Concat(wrong.Select(each => "Employees:Schedule: " + each))
            .Concat(named.Problems.Select(each => "Employees:Lists: " + each.In(lists.Value.Lists)))
            .Concat(employees.Value.HasOtherSource ? [] : MemberProblems(named.Items, merged))
            .Concat(jobs.Problems.Select(each => "Tickets:File: " + each.In(tickets.Value.File))))
            text.Append(CultureInfo.InvariantCulture, $"Worth a look: {problem}\n");
        return text.ToString();
    }

    // By reason, because a list of everybody would name people.
    static IEnumerable<string> PhoneProblems(IEnumerable<Core.Employee> people) => people.GroupBy(each => each.PhoneProblem)
        .Where(same => same.Key is not null)
        .Select(same => $"Employees: {Counted(same.Count(), "person", "people")} cannot be called: {same.Key}");

    const string Nobody = "Employees: nobody is in the directory, so nobody can be called.";

    // By reason as well. What other sources say is not known before they are asked.
    IEnumerable<string> MemberProblems(IEnumerable<ListEntry> entries, ImmutableArray<Core.Employee> people)
    {
        var schedule = availability.Value.Schedule is { Length: > 0 } path
            ? WatchedFile<ScheduleEntry>.Load(path, ScheduleReader.ParserFor(path)!).Items : [];
        foreach (var entry in entries)
        {
            var (members, unknown) = ListMembers.Of(entry, people, schedule, HolidayBook.Of(schedule, []), clock.WallNow);
            var problems = unknown.GroupBy(each => each.Why).Select(same =>
                    $"{Counted(same.Count(), "entry is", "entries are")} nobody: {same.Key}.")
                .Append(members.Any(each => each.Employee.CannotBePhoned is null) ? null
                    : "nobody on this list can be called.").OfType<string>();
            foreach (var problem in problems)
                yield return $"Employees:Lists: {lists.Value.Lists}, line {entry.Line}: {problem}";
        }
    }

    static string Others(IConfiguration configuration) => string.Join(" and ", ((IEnumerable<string?>)[
        string.IsNullOrWhiteSpace(configuration["Ldap:Server"]) ? null : "a directory server",
        string.IsNullOrWhiteSpace(configuration["Employees:SlackGroup"]) ? null : "Slack",
        string.IsNullOrWhiteSpace(configuration["Employees:GraphGroup"]) ? null : "Microsoft Graph"]).OfType<string>());

    IEnumerable<string> Tickets(int ofFile) => systems.All.Select(each => $"{each.System.Name} at {each.System.Host}")
        .Concat(tickets.Value.File.Length == 0 ? []
            : [Counted(ofFile, "ticket", "tickets") + (systems.All.Count > 0 ? " of the file" : "")]);

    string Slack => slack.Value switch
    {
        { IsOn: false } => "off",
        var on => $"on, {(on.UsesSockets ? "over Socket Mode" : "over HTTP")}, {(on.UsesOAuth ? "many workspaces" : "one workspace")}",
    };

    string Teams => teams.Value switch
    {
        { HasApp: true, TenantId.Length: > 0 } => "on, one tenant",
        { HasApp: true } => "on, every tenant",
        { IsOn: true } => "only for the Agents Playground on this machine",
        _ => "off",
    };

    string Telephone(IConfiguration configuration) => configuration.GetValue<bool>("Development:SimulatedRoutee")
        ? "pretend telephones on this machine; nobody is really phoned"
        : $"Routee at {routee.Value.BaseAddress!.Host}";

    string Database => storage.Value.Provider is StorageProvider.PostgreSql

            ? new NpgsqlConnectionStringBuilder(storage.Value.ConnectionString) is var server
            ? $"PostgreSQL, {server.Database ?? server.Username} at {server.Host}"
            : ""
        : new SqliteConnectionStringBuilder(storage.Value.ConnectionString) is { Mode: not SqliteOpenMode.Memory, DataSource: var file }
            ? $"SQLite, {file}{(File.Exists(file) ? "" : " (made at the first start)")}"
            : "SQLite in memory: everything is lost when the process ends";

    /// <summary>Writes a number of things.</summary>
    internal static string Counted(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";
}
