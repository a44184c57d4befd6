using System.Globalization;
using System.Text;
using BotDispatch.Files;
using BotDispatch.Slack;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Tickets;
using BotDispatch.Tickets.File;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BotDispatch.Hosting;

/// <summary>Describes in a few lines what is set up. The text contains no secret, no telephone number and no name of a person.</summary>
// Nine, because each line of the summary is about the settings of another room.
internal sealed class SetupSummary(
    IOptions<SlackOptions> slack, IOptions<TeamsOptions> teams, IOptions<RouteeOptions> routee, IOptions<StorageOptions> storage,
    IOptions<TicketsFileOptions> tickets, TicketSystems systems, PeopleSummary people, MachineSummary machines,
    IHostEnvironment environment)
{
    public string Write(IConfiguration configuration)
    {
        var text = new StringBuilder();
        var found = people.Read(configuration);
        var jobs = tickets.Value.File.Length == 0 ? new([], []) : WatchedFile<Core.Ticket>.Load(tickets.Value.File, TicketList.Parse);
        foreach (var (what, how) in (ReadOnlySpan<(string, string)>)
        [
            ("Environment", environment.EnvironmentName), ("Address", routee.Value.PublicBaseAddress?.AbsoluteUri ?? "none"),
            ("Slack", Slack), ("Teams", Teams),
            ("Telephone", Telephone(configuration)), .. found.Lines,
            .. Tickets(jobs.Items.Length).Select(each => ("Tickets", each)), .. machines.Lines(), ("Database", Database),
        ])
            text.Append(Line(what, how));
        foreach (var problem in found.Problems.Concat(jobs.Problems.Select(each => "Tickets:File: " + each.In(tickets.Value.File))))
            text.Append(CultureInfo.InvariantCulture, $"Worth a look: {problem}\n");
        return text.ToString();
    }

    /// <summary>Writes one line of the summary.</summary>
    internal static string Line(string what, string how) => $"  {what,-12} {how}\n";

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
        // The whole path, because a relative one counts from the folder in which the process was started.
        : SqliteFile.PathOf(storage.Value.ConnectionString) is { } file
            ? $"SQLite, {file}{(File.Exists(file) ? "" : " (made at the first start)")}"
            : "SQLite in memory: everything is lost when the process ends";

    /// <summary>Writes a number of things.</summary>
    internal static string Counted(int count, string one, string several) => $"{count} {(count == 1 ? one : several)}";
}
