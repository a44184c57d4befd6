using BotDispatch.Hosting;
using BotDispatch.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BotDispatch.Playground;

/// <summary>Puts the newcomer's page into the program: a pretend channel beside pretend phones, for this machine only.</summary>
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
            api.MapGet("/suggest", (string? typed, PlaygroundChat chat, CancellationToken ct) => chat.SuggestAsync(typed, ct));
            api.MapGet("/people", (string? typed, PlaygroundChat chat, CancellationToken ct) => chat.FindPeopleAsync(typed, ct));
            api.MapPost("/command", (CommandWish wish, PlaygroundChat chat, CancellationToken ct) => chat.CommandAsync(wish, ct));
            api.MapPost("/submit", (SubmitWish wish, PlaygroundChat chat, CancellationToken ct) => chat.SubmitAsync(wish, ct));
            api.MapPost("/press", (PressWish wish, PlaygroundChat chat, CancellationToken ct) => chat.PressAsync(wish, ct));
            api.MapPost("/preview", (PreviewWish wish, PlaygroundChat chat, CancellationToken ct) => chat.PreviewAsync(wish, ct));
            api.MapPost("/speed", SetSpeed);
            api.MapPost("/story", (PlaygroundStory story, CancellationToken ct) => story.PlayAsync(ct));

            var phone = api.MapGroup("/phones/{id}");
            phone.MapPost("/answer", (string id, PlaygroundPhones phones, CancellationToken ct) => phones.ActAsync(id, each => each.AnswerAsync(), ct));
            phone.MapPost("/decline", (string id, PlaygroundPhones phones, CancellationToken ct) => phones.ActAsync(id, each => each.DeclineAsync(), ct));
            phone.MapPost("/hangup", (string id, PlaygroundPhones phones, CancellationToken ct) => phones.ActAsync(id, each => each.HangUpAsync(), ct));
            phone.MapPost("/press", (string id, KeysWish wish, PlaygroundPhones phones, CancellationToken ct) =>
                wish.Keys is { Length: > 0 and <= 32 } keys ? phones.ActAsync(id, each => each.PressAsync(keys), ct) : Task.FromResult<IResult>(TypedResults.BadRequest()));
            phone.MapPost("/habit", (string id, HabitWish wish, PlaygroundPhones phones, CancellationToken ct) => phones.SetHabitAsync(id, wish.Habit ?? "", ct));
            return page;
        }
    }

    static IResult SetSpeed(SpeedWish wish, PlaygroundStream stream, [FromKeyedServices("story")] TimeProvider clock)
    {
        if (wish.Speed is not (>= 1 and <= 60))
            return TypedResults.Problem("The story runs at 1 to 60 times real time.", statusCode: StatusCodes.Status400BadRequest);
        if (clock is not SimulatedClock story)
            return TypedResults.Problem("The story's clock is driven by somebody else.", statusCode: StatusCodes.Status409Conflict);
        story.Speed = wish.Speed;
        stream.TellTime();
        return TypedResults.NoContent();
    }
}
