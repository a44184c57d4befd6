using BotDispatch.Dispatching;
using BotDispatch.Http;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Voice.Speech;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>Registers the telephone and maps Routee's callbacks.</summary>
internal static class RouteeModule
{
    const int LargestAnswer = 256 * 1024;

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
            services.AddOptions<RouteeOptions>().BindSection("Routee")
                .Configure<IConfiguration>((options, root) => options.PublicBaseAddress =
                    Uri.TryCreate(root["PublicBaseAddress"], UriKind.Absolute, out var address) ? address : null)
                .ValidateOnStart();
            services.AddSingleton<IValidateOptions<RouteeOptions>, RouteeOptionsValidator>();
            services.AddOutgoingClient(RouteeApi.Client, RetryPolicy.AnyFailure, LargestAnswer).AsksForJson();
            services.AddOutgoingClient(AccessTokens.Client, RetryPolicy.AnyFailure, LargestAnswer).AsksForJson();
            // A repeated order keeps to the pace, too.
            services.AddOutgoingClient(RouteeApi.OrderClient, RetryPolicy.NeverStarted(provider =>
                provider.GetRequiredService<Pace>().WaitAsync), LargestAnswer)
                .AsksForJson().AddHttpMessageHandler(() => new OrderGate());
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<Pace>().AddSingleton<AccessTokens>().AddSingleton<RouteeApi>();
            services.AddSingleton<CallbackTokens>().AddSingleton<CallbackAddresses>().AddSingleton<DialPlans>();
            services.AddSingleton<Placing>().AddSingleton<LiveCalls>().AddSingleton<CallRecords>()
                .AddSingleton<IVoiceGateway, RouteeGateway>();
            services.AddSingleton<IDispatchInputs>(provider => provider.GetRequiredService<DispatchEngine>());
            services.AddSingleton<KeysCallback>().AddSingleton<StatusCallback>().AddSingleton<RouteeRequests>().AddUnverifiedRequests();
            services.AddSingleton<CallbackWatch>().AddSingleton<INoticeSource>(provider => provider.GetRequiredService<CallbackWatch>());
            return services.PostConfigure<LoggerFilterOptions>(KeepAddressesQuiet);
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public IEndpointRouteBuilder MapRoutee()
        {
            // Resolved at the first callback, because the signing keys are loaded after this; from the root provider, because a request's
            // own services would cost a scope.
            var services = app.ServiceProvider;
            app.MapPost("/routee/{token}/keys", http => services.GetRequiredService<RouteeRequests>().AnswerKeysAsync(http));
            app.MapPost("/routee/{token}/status", http => services.GetRequiredService<RouteeRequests>().AnswerStatusAsync(http));
            app.MapMethods($"/audio/silence-{{seconds:int:range(1,{Silence.LongestSeconds})}}s.wav", [HttpMethods.Get, HttpMethods.Head],
                OnSilenceAsync);
            return app;
        }
    }

    static Task OnSilenceAsync(HttpContext http) =>
        Silence.SendAsync(http, int.Parse((string)http.GetRouteValue("seconds")!, System.Globalization.CultureInfo.InvariantCulture));

    // The filter is also set for each log by its own name, because a setting for one log overrides the settings for all.
    static void KeepAddressesQuiet(LoggerFilterOptions options)
    {
        foreach (var provider in options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToList())
            foreach (var category in TellAddresses)
                options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.None, null));
    }
}
