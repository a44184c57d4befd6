using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Ports;
using BotDispatch.Storage;
using BotDispatch.Teams;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Posting;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using static BotDispatch.Tests.Adapters.Teams.Posting.TeamsSample;

namespace BotDispatch.Tests.Adapters.Teams.Posting;

/// <summary>A connector that answers as a test says and remembers every call; by default every call succeeds. What is remembered of Teams is really stored.</summary>
internal sealed class RecordedTeams : IAsyncDisposable
{
    readonly Ground ground;
    readonly Queue<(Type Call, ConnectorAnswer Answer)> answers = new();
    int messages;

    RecordedTeams(Ground ground)
    {
        this.ground = ground;
        Store = new(ground.Node.Get<Database>());
        var log = new LoggerFactory([new Notebook(this)]);
        var places = new Places(Store, Options.Create(Settings));
        var refusals = new Refusals(log.CreateLogger<Refusals>());
        var pace = MessagePosts.Pace(Clock);
        var connector = new ConnectorOf(CallAsync);
        var posts = new MessagePosts(connector, pace, refusals, log.CreateLogger<MessagePosts>());
        People = new(connector, Store, places, Clock);
        Platform = new TeamsPlatform(places, posts, new(connector, pace, posts, refusals, log.CreateLogger<CardRedraws>()), People, new(connector, Store, places, Clock), Options.Create(Settings), Clock, log.CreateLogger<TeamsPlatform>());
    }

    public ManualClock Clock => ground.Clock;

    public TeamsStore Store { get; }

    public IChatPlatform Platform { get; }

    public TeamsPeople People { get; }

    public TeamsOptions Settings { get; } = new();

    /// <summary>Where it is called.</summary>
    public string CalledAt { get; set; } = ServiceUrl;

    public List<ConnectorCall> Calls { get; } = [];

    public List<string> Logged { get; } = [];

    public ConnectorCall Last => Calls[^1];

    public IEnumerable<string> Names => Calls.Select(call => call.GetType().Name);

    /// <summary>Knows a channel, a group chat and Dana.</summary>
    public static async Task<RecordedTeams> ReadyAsync()
    {
        var teams = new RecordedTeams(await Ground.ReadyAsync(On.Sqlite));
        var now = teams.Clock.GetUtcNow();
        await teams.Store.RememberAsync(new TeamsConversation(Tenant, GroupChat, ServiceUrl, Bot, "groupChat", null, null, now), default);
        await teams.Store.RememberAsync(new TeamsConversation(Tenant, "a:dana", ServiceUrl, Bot, "personal", null, null, now), default);
        await teams.Store.RememberAsync(new TeamsConversation(Tenant, Channel, ServiceUrl, Bot, "channel", "19:bb@thread.tacv2", "Operations", now.AddSeconds(1)), default);
        await teams.Store.RememberAsync(new TeamsPerson(Tenant, TeamsSample.Object, "29:dana", "Dana Fox", null, now), default);
        return teams;
    }

    /// <summary>Knows nothing yet.</summary>
    public static async Task<RecordedTeams> EmptyAsync() => new(await Ground.ReadyAsync(On.Sqlite));

    /// <summary>The next call of that kind comes to this.</summary>
    public RecordedTeams Answers<TCall>(ConnectorAnswer answer) where TCall : ConnectorCall
    {
        answers.Enqueue((typeof(TCall), answer));
        return this;
    }

    public RecordedTeams Refuses<TCall>(string code, Refusal kind) where TCall : ConnectorCall => Answers<TCall>(new ConnectorAnswer.Refused(code, kind));

    public static ConnectorAnswer Ok(string json) => new ConnectorAnswer.Done(null, null, JsonDocument.Parse(json).RootElement);

    public Task<Posted> CardAsync(int earlierTries = 0) => Platform.PostCardAsync(Ops, Card, earlierTries, default);

    public Task<Posted> RedrawAsync() => Platform.RedrawAsync(TeamsSample.Thread, Card, default);

    public Task<Posted> ReplyAsync(int earlierTries = 0) => Platform.ReplyAsync(TeamsSample.Thread, Update, earlierTries, default);

    /// <summary>Every answer that was prepared was asked for.</summary>
    public void EveryAnswerWasUsed() => answers.ShouldBeEmpty();

    public ValueTask DisposeAsync() => ground.DisposeAsync();

    Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct)
    {
        call.ServiceUrl.ShouldBe(CalledAt);
        Calls.Add(call);
        if (answers.TryPeek(out var next) && next.Call == call.GetType())
            return Task.FromResult(answers.Dequeue().Answer);
        return Task.FromResult<ConnectorAnswer>(call switch
        {
            ConnectorCall.NewThread thread => new ConnectorAnswer.Done($"{++messages}", $"{thread.Channel};messageid={messages}"),
            ConnectorCall.Send => new ConnectorAnswer.Done($"{++messages}"),
            ConnectorCall.Update update => new ConnectorAnswer.Done(update.Message),
            ConnectorCall.PersonalChat => new ConnectorAnswer.Done(null, "a:new"),
            ConnectorCall.Members => Ok("""{"members":[]}"""),
            _ => throw new InvalidOperationException($"{call.GetType().Name} was not expected"),
        });
    }

    sealed class Notebook(RecordedTeams teams) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            teams.Logged.Add($"{eventId.Id} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}

/// <summary>What is in a call.</summary>
internal static class SentThings
{
    public static JsonObject Activity(this ConnectorCall call) => call switch
    {
        ConnectorCall.Send send => send.Activity.AsObject(),
        ConnectorCall.NewThread thread => thread.Activity.AsObject(),
        ConnectorCall.Update update => update.Activity.AsObject(),
        _ => throw new InvalidOperationException($"{call.GetType().Name} sends nothing"),
    };

    public static bool HasCard(this ConnectorCall call) => call.Activity()["attachments"] is not null && call.Activity()["text"] is null;
}
