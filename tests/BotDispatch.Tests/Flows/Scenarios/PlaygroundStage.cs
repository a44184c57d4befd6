using System.Net;
using System.Text.Json;
using BotDispatch.Playground;
using Microsoft.AspNetCore.Http.Features;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>The pretend channel of the playground, used as its page uses it.</summary>
internal sealed class PlaygroundStage(World world) : IStage
{
    const string Dana = "Dana Wolf";

    readonly List<(Actor Who, string Text)> shown = [];
    FormView? dialog;
    List<string> picked = [];
    int deliveries;

    public World World => world;

    public async Task TypeAsync(string command) => Read(Actor.Dana, await PostAsync("command", new CommandRequest(Id(Actor.Dana), command, $"typed-{++deliveries}"), PlaygroundJson.Default.CommandRequest));

    public Task PickAsync(params string[] people)
    {
        picked.AddRange(people.Select(name => dialog!.People.Single(each => each.Name == name).Id));
        return Task.CompletedTask;
    }

    public async Task SendAsync()
    {
        var (form, people) = (dialog.ShouldNotBeNull(), picked);
        (dialog, picked) = (null, []);
        (await PostAsync("submit", new SubmitRequest(Id(Actor.Dana), form.FormId, form.Ticket.Reference, people, form.Note, form.Replaces), PlaygroundJson.Default.SubmitRequest)).Kind.ShouldBe("started");
    }

    public async Task PressAsync(Actor who, string button)
    {
        var card = Body;
        var pressed = card.Buttons.Single(each => each.Label == button);
        Read(who, await PostAsync("press", new PressRequest(Id(who), card.Dispatch, pressed.Action, pressed.Callee, pressed.Round), PlaygroundJson.Default.PressRequest));
        await world.SettleAsync();
    }

    public IReadOnlyList<string> Thread => [.. Messages.Where(each => each.Root == CardMessage.Id)
        .SelectMany(each => each.Body.Deserialize(PlaygroundJson.Default.ReplyBody)!.Lines).Select(line => Stages.Bare(line.Text, Dana))];

    public (string Status, string Headline) Card => (Body.Status, Stages.Bare(Body.Headline, Dana));

    public IReadOnlyList<string> Buttons => Messages.Any(each => each.Kind == "card") ? [.. Body.Buttons.Select(each => each.Label)] : [];

    public IReadOnlyList<string> PrivateMessagesTo(Actor who) => [.. shown.Where(each => each.Who == who).Select(each => Stages.Bare(each.Text, Dana))];

    public IReadOnlyList<string> Complaints => [];

    public ValueTask DisposeAsync() => world.DisposeAsync();

    IReadOnlyList<MessageView> Messages => world.App.Get<PlaygroundMessages>().ListAsync(default).GetAwaiter().GetResult();

    MessageView CardMessage => Messages.Last(each => each.Kind == "card");

    CardBody Body => CardMessage.Body.Deserialize(PlaygroundJson.Default.CardBody)!;

    void Read(Actor who, AnswerView answer)
    {
        if (answer.Text is { } words)
            shown.Add((who, words));
        if (answer.Form is { } form)
            (dialog, picked) = (form, [.. form.Picked]);
    }

    // From this machine, as the page must be.
    async Task<AnswerView> PostAsync<T>(string path, T request, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var http = await world.App.Server.SendAsync(http =>
        {
            (http.Request.Method, http.Request.Path, http.Request.Host, http.Request.ContentType) = ("POST", $"/playground/api/{path}", new("localhost"), "application/json");
            var body = JsonSerializer.SerializeToUtf8Bytes(request, type);
            (http.Request.Body, http.Request.ContentLength) = (new MemoryStream(body), body.Length);
            http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
            http.Connection.RemoteIpAddress = IPAddress.Loopback;
        });
        http.Response.StatusCode.ShouldBe(200);
        return (await JsonSerializer.DeserializeAsync(http.Response.Body, PlaygroundJson.Default.AnswerView))!;
    }

    sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    static string Id(Actor who) => who is Actor.Dana ? "dispatcher" : "priya.nair";
}
