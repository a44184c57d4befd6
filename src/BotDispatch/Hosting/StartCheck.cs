using System.Text.RegularExpressions;
using BotDispatch.Alerts;
using BotDispatch.Api;
using BotDispatch.Chat;
using BotDispatch.Dispatching;
using BotDispatch.Employees.Availability;
using BotDispatch.Employees.File;
using BotDispatch.Employees.Graph;
using BotDispatch.Employees.Ldap;
using BotDispatch.Employees.Lists;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Slack;
using BotDispatch.Slack.Posting;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Teams.Posting;
using BotDispatch.Tickets;
using BotDispatch.Tickets.File;
using BotDispatch.Voice.Routee;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>The result of the start check.</summary>
/// <param name="Faults">Everything that prevents the start, each fault once, as sentences.</param>
/// <param name="Notices">What is odd but prevents nothing.</param>
internal sealed record CheckedSettings(IReadOnlyList<string> Faults, IReadOnlyList<string> Notices)
{
    /// <summary>Whether files of people are all that prevents the start, so that their stored copies may serve.</summary>
    public bool IsOnlyAboutFilesOfPeople => Faults.Count > 0 && Faults.All(fault =>
        fault.StartsWith("Employees:File ", StringComparison.Ordinal)
        || fault.StartsWith("Employees:MoreFiles:", StringComparison.Ordinal));
}

/// <summary>
/// Checks all settings at the start, before anything else is created: first names and values, then each options class with its own
/// validators, then what concerns several settings. It opens no database and calls nobody.
/// </summary>
internal sealed partial class StartCheck(IServiceProvider services, IConfiguration configuration, IHostEnvironment environment,
    SettingReading reading, ChatCount chats)
{
    static readonly SettingSection[] Bound =
    [
        SettingSection.Of<RouteeOptions>("Routee"), SettingSection.Of<StorageOptions>("Storage"),
        SettingSection.Of<SecretsOptions>("Secrets"),
        SettingSection.Of<EmployeesFileOptions>("Employees"), SettingSection.Of<LanguageOptions>("Employees"),
        SettingSection.Of<SlackPeopleOptions>("Employees"), SettingSection.Of<GraphPeopleOptions>("Employees"),
        SettingSection.Of<AvailabilityOptions>("Employees"), SettingSection.Of<ListOptions>("Employees"),
        SettingSection.Of<RestOptions>("Employees"),
        SettingSection.Of<LdapOptions>("Ldap"),
        SettingSection.Of<TicketsFileOptions>("Tickets"),
        .. SystemKinds.All.Select(each => each.Section),
        SettingSection.Of<MirrorOptions>("Chat"), SettingSection.Of<ThreadOptions>("Chat"),
        SettingSection.Of<SlackOptions>("Slack"), SettingSection.Of<TeamsOptions>("Teams"),
        SettingSection.Of<PolicyOptions>("Policy"), SettingSection.Of<EngineOptions>("Policy"), SettingSection.Of<SpeechOptions>("Speech"),
        SettingSection.Of<AccessOptions>("Access"), SettingSection.Of<ApiOptions>("Api"),
        SettingSection.Of<AlertsOptions>("Alerts"), SettingSection.Of<WebhooksOptions>("Webhooks"),
    ];

    /// <summary>Every setting that exists.</summary>
    public static SettingCatalogue Catalogue { get; } = new(Bound,
    [
        new("PublicBaseAddress", SettingKind.Address, "", [], null),
        new("Chat:MirrorTo", SettingKind.TextListOrMap, "", [], null),
        new("Chat:AlsoIn", SettingKind.TextListOrMap, "", [], null),
        new(WebhooksOptions.AllowedSetting, SettingKind.TextListOrMap, "", [], null),
    ], SystemKinds.Further);

    /// <summary>The classes that settings are bound to.</summary>
    public static IEnumerable<Type> BoundTypes => Bound.Select(each => each.Options);

    public async Task<CheckedSettings> RunAsync(CancellationToken ct)
    {
        List<string> faults = [.. reading.Faults];
        faults.AddRange(SystemKinds.WrongNames(configuration).Where(fault => !Blames(fault, reading.Unreadable)));
        foreach (var section in Bound.Concat(SystemKinds.FurtherIn(configuration).Select(each => each.Kind.SectionOf(each.OwnName))))
            faults.AddRange(WrongIn(section).Where(fault => !Blames(fault, reading.Unreadable)));
        // The check does not depend on the database's location, whose settings may be wrong.
        if (new KeyFile(services.GetRequiredService<IOptions<SecretsOptions>>(), Options.Create(new StorageOptions()), environment,
            NullLogger<KeyFile>.Instance).FindProblem() is { } keyFile && !reading.Unreadable.Contains("Secrets:KeyFile"))
            faults.Add(keyFile);
        faults.AddRange(ListeningCheck.Wrong(configuration));
        if (!faults.Any(fault => IsAbout(fault, "Slack") || IsAbout(fault, "Teams"))
            && !environment.IsDevelopment()
            && !chats.HasAny(services))
            faults.Add("Slack and Teams are both not set up, so nobody could dispatch anything: set Slack:BotToken and Slack:AppToken (or "
                + "Slack:SigningSecret) for Slack, "
                + "or Teams:AppId, Teams:TenantId and Teams:AppPassword for Teams.");
        List<string> notices = [.. reading.Notices, .. OddPlace(faults)];
        // In Development somebody may try other things before Routee can reach them.
        if (!faults.Any(fault => IsAbout(fault, "Routee") || IsAbout(fault, "PublicBaseAddress"))
            && ReachCheck.Of(services.GetRequiredService<IOptions<RouteeOptions>>().Value) is { } outOfReach)
            (environment.IsDevelopment() ? notices : faults).Add(outOfReach);
        faults.AddRange(PlacesOfNoChat(faults));
        if (!faults.Any(fault => IsAbout(fault, "Tickets")))
            faults.AddRange(SystemOverlaps.In(services.GetRequiredService<TicketSystems>()));
        if (!faults.Any(fault => IsAbout(fault, "Access") || IsAbout(fault, "Employees")))
        {
            var everybody = await services.GetRequiredService<IEmployeeDirectory>().ListAsync(ct);
            var access = AccessCheck.Of(services.GetRequiredService<IOptions<AccessOptions>>().Value, configuration, everybody,
                environment.IsDevelopment());
            // A directory server or a chat is not asked before the start, so whether it knows somebody cannot be said.
            var isKnown = !services.GetRequiredService<IOptions<EmployeesFileOptions>>().Value.HasOtherSource;
            faults.AddRange(access.Faults.Where(fault => isKnown || !AccessCheck.IsAboutNobody(fault)));
            notices.AddRange(access.Notices.Where(_ => isKnown));
        }
        if (!faults.Any(fault => IsAbout(fault, "Alerts") || IsAbout(fault, "Api") || IsAbout(fault, "Employees")))
            notices.AddRange(await OddRoutesAsync(ct));
        return new([.. WithoutEchoes(faults.Distinct().ToList()).Select(WithVariable)], [.. notices.Distinct().Select(WithVariable)]);
    }

    IEnumerable<string> OddPlace(List<string> faults)
    {
        if (faults.Any(fault => IsAbout(fault, "Storage"))
            || services.GetRequiredService<IOptions<StorageOptions>>().Value is not { Provider: StorageProvider.Sqlite } storage
            || SqliteFile.PathOf(storage.ConnectionString) is not { } path)
            yield break;
        if (Database.OddPlaceOf(path) is { } odd)
            yield return $"Storage:ConnectionString: {odd}.";
        // The next start, from another folder, would begin an empty database there.
        if (SqliteFile.IsRelative(storage.ConnectionString)
            && System.IO.Path.TrimEndingDirectorySeparator(environment.ContentRootPath) != Directory.GetCurrentDirectory())
            yield return $"Storage:ConnectionString is a relative path, which counts from the folder in which the process is started and "
                + $"not from that of the settings: write Data Source={path} to stay there.";
    }

    // Nothing would ever be shown there, and nobody would notice.
    List<string> PlacesOfNoChat(List<string> faults)
    {
        if (faults.Any(fault => IsAbout(fault, "Chat") || IsAbout(fault, "Api") || IsAbout(fault, "Slack") || IsAbout(fault, "Teams")))
            return [];
        var reader = services.GetRequiredService<IPlaceReader>();
        return
        [
            .. from place in services.GetRequiredService<IOptions<MirrorOptions>>().Value.Places
                   .Select(each => (each.Setting, each.Written))
                   .Append((Setting: "Api:Channel", Written: services.GetRequiredService<IOptions<ApiOptions>>().Value.Channel))
               let chat = reader.Read(place.Written)?.Platform switch
               {
                   SlackAddress.Platform when !services.GetRequiredService<IOptions<SlackOptions>>().Value.IsOn => "Slack",
                   TeamsAddress.Platform when !services.GetRequiredService<IOptions<TeamsOptions>>().Value.IsOn => "Teams",
                   _ => null,
               }
               where chat is not null
               select $"{place.Setting} is a channel of {chat}, which is not set up: set up {chat}, or remove the channel.",
        ];
    }

    async Task<IEnumerable<string>> OddRoutesAsync(CancellationToken ct)
    {
        var file = services.GetRequiredService<IOptions<AlertsOptions>>().Value.Routes;
        if (file.Length == 0)
            return [];
        // By what reads these files later, too, so that each is read once and what is read is logged in one place.
        var routes = services.GetRequiredService<AlertRoutes>().Read();
        var named = services.GetRequiredService<ListFile>().Read();
        // A directory server or a chat is not asked before the start.
        var everybody = services.GetRequiredService<IOptions<EmployeesFileOptions>>().Value.HasOtherSource ? null
            : await services.GetRequiredService<IEmployeeDirectory>().ListAsync(ct);
        return AlertRouteCheck.Of(file, routes, [.. named.Select(each => each.List)], everybody, platform => platform switch
        {
            SlackAddress.Platform => services.GetRequiredService<IOptions<SlackOptions>>().Value.IsOn,
            TeamsAddress.Platform => services.GetRequiredService<IOptions<TeamsOptions>>().Value.IsOn,
            _ => true,
        });
    }

    IEnumerable<string> WrongIn(SettingSection section)
    {
        try
        {
            section.Bind(services);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return wrong.Failures;
        }
        catch (InvalidOperationException)
        {
            return [$"{section.Name} has a value that cannot be read."];
        }
    }

    /// <summary>Reports a missing PublicBaseAddress once, and not again for each setting that needs it.</summary>
    static IEnumerable<string> WithoutEchoes(List<string> faults) => faults.Where(fault =>
        !fault.Contains("needs PublicBaseAddress", StringComparison.Ordinal) || !faults.Any(other => IsAbout(other, "PublicBaseAddress")));

    static bool IsAbout(string fault, string section) => fault.StartsWith(section, StringComparison.OrdinalIgnoreCase);

    // A default replaces a value that cannot be read, so a fault about that default would be wrong.
    static bool Blames(string fault, IReadOnlySet<string> unreadable) =>
        unreadable.Any(name => fault.Contains(name, StringComparison.OrdinalIgnoreCase));

    static string WithVariable(string fault) => Path().Match(fault) is { Success: true, Value: var name }
        ? $"{name} (in the environment {Setting.InEnvironment(name)}){fault[name.Length..]}"
        : fault;

    [GeneratedRegex(@"^[A-Za-z][\w]*(:[\w-]+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}

/// <summary>Knows whether somebody can dispatch from a chat.</summary>
internal sealed class ChatCount(IServiceCollection added)
{
    /// <summary>Whether Slack or Teams is set up, or another chat was added to the process.</summary>
    public bool HasAny(IServiceProvider services) =>
        services.GetRequiredService<IOptions<SlackOptions>>().Value.IsOn || services.GetRequiredService<IOptions<TeamsOptions>>().Value.IsOn
        || added.Any(each => each.ServiceType == typeof(IChatPlatform) && !each.IsKeyedService
            && each.ImplementationType != typeof(SlackPlatform) && each.ImplementationType != typeof(TeamsPlatform));
}
