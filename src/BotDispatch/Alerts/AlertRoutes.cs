using System.Collections.Immutable;
using BotDispatch.Api;
using BotDispatch.Files;
using BotDispatch.Ports;
using Microsoft.Extensions.Options;

namespace BotDispatch.Alerts;

/// <summary>Where the routes of alerts are. Section <c>Alerts</c>.</summary>
internal sealed class AlertsOptions
{
    /// <summary>A YAML file that says which alerts call whom. Without it no alert is taken.</summary>
    public string Routes { get; set; } = "";
}

/// <summary>Stops the process at its start, with file and line, if the routes have a mistake.</summary>
internal sealed class AlertsOptionsValidator(IPlaceReader places, IOptions<ApiOptions> api, IHostEnvironment environment)
    : IValidateOptions<AlertsOptions>
{
    public ValidateOptionsResult Validate(string? name, AlertsOptions options)
    {
        var wrong = options.Routes.Length == 0 ? []
            : WatchedFile<AlertRoute>.Check("Alerts:Routes", options.Routes, AlertRoutes.ParserOf(places, api, environment)).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

/// <summary>The routes as their file is now. If an edit has a mistake, the last good routes stay.</summary>
internal sealed class AlertRoutes(
    IOptions<AlertsOptions> options, IOptions<ApiOptions> api, IPlaceReader places, IHostEnvironment environment, TimeProvider real,
    ILogger<AlertRoutes> log) : INoticeSource, IWatchedList
{
    readonly WatchedFile<AlertRoute>? file = options.Value.Routes.Length == 0 ? null
        : new("Alerts:Routes", options.Value.Routes, ParserOf(places, api, environment), real, log);

    /// <summary>Reads the text of the file.</summary>
    public static Func<string, FileContent<AlertRoute>> ParserOf(
        IPlaceReader places, IOptions<ApiOptions> api, IHostEnvironment environment) => text =>
            RouteReader.Parse(text, places.Read, api.Value.Channel.Length > 0 || environment.IsDevelopment());

    public ImmutableArray<AlertRoute> Read() => file?.Read() ?? [];

    public IReadOnlyList<string> Notices() => file?.Notices() ?? [];

    public void Watch() => file?.Watch();
}
