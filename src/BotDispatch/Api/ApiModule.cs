using System.Globalization;
using System.Security.Cryptography;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Api;

/// <summary>
/// Registers and maps the HTTP API for programs. Every request is admitted by its key, read, carried out and answered, in this order.
/// </summary>
internal static class ApiModule
{
    const string Dispatches = "/api/dispatches";
    const string Description = "BotDispatch.Api.openapi.json";
    const int LargestRequest = 64 * 1024;
    const int LongestIdempotencyKey = 200;
    const int MostEvents = 500;
    const int UsualEvents = 100;

    extension(IServiceCollection services)
    {
        public IServiceCollection AddApi()
        {
            services.AddOptionsWithValidateOnStart<ApiOptions>().BindSection("Api");
            services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
            services.TryAddSingleton<INamedLists, NoLists>();
            services.AddWebhooks();
            services.TryAddSingleton<BodyBudget>();
            services.TryAddSingleton<ITicketWebhooks, NoTicketWebhooks>();
            return services.AddUnverifiedRequests().AddSingleton<ApiGate>().AddSingleton<MachinePlaces>()
                .AddSingleton<ProgramStarting>().AddSingleton<DispatchRequests>().AddSingleton<TicketIntake>();
        }
    }

    extension(IServiceCollection services)
    {
        void AddWebhooks()
        {
            services.AddOptionsWithValidateOnStart<WebhooksOptions>().BindSection("Webhooks").Configure<IConfiguration>(
                (options, settings) => options.AllowedPrivateAddresses = WebhooksOptions.ReadAllowed(settings.GetSection("Webhooks")));
            services.AddSingleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsValidator>();
            services.AddOutgoingClient(WebhookClient.Client, RetryPolicy.Never, OutgoingClients.NoBody,
                guard: static provider => provider.GetRequiredService<IOptions<WebhooksOptions>>().Value.Guard);
            services.AddSingleton<WebhookClient>().AddSingleton<WebhookLane>()
                .AddSingleton<IEventLane>(provider => provider.GetRequiredService<WebhookLane>())
                .AddSingleton<ISystemStatus>(provider => provider.GetRequiredService<WebhookLane>());
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapApi()
        {
            app.MapPost(Dispatches, OnStartAsync);
            app.MapGet(Dispatches + "/{id}", OnReadAsync);
            app.MapGet(Dispatches + "/{id}/events", OnEventsAsync);
            app.MapPost(Dispatches + "/{id}/cancel", OnCancelAsync);
            app.MapPost("/api/tickets/{system}", (HttpContext http, string system) => http.Get<TicketIntake>().TakeAsync(http, system));
            app.MapGet("/openapi/v1.json", OnDescriptionAsync);
            return app;
        }
    }

    extension(WebApplication app)
    {
        /// <summary>
        /// Answers with a problem where an address below /api, or its method, is unknown. By default the body would be empty.
        /// </summary>
        public void AnswerUnknownApi() => app.UseWhen(static http => http.Request.Path.StartsWithSegments("/api"),
            static api => api.UseStatusCodePages(static context => context.HttpContext switch
            {
                { Response.StatusCode: StatusCodes.Status405MethodNotAllowed } http =>
                    http.AnswerAsync(Problem.OtherMethod(http.Response.Headers.Allow.ToString())),
                { Response.StatusCode: StatusCodes.Status404NotFound } http when http.GetEndpoint() is null =>
                    http.AnswerAsync(Problem.NoSuchAddress),
                _ => Task.CompletedTask,
            }));
    }

    extension(HttpContext http)
    {
        /// <summary>Reads a body of a known sender; its answer is a problem if the body was not read.</summary>
        public async Task<Problem?> ReadAsync(BoundedBody body, int largest)
        {
            var status = await body.FillAsync(http.Request);
            return status == StatusCodes.Status200OK ? null : Problem.OfBody(status, largest);
        }

        T Get<T>() where T : notnull => http.RequestServices.GetRequiredService<T>();
    }

    static async Task OnStartAsync(HttpContext http)
    {
        if (await http.Get<ApiGate>().AdmitAsync(http, ApiPermission.Start) is not { } key)
            return;
        if (!http.Request.HasJsonContentType())
        {
            await http.AnswerAsync(Problem.OfBody(StatusCodes.Status415UnsupportedMediaType, 0));
            return;
        }
        var idempotencyKey = (string?)http.Request.Headers["Idempotency-Key"];
        if (idempotencyKey is { Length: 0 or > LongestIdempotencyKey })
        {
            await http.AnswerAsync(Problem.Malformed($"Idempotency-Key must have 1 to {LongestIdempotencyKey} characters."));
            return;
        }
        using var body = new BoundedBody(LargestRequest, null, http.Get<TimeProvider>());
        if (await http.ReadAsync(body, LargestRequest) is { } unread)
            await http.AnswerAsync(unread);
        else if (SafeJson.Parse(body.Bytes) is not { } json)
            await http.AnswerAsync(Problem.Malformed("The body must be one JSON object."));
        else
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(body.Bytes.Span));
            await AnswerAsync(http, key, () =>
                http.Get<DispatchRequests>().StartAsync(key, idempotencyKey, json, hash, http.RequestAborted));
        }
    }

    static async Task OnReadAsync(HttpContext http)
    {
        if (await http.Get<ApiGate>().AdmitAsync(http, ApiPermission.Read) is { } key)
            await AnswerAsync(http, key, async () => await FindAsync(http, key) is { } state
                ? new Answer.Is(state, IsNew: false)
                : new Answer.No(Problem.NoSuchDispatch));
    }

    static async Task OnCancelAsync(HttpContext http)
    {
        if (await http.Get<ApiGate>().AdmitAsync(http, ApiPermission.Cancel) is { } key)
            await AnswerAsync(http, key, async () => await FindAsync(http, key) is { } state
                ? await http.Get<DispatchRequests>().CancelAsync(key, state, http.RequestAborted)
                : new Answer.No(Problem.NoSuchDispatch));
    }

    static async Task OnEventsAsync(HttpContext http)
    {
        if (await http.Get<ApiGate>().AdmitAsync(http, ApiPermission.Read) is not { } key)
            return;
        var errors = new Dictionary<string, string[]>();
        var after = Number(http, "after", 0, long.MaxValue, 0, errors);
        var limit = Number(http, "limit", 1, MostEvents, UsualEvents, errors);
        if (errors.Count > 0)
        {
            await http.AnswerAsync(Problem.WrongFields(errors));
            return;
        }
        await StoredAsync(http, key, async () =>
        {
            if (await FindAsync(http, key) is not { } state)
                await http.AnswerAsync(Problem.NoSuchDispatch);
            else
                await http.Response.WriteAsJsonAsync(
                    await http.Get<DispatchRequests>().EventsAsync(state, after, (int)limit, http.RequestAborted),
                    ApiJson.AsWritten.EventPage);
        });
    }

    static async Task OnDescriptionAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        await using var description = typeof(ApiModule).Assembly.GetManifestResourceStream(Description)!;
        http.Response.ContentLength = description.Length;
        await description.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    static Task<DispatchState?> FindAsync(HttpContext http, ApiKey key) =>
        http.Get<DispatchRequests>().FindAsync(key, (string)http.GetRouteValue("id")!, http.RequestAborted);

    static Task AnswerAsync(HttpContext http, ApiKey key, Func<Task<Answer>> request) => StoredAsync(http, key, async () =>
    {
        switch (await request())
        {
            case Answer.No no:
                await http.AnswerAsync(no.Problem);
                break;
            case Answer.Is { State: var state, IsNew: var isNew }:
                if (isNew)
                {
                    http.Get<ILogger<DispatchRequests>>().DispatchStarted(key.Name, state.Plan.Id);
                    http.Response.StatusCode = StatusCodes.Status201Created;
                }
                http.Response.Headers.Location = $"{http.Request.PathBase}{Dispatches}/{state.Plan.Id}";
                await http.Response.WriteAsJsonAsync(DispatchView.Of(state), ApiJson.AsWritten.DispatchView);
                break;
        }
    });

    /// <summary>An exception of the database means that it is not known whether the request was stored.</summary>
    static async Task StoredAsync(HttpContext http, ApiKey key, Func<Task> request)
    {
        try
        {
            await request();
        }
        catch (Exception broken) when (
            (broken is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested) && !http.Response.HasStarted)
        {
            http.Get<ILogger<DispatchRequests>>().RequestNotStored(broken, key.Name);
            await http.AnswerAsync(Problem.NotStored);
        }
    }

    static long Number(
        HttpContext http, string name, long least, long most, long otherwise, Dictionary<string, string[]> errors)
    {
        if ((string?)http.Request.Query[name] is not { } written)
            return otherwise;
        if (long.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        errors[name] = [$"{name} must be a whole number from {least} to {most}."];
        return otherwise;
    }
}
