using BotDispatch.Api;
using BotDispatch.Dispatching;
using BotDispatch.Files;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Alerts;

/// <summary>
/// Registers and maps the intake of alerts. What cannot be taken now is answered with 503, and nothing that could succeed later with
/// another status, because Alertmanager gives up at every other one.
/// </summary>
/// <remarks>Alertmanager 0.25 repeats a message after 5xx alone; after 400, 409 or 429 an alert may never be announced.</remarks>
internal static class AlertsModule
{
    /// <summary>The key of the hints that a dispatch of alerts must be started or stopped.</summary>
    public const string Wakeup = "alerts";

    const int LargestMessage = 4 * 1024 * 1024;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddAlerts()
        {
            services.AddOptionsWithValidateOnStart<AlertsOptions>().BindSection("Alerts")
                .PostConfigure<IHostEnvironment>((options, environment) =>
                {
                    if (options.Routes.Length > 0)
                        options.Routes = FilePaths.Resolve(options.Routes, environment);
                });
            services.AddSingleton<IValidateOptions<AlertsOptions>, AlertsOptionsValidator>();
            return services.AddSingleton<AlertRoutes>().AddSingleton<INoticeSource>(sp => sp.GetRequiredService<AlertRoutes>())
                .AddSingleton<IHostedService, FileWatching<AlertRoutes>>()
                .AddKeyedSingleton<Wakeup>(Wakeup).AddSingleton<AlertIntake>().AddSingleton<AlertRunner>()
                .AddHostedService<AlertLoop>();
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapAlerts()
        {
            app.MapPost("/api/alerts/alertmanager", http => TakeAsync(http, AlertmanagerPayload.Alertmanager));
            app.MapPost("/api/alerts/grafana", http => TakeAsync(http, AlertmanagerPayload.Grafana));
            app.MapPost("/api/alerts/icinga", http => TakeAsync(http, FieldsPayload.Icinga));
            app.MapPost("/api/alerts/zabbix", http => TakeAsync(http, FieldsPayload.Zabbix));
            return app;
        }
    }

    static async Task TakeAsync(HttpContext http, AlertSender sender)
    {
        var services = http.RequestServices;
        if (await services.GetRequiredService<ApiGate>().AdmitAsync(http, ApiPermission.Alerts) is not { } key)
            return;
        var log = services.GetRequiredService<ILogger<AlertIntake>>();
        using var body = new BoundedBody(LargestMessage, null, services.GetRequiredService<TimeProvider>());
        var status = await body.FillAsync(http.Request);
        if (status is StatusCodes.Status400BadRequest or StatusCodes.Status408RequestTimeout or StatusCodes.Status503ServiceUnavailable)
            await http.AnswerAsync(Problem.Unavailable("The message was cut off. Send it again."));
        else if (status != StatusCodes.Status200OK)
        {
            log.Refused(sender.Name, key.Name, status);
            await http.AnswerAsync(Problem.OfBody(status, LargestMessage));
        }
        else if (sender.Read(body.Bytes, http.Request.ContentType, key.Name) is var read && read.Message is not { } message)
        {
            log.Refused(sender.Name, key.Name, StatusCodes.Status422UnprocessableEntity);
            await http.AnswerAsync(NotAnAlert(sender, read));
        }
        else
            await StoreAsync(http, sender, key, message, log);
    }

    static Problem NotAnAlert(AlertSender sender, AlertReading read)
    {
        var wrong = read.Mistakes.IsEmpty ? "" : $" {string.Join(" ", read.Mistakes.Select(each => $"{each.Key} {each.Value}"))}";
        return Problem.Of(422, "not-an-alert", "This is no alert",
            $"It is not a message of {sender.Name} as src/docs/alerts.md describes it.{wrong} To send it again changes nothing.") with
        {
            Errors = read.Mistakes.IsEmpty ? null
                : read.Mistakes.ToDictionary(each => each.Key, each => (string[])[$"{each.Key} {each.Value}"]),
        };
    }

    static async Task StoreAsync(HttpContext http, AlertSender sender, ApiKey key, AlertMessage message, ILogger log)
    {
        try
        {
            // The sender may hang up; what it sent is stored all the same.
            if (await http.RequestServices.GetRequiredService<AlertIntake>().TakeAsync(message, sender, key, CancellationToken.None)
                is { } taken)
                await http.Response.WriteAsJsonAsync(taken, AlertsJson.Default.AlertsTaken);
            else
                await http.AnswerAsync(Problem.Unavailable("There are no routes for alerts (setting Alerts:Routes)."));
        }
        catch (Exception broken) when (
            (broken is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested) && !http.Response.HasStarted)
        {
            log.NotStored(broken, sender.Name, key.Name);
            await http.AnswerAsync(Problem.NotStored);
        }
    }
}
