using System.Text.RegularExpressions;
using BotDispatch.Settings;
using BotDispatch.Tickets.AnyHttp;
using BotDispatch.Tickets.GitHub;
using BotDispatch.Tickets.GitLab;
using BotDispatch.Tickets.Jira;
using BotDispatch.Tickets.Redmine;
using BotDispatch.Tickets.RequestTracker;
using BotDispatch.Tickets.ServiceNow;
using BotDispatch.Tickets.Zendesk;

namespace BotDispatch.Tickets;

/// <summary>Every kind of ticket system, and the further systems that the settings name.</summary>
internal static partial class SystemKinds
{
    /// <summary>The kinds, in the order in which their systems are asked.</summary>
    public static IReadOnlyList<SystemKind> All { get; } =
    [
        new SystemKind<RedmineOptions, RedmineOptionsValidator>((settings, clients) => new RedmineSystem(settings, clients)),
        new SystemKind<JiraOptions, JiraOptionsValidator>((settings, clients) => new JiraSystem(settings, clients)),
        new SystemKind<ServiceNowOptions, ServiceNowOptionsValidator>((settings, clients) => new ServiceNowSystem(settings, clients)),
        new SystemKind<RequestTrackerOptions, RequestTrackerOptionsValidator>(
            (settings, clients) => new RequestTrackerSystem(settings, clients)),
        new SystemKind<ZendeskOptions, ZendeskOptionsValidator>((settings, clients) => new ZendeskSystem(settings, clients)),
        new SystemKind<GitHubOptions, GitHubOptionsValidator>((settings, clients) => new GitHubSystem(settings, clients)),
        new SystemKind<GitLabOptions, GitLabOptionsValidator>((settings, clients) => new GitLabSystem(settings, clients)),
        new SystemKind<HttpOptions, HttpOptionsValidator>((settings, clients) => new HttpSystem(settings, clients)),
    ];

    /// <summary>How the settings of further systems are written.</summary>
    public static NamedSections Further { get; } = new(SystemSettings.Further, nameof(SystemSettings.Kind),
        All.ToDictionary(each => each.Name, each => each.Section.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>Returns the further systems that the settings name, with their kinds. Those of no known kind are left out.</summary>
    public static IEnumerable<(string OwnName, SystemKind Kind)> FurtherIn(IConfiguration configuration) =>
        from section in configuration.GetSection(SystemSettings.Further).GetChildren()
        let kind = All.FirstOrDefault(each =>
            each.Name.Equals(section[nameof(SystemSettings.Kind)]?.Trim(), StringComparison.OrdinalIgnoreCase))
        where kind is not null
        select (section.Key, kind);

    /// <summary>Returns the systems that are set up: those without a name of their own first.</summary>
    public static IEnumerable<TicketSystemFactory> FactoriesOf(IServiceProvider services) =>
        All.Select(kind => (OwnName: "", Kind: kind)).Concat(FurtherIn(services.GetRequiredService<IConfiguration>()))
            .Select(each => new TicketSystemFactory(() => each.Kind.Make(services, each.OwnName)));

    /// <summary>Finds what is wrong with the names of further systems. Each sentence begins with the name of a section.</summary>
    public static IEnumerable<string> WrongNames(IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(SystemSettings.Further).GetChildren())
            if (!OwnName().IsMatch(section.Key))
                yield return $"{section.Path}: {section.Key} cannot be the name of a ticket system: write a name of letters, digits and "
                    + $"hyphens that begins with a letter, as {SystemSettings.Further}:lifts.";
            else if (All.Any(each => each.Name.Equals(section.Key, StringComparison.OrdinalIgnoreCase)))
                yield return $"{section.Path}: {section.Key} is a kind of ticket system, and the name of the one in "
                    + $"Tickets:{section.Key}: write another name, as {SystemSettings.Further}:{section.Key}2.";
            else if (string.IsNullOrWhiteSpace(section[nameof(SystemSettings.Kind)]))
                yield return $"{section.Path}:{nameof(SystemSettings.Kind)} is missing: write what kind of ticket system it is, "
                    + $"{string.Join(", ", All.Select(each => each.Name))}.";
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9-]{0,29}$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnName();
}
