using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Adapters.Routee;

/// <summary>The whole room as the host puts it together, with a scripted wire in place of Routee and a clock that a test moves.</summary>
internal sealed class RouteeBench : IDisposable
{
    public const string Secret = "s3cr3t-value";
    public const string AnnPhone = "+306971112233";

    public static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DispatchId Id = new("abcdefgh");
    public static readonly AttemptId First = new(Id, 0, 1);
    public static readonly Callee Ann = new(new("ann"), "Ann", AnnPhone, "en-GB");
    public static readonly Callee Bob = new(new("bob"), "Bob", "+306974445566", "el-GR");
    public static readonly DispatchPlan Plan = new(
        Id, new("INC-42", "Router down", "The core router does not answer.", "High", "Building 7"), "Bring a cable",
        [Ann, Bob], new(), new("Slack", "U1", "Eve"), new("Slack", "C1"));

    readonly ServiceProvider provider;
    readonly List<string> logged = [];

    /// <param name="configure">Other settings.</param>
    /// <param name="services">Other services.</param>
    /// <param name="isScripted">The wire is <see cref="Routee"/>; otherwise it is that of the product.</param>
    public RouteeBench(Action<Dictionary<string, string?>>? configure = null, Action<IServiceCollection>? services = null, bool isScripted = true)
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings(configure)).Build());
        Register(collection, this, isScripted);
        services?.Invoke(collection);
        provider = collection.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public Wire Routee { get; } = new();
    public StepClock Clock { get; } = new(Noon);
    public IReadOnlyList<string> Logged
    {
        get
        {
            lock (logged)
                return [.. logged];
        }
    }

    public T Get<T>() where T : notnull => provider.GetRequiredService<T>();

    public static Dictionary<string, string?> Settings(Action<Dictionary<string, string?>>? configure = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["PublicBaseAddress"] = "https://bot.example",
            ["Routee:BaseAddress"] = "https://connect.example",
            ["Routee:AuthBaseAddress"] = "https://auth.example",
            ["Routee:ApplicationId"] = "app-1",
            ["Routee:ApplicationSecret"] = Secret,
            ["Routee:CallerId"] = "302111234567",
        };
        configure?.Invoke(settings);
        return settings;
    }

    public static void Register(IServiceCollection services, RouteeBench bench, bool isScripted = true)
    {
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new ListLog(bench.logged)));
        services.AddSingleton<TimeProvider>(bench.Clock);
        services.AddSingleton(new CallbackKey(new byte[32]));
        services.AddSingleton(EngineOnFile.Make(bench.Clock));
        services.AddRoutee();
        foreach (var client in isScripted ? (string[])[RouteeApi.Client, RouteeApi.OrderClient, AccessTokens.Client] : [])
            services.AddHttpClient(client).ConfigurePrimaryHttpMessageHandler(() => bench.Routee);
    }

    /// <summary>A dispatch whose first call is under way.</summary>
    public async Task<DispatchEngine> CallingAnnAsync()
    {
        var engine = Get<DispatchEngine>();
        await BeginAsync(engine);
        return engine;
    }

    public static async Task BeginAsync(DispatchEngine engine)
    {
        await engine.ApplyAsync(Id, new DispatchInput.Start(Plan), default);
        await engine.ApplyAsync(Id, new DispatchInput.BeginCall(First, new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120))), default);
    }

    public void Dispose()
    {
        provider.Dispose();
        Routee.Dispose();
    }

    internal sealed record Request(string Method, string Path, string? Authorization, string Body);

    /// <summary>Routee as a script: every request is recorded and answered by the first rule that fits.</summary>
    internal sealed class Wire : HttpMessageHandler
    {
        readonly List<(string Start, Func<Request, Task<HttpResponseMessage>> Answer)> rules = [];
        readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<Request> Requests { get; } = new();
        public Func<int, Task<HttpResponseMessage>> Token { get; set; } = static number => Task.FromResult(Json(200,
            $$"""{"access_token":"token-{{number}}","token_type":"bearer","expires_in":3599,"scope":"voice sms","permissions":["MT_ROLE_VOICE"]}"""));
        /// <summary>Something other than a token was asked for.</summary>
        public Task Reached => reached.Task;

        public IEnumerable<Request> Asked => Requests.Where(request => !request.Path.StartsWith("/oauth", StringComparison.Ordinal));
        public int TokensAsked => Requests.Count - Asked.Count();

        public Wire On(string start, int status, string body = "") => On(start, _ => Json(status, body));
        public Wire On(string start, Func<Request, HttpResponseMessage> answer) => OnAsync(start, request => Task.FromResult(answer(request)));
        public Wire OnAsync(string start, Func<Request, Task<HttpResponseMessage>> answer)
        {
            rules.Add((start, answer));
            return this;
        }

        /// <summary>Answers of one address, one after the other; the last one stays.</summary>
        public Wire OnInTurn(string start, params Func<Request, HttpResponseMessage>[] answers)
        {
            var turn = 0;
            return On(start, request => answers[Math.Min(turn++, answers.Length - 1)](request));
        }

        public static HttpResponseMessage Json(int status, string body) => new((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
            var recorded = new Request(request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.Authorization?.ToString(), body);
            Requests.Enqueue(recorded);
            if (recorded.Path is "/oauth/token")
                return await Token(TokensAsked).WaitAsync(ct);
            reached.TrySetResult();
            foreach (var (start, answer) in rules)
                if ($"{recorded.Method} {recorded.Path}".StartsWith(start, StringComparison.Ordinal))
                    return await answer(recorded).WaitAsync(ct);
            throw new InvalidOperationException($"nobody scripted {recorded.Method} {recorded.Path}");
        }
    }

    /// <summary>A test moves it; waits no longer than <see cref="Races"/> are over at once.</summary>
    internal sealed class StepClock(DateTimeOffset start) : TimeProvider
    {
        readonly Lock gate = new();
        readonly List<Waiting> waiting = [];
        DateTimeOffset now = start;

        public TimeSpan Races { get; set; } = TimeSpan.Zero;
        public List<TimeSpan> Waits { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => GetUtcNow().Ticks;
        public override DateTimeOffset GetUtcNow()
        {
            lock (gate)
                return now;
        }

        public void Advance(TimeSpan by)
        {
            List<Waiting> due;
            lock (gate)
            {
                now += by;
                due = [.. waiting.Where(each => each.Due <= now).OrderBy(each => each.Due)];
                waiting.RemoveAll(due.Contains);
            }
            foreach (var each in due)
                each.Fire();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new Waiting(this, callback, state);
            timer.Change(dueTime, period);
            return timer;
        }

        sealed class Waiting(StepClock clock, TimerCallback callback, object? state) : ITimer
        {
            public DateTimeOffset Due { get; private set; }
            public void Fire() => callback(state);

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                lock (clock.gate)
                {
                    clock.waiting.Remove(this);
                    if (dueTime < TimeSpan.Zero)
                        return true;
                    clock.Waits.Add(dueTime);
                    if (dueTime > clock.Races)
                    {
                        Due = clock.now + dueTime;
                        clock.waiting.Add(this);
                        return true;
                    }
                    clock.now += dueTime;
                }
                ThreadPool.QueueUserWorkItem(_ => Fire());
                return true;
            }

            public void Dispose()
            {
                lock (clock.gate)
                    clock.waiting.Remove(this);
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }

    sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger, ISupportExternalScope
    {
        IExternalScopeProvider scopes = new LoggerExternalScopeProvider();

        public ILogger CreateLogger(string categoryName) => this;
        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => scopes = scopeProvider;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => scopes.Push(state);
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Dispose() { }

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{eventId.Id}: {formatter(state, exception)} {exception}");
                scopes.ForEachScope((scope, all) => all.Add($"scope {scope}"), lines);
            }
        }
    }
}
