using BotDispatch.Hosting;
using BotDispatch.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Playground;

/// <summary>Adds the playground to the program: a page with a pretend channel and pretend phones, for this machine only.</summary>
internal static class PlaygroundModule
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddPlayground()
        {
            services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PlaygroundJson.Default));
            services.TryAddSingleton(TimeProvider.System);
            services.AddSingleton<PageFiles>();
            services.AddSingleton<PlaygroundFeed>();
            services.AddSingleton<PlaygroundMessages>();
            services.AddSingleton<PlaygroundHabits>();
            services.AddSingleton<PretendPeople>();
            services.AddSingleton<PlaygroundPlatform>();
            services.AddSingleton<IChatPlatform>(provider => provider.GetRequiredService<PlaygroundPlatform>());
            services.AddSingleton<PlaygroundChat>();
            services.AddSingleton<PlaygroundHints>();
            services.AddSingleton<PlaygroundStory>();
            services.AddSingleton<PlaygroundStream>();
            services.AddSingleton<PlaygroundPhones>();
            services.AddHostedService<PhoneWatch>();
            services.AddHostedService<PlaygroundHeartbeat>();
            return services;
        }
    }

    extension(IEndpointRouteBuilder app)
    {
        public RouteGroupBuilder MapPlayground()
        {
            var page = app.MapGroup("/playground").RequireThisMachine().ExcludeFromDescription();
            page.MapGet("/", (PageFiles files, HttpResponse response) => files.Send("index.html", response));
            page.MapGet("/{file}", (string file, PageFiles files, HttpResponse response) => files.Send(file, response));

            var api = page.MapGroup("/api");
            api.MapGet("/stream", (PlaygroundStream stream, CancellationToken ct) => stream.Open(ct));
            api.MapGet("/suggest", (string? typed, PlaygroundHints hints, CancellationToken ct) => hints.SuggestAsync(typed, ct));
            api.MapGet("/people", (string? typed, PlaygroundHints hints, CancellationToken ct) => hints.FindPeopleAsync(typed, ct));
            api.MapPost("/command", (CommandRequest request, PlaygroundChat chat, CancellationToken ct) => chat.CommandAsync(request, ct));
            api.MapPost("/submit", (SubmitRequest request, PlaygroundChat chat, CancellationToken ct) => chat.SubmitAsync(request, ct));
            api.MapPost("/redraw", (SubmitRequest request, PlaygroundChat chat, CancellationToken ct) => chat.RedrawAsync(request, ct));
            api.MapPost("/press", (PressRequest request, PlaygroundChat chat, CancellationToken ct) => chat.PressAsync(request, ct));
            api.MapPost("/preview", (PreviewRequest request, PlaygroundHints hints, CancellationToken ct) =>
                hints.PreviewAsync(request, ct));
            api.MapPost("/speed", SetSpeed);
            api.MapPost("/story", (PlaygroundStory story, CancellationToken ct) => story.PlayAsync(ct));

            var phone = api.MapGroup("/phones/{id}");
            phone.MapPost("/answer", (string id, PlaygroundPhones phones, CancellationToken ct) =>
                phones.ActAsync(id, each => each.AnswerAsync(), ct));
            phone.MapPost("/decline", (string id, PlaygroundPhones phones, CancellationToken ct) =>
                phones.ActAsync(id, each => each.DeclineAsync(), ct));
            phone.MapPost("/hangup", (string id, PlaygroundPhones phones, CancellationToken ct) =>
                phones.ActAsync(id, each => each.HangUpAsync(), ct));
            phone.MapPost("/press", (string id, KeysRequest request, PlaygroundPhones phones, CancellationToken ct) =>
                request.Keys is { Length: > 0 and <= 32 } keys
                    ? phones.ActAsync(id, each => each.PressAsync(keys), ct)
                    : Task.FromResult<IResult>(TypedResults.BadRequest()));
            phone.MapPost("/habit", (string id, HabitRequest request, PlaygroundPhones phones, CancellationToken ct) =>
                phones.SetHabitAsync(id, request.Habit ?? "", ct));
            return page;
        }
    }

    static IResult SetSpeed(SpeedRequest request, PlaygroundStream stream, [FromKeyedServices("dispatch-clock")] TimeProvider clock)
    {
        if (request.Speed is not (>= 1 and <= 60))
            return TypedResults.Problem("Choose a speed from 1 to 60 times real time.", statusCode: StatusCodes.Status400BadRequest);
        if (clock is not SimulatedClock dispatchClock)
            return TypedResults.Problem(
                "Something else drives the dispatch clock: its speed cannot be changed here.", statusCode: StatusCodes.Status409Conflict);
        dispatchClock.Speed = request.Speed;
        stream.SendTime();
        return TypedResults.NoContent();
    }
}
