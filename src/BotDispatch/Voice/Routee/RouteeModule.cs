using System.Text.Json;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>
/// Registers the telephone and maps Routee's callbacks. Every callback is verified, mapped, applied and answered, in this order.
/// </summary>
internal static class RouteeModule
{
    const int LargestAnswer = 256 * 1024;
    const int LargestCallback = 64 * 1024;

    // Both logs write request addresses, and those of callbacks contain a token. The first also adds them to the scope of every other
    // message.
    static readonly string[] TellAddresses = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Routing.Matching"];

    extension(IServiceCollection services)
    {
        /// <summary>
        /// Requires a <see cref="CallbackKey"/>, a <see cref="DispatchEngine"/> and the real <see cref="TimeProvider"/>.
        /// </summary>
        public IServiceCollection AddRoutee()
        {
            services.AddSpeech();
            services.AddOptions<RouteeOptions>().BindConfiguration("Routee")
                .Configure<IConfiguration>((options, root) => options.PublicBaseAddress =
                    Uri.TryCreate(root["PublicBaseAddress"], UriKind.Absolute, out var address) ? address : null)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<RouteeOptions>, RouteeOptionsValidator>();
            services.AddRouteeClient(RouteeApi.Client, RetryPolicy.AnyFailure, options => options.BaseAddress!);
            services.AddRouteeClient(AccessTokens.Client, RetryPolicy.AnyFailure, options => options.AuthBaseAddress!);
            // A repeated order keeps to the pace, too.
            services.AddRouteeClient(RouteeApi.OrderClient, RetryPolicy.NeverStarted(provider =>
                provider.GetRequiredService<Pace>().WaitAsync), options => options.BaseAddress!)
                .AddHttpMessageHandler(() => new OrderGate());
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<Pace>().AddSingleton<AccessTokens>().AddSingleton<RouteeApi>();
            services.AddSingleton<CallbackTokens>().AddSingleton<CallbackAddresses>().AddSingleton<DialPlans>();
            services.AddSingleton<Placing>().AddSingleton<LiveCalls>().AddSingleton<CallRecords>()
                .AddSingleton<IVoiceGateway, RouteeGateway>();
            services.AddSingleton<IDispatchInputs>(provider => provider.GetRequiredService<DispatchEngine>());
            services.AddSingleton<KeysCallback>().AddSingleton<StatusCallback>().AddUnverifiedRequests();
            services.AddSingleton<CallbackWatch>().AddSingleton<INoticeSource>(provider => provider.GetRequiredService<CallbackWatch>());
            return services.PostConfigure<LoggerFilterOptions>(KeepAddressesQuiet);
        }

        IHttpClientBuilder AddRouteeClient(string name, RetryPolicy retry, Func<RouteeOptions, Uri> address) => services
            .AddOutgoingClient(name, retry, LargestAnswer)
            .ConfigureHttpClient((provider, http) =>
                http.BaseAddress = new(address(provider.GetRequiredService<IOptions<RouteeOptions>>().Value).AbsoluteUri.TrimEnd('/')
                    + "/"));
    }

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapRoutee()
        {
            app.MapPost("/routee/{token}/keys", OnKeysAsync);
            app.MapPost("/routee/{token}/status", OnStatusAsync);
            app.MapMethods($"/audio/silence-{{seconds:int:range(1,{Silence.LongestSeconds})}}s.wav", [HttpMethods.Get, HttpMethods.Head],
                OnSilenceAsync);
            return app;
        }
    }

    static async Task OnKeysAsync(HttpContext http)
    {
        if (Verify(http) is not { } attempt)
            return;
        var (_, body) = await BodyAsync(http, attempt);
        var report = body is { } json ? LegReports.OfKeys(json) : new KeysReport("", null, null);
        var plan = await http.RequestServices.GetRequiredService<KeysCallback>()
            .AnswerAsync(attempt, report, SpokenLanguage.Find(http.Request.Query["language"]) ?? "en-GB");
        var answer = JsonSerializer.SerializeToUtf8Bytes(plan, RouteeJson.Wire.DialPlan);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer);
    }

    static async Task OnStatusAsync(HttpContext http)
    {
        if (Verify(http) is not { } attempt)
            return;
        http.Response.StatusCode = await BodyAsync(http, attempt) switch
        {
            (_, { } body) =>
                await http.RequestServices.GetRequiredService<StatusCallback>().HandleAsync(attempt, LegReports.OfWebhook(body)),
            // A proxy on the way has compressed the body. 200 would claim that we understood it.
            ((StatusCodes.Status415UnsupportedMediaType or StatusCodes.Status501NotImplemented) and var coded, _) => coded,
            // A repeated callback would contain the same error.
            _ => StatusCodes.Status200OK,
        };
    }

    static Task OnSilenceAsync(HttpContext http) =>
        Silence.SendAsync(http, int.Parse((string)http.GetRouteValue("seconds")!, System.Globalization.CultureInfo.InvariantCulture));

    static AttemptId? Verify(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<CallbackTokens>().Read(http.GetRouteValue("token") as string) is { } attempt)
        {
            http.RequestServices.GetRequiredService<CallbackWatch>().Arrived(attempt);
            return attempt;
        }
        http.RequestServices.GetRequiredService<UnverifiedRequests>()
            .Refuse(http, StatusCodes.Status404NotFound, "a token that is not ours");
        return null;
    }

    static async Task<(int Status, JsonElement? Json)> BodyAsync(HttpContext http, AttemptId attempt)
    {
        using var body = new BoundedBody(LargestCallback, null, http.RequestServices.GetRequiredService<TimeProvider>());
        // A body that was cut off is handled like invalid JSON: the answer is based on what we know without it.
        var status = await body.FillAsync(http.Request);
        var json = status == StatusCodes.Status200OK ? LooseJson.Parse(body.Bytes) ?? LooseJson.ParseForm(body.Bytes) : null;
        if (json is null)
            Log(http).Unreadable(attempt);
        return (status, json);
    }

    static ILogger Log(HttpContext http) => http.RequestServices.GetRequiredService<ILogger<CallbackTokens>>();

    // The filter is also set for each log by its own name, because a setting for one log overrides the settings for all.
    static void KeepAddressesQuiet(LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            foreach (var category in TellAddresses)
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.None, null));
    }
}
