using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Slack.Api;
using BotDispatch.Slack.Handlers;
using BotDispatch.Slack.Inbound;
using BotDispatch.Slack.Install;
using BotDispatch.Slack.Posting;
using BotDispatch.Storage;
using BotDispatch.Tests.Chat;
using BotDispatch.Tests.Employees;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Adapters.Slack.Handlers;

/// <summary>A workspace with the real handlers and engine behind it: a test sees each call of the bot and says what Slack answers.</summary>
internal sealed class Workspace : IPostedCards, IInstallations, IMemberNames
{
    public const string Team = "T0ACME";
    public const string Dana = "U0DANA";
    public const string Bot = "U0BOT";
    public static readonly Uri There = new("https://hooks.slack.com/commands/T0ACME/1/abc");
    public static readonly ChatChannel Ops = new("slack", "T0ACME/C0OPS");

    readonly Channel<Happened> seen = Channel.CreateUnbounded<Happened>();
    readonly Channel<Happened> homes = Channel.CreateUnbounded<Happened>();
    readonly SlackSurfaces surfaces;
    int deliveries;
    int hashes;

    public Workspace()
    {
        Office.Where = Ops;
        var clock = Office.Clock;
        var background = BackgroundWork = new BackgroundWork(clock, NullLogger<BackgroundWork>.Instance);
        var callers = new Callers(this, clock);
        var api = new SlackApiOf(CallAsync, SayAsync);
        var links = new ThreadLinks(this, api, clock);
        var ephemerals = new EphemeralMessages(api, NullLogger<EphemeralMessages>.Instance);
        var dialogs = new Dialogs(api, ephemerals, clock, NullLogger<Dialogs>.Instance);
        var answers = new Answers(background, dialogs, ephemerals, links, clock, NullLogger<Answers>.Instance);
        var homes = new HomePages(Office.Overview, dialogs, links, background, clock);
        surfaces = new(
            this, callers, answers, homes, new Redraws(dialogs, background), new(this, api, clock, NullLogger<DuplicateCards>.Instance), Log);
    }

    public Office Office { get; } = new();
    public BackgroundWork BackgroundWork { get; }
    public Logbook<SlackSurfaces> Log { get; } = new();
    public HashSet<string> Installed { get; } = [Team];
    public List<string> Forgotten { get; } = [];

    /// <summary>Why Slack does not say which workspace this is.</summary>
    public string? Trouble { get; set; }

    /// <summary>The organisation of everybody whom Slack is asked about.</summary>
    public string? Organisation { get; set; }

    /// <summary>What Slack says instead of yes, by method.</summary>
    public Dictionary<string, Func<SlackCall, Task<SlackAnswer>>> Instead { get; } = [];

    /// <summary>Whether what is said through the address of a delivery is taken.</summary>
    public bool TakesSayings { get; set; } = true;

    public Func<string, string, Task<string>> NameOf { get; set; } = (user, otherwise) => Task.FromResult(user == Dana ? "Dana" : otherwise);
    /// <summary>The cards of every dispatch.</summary>
    public Func<Task<List<PostedCard>>> Cards { get; set; } = () => Task.FromResult<List<PostedCard>>([]);

    Task<List<PostedCard>> IPostedCards.FindCardsAsync(DispatchId dispatch, string platform, CancellationToken ct) => Cards();

    ValueTask<Installation?> IInstallations.FindAsync(string id, CancellationToken ct) => ValueTask.FromResult(Installed.Contains(id) ? new Installation(id, "Acme", Bot, []) : null);

    ValueTask<string?> IInstallations.LocateAsync(string? team, string? enterprise, CancellationToken ct) =>
        ValueTask.FromResult(Installed.Contains(team ?? "") ? team : Installed.Contains(enterprise ?? "") ? enterprise : null);

    Task IInstallations.ForgetAsync(string id, CancellationToken ct)
    {
        Forgotten.Add(id);
        return Task.CompletedTask;
    }

    public static SlackOrigin From(string user = Dana) => new(Team, null, user, "dana.handle");

    public string NextId() => $"delivery-{++deliveries}";

    /// <summary>Hands it to an inbox that remembers nothing.</summary>
    public async Task<SlackReply> Take(SlackDelivery delivery)
    {
        var inbox = new ChatInbox<SlackReply>(Office.Commands, Office.Presses, Office.Submitting, Office.Redrawing, Office.Overview, BackgroundWork, Office.Clock);
        var outcome = await inbox.HandleAsync(delivery.Action, surfaces.Of(delivery));
        return outcome.ShouldBeOfType<Outcome<SlackReply>.Done>().Reply;
    }

    Task<string?> IMemberNames.OrganisationAsync(string installation, string user, CancellationToken ct) => Task.FromResult(Organisation);

    Task<string> IMemberNames.NameAsync(string installation, string user, string otherwise, CancellationToken ct) => NameOf(user, otherwise);

    public Task<SlackReply> Type(string text, string channel = "C0OPS") => Take(Sent.Command(NextId(), From(), "/dispatch", text, channel, "trigger", There));

    public Task<SlackReply> PressCard(string action, string value) =>
        Take(Sent.Press(NextId(), From(), $"dispatch_{action}", value, "trigger", There, new("C0OPS", "1.000100"), null));

    public Task<SlackReply> Submit(JsonNode view, string[] people, string? note = null) => Take(Sent.Submission(NextId(), From(), Filled(view, people, note), "trigger"));

    /// <summary>The dialog as it comes back with this in its fields.</summary>
    public static SlackView Filled(JsonNode view, string[] people, string? note = null, string hash = "h0") => new("V1", hash, (string)view["callback_id"]!, (string)view["private_metadata"]!,
        ImmutableDictionary<(string, string), FieldValue>.Empty.Add(("people", "people_pick"), new(null, [.. people])).Add(("note", "note_text"), new(note, [])));

    /// <summary>Types a command, and reads the dialog that opens.</summary>
    public async Task<JsonNode> Open(string text)
    {
        (await Type(text)).ShouldBe(new SlackReply.Nothing());
        return (await Next("views.open"))["view"]!;
    }

    /// <summary>What the bot does next; it must be this. Homes are drawn beside everything else, so they are a row of their own.</summary>
    public async Task<JsonObject> Next(string what)
    {
        var next = await (what == "views.publish" ? homes : seen).Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        next.What.ShouldBe(what, next.Arguments.ToJsonString());
        return next.Arguments;
    }

    /// <summary>What the bot says next in private through the address of the delivery.</summary>
    public async Task<string> NextSaid() => Shown((string)(await Next("say"))["text"]!);

    /// <summary>Nothing was done so far that was not looked at.</summary>
    public void NothingElse() => seen.Reader.TryRead(out var more).ShouldBeFalse(more?.What);

    /// <summary>No Home was drawn that was not looked at.</summary>
    public void NoHome() => homes.Reader.TryRead(out _).ShouldBeFalse();

    /// <summary>Time passes once something waits for it: what runs beside the test sets its timers when it gets there.</summary>
    public async Task Pass(TimeSpan time)
    {
        var until = Office.Clock.GetUtcNow() + time;
        var begun = Environment.TickCount64;
        while (Office.Clock.NextTimer is not { } next || next > until)
        {
            (Environment.TickCount64 - begun).ShouldBeLessThan(20_000, "nothing waits for time to pass");
            await Task.Yield();
        }
        Office.Clock.Advance(time);
    }

    /// <summary>As a person reads it.</summary>
    public static string Shown(string text) => text.Replace("\u200B", "", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal)
        .Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    /// <summary>All words of a view or message, as a person reads them.</summary>
    public static string Words(JsonNode drawn) => Shown(string.Join('\n', Texts(drawn)));

    public static JsonNode Block(JsonNode drawn, string id) => drawn["blocks"]!.AsArray().Single(each => (string?)each!["block_id"] == id)!;

    public static string Callback(JsonNode view) => (string)view["callback_id"]!;

    static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject it => it.SelectMany(each => each.Key == "text" && each.Value is JsonValue ? [(string)each.Value!] : Texts(each.Value)),
        JsonArray list => list.SelectMany(Texts),
        _ => [],
    };

    async Task<SlackAnswer> CallAsync(SlackCall call, CancellationToken ct)
    {
        call.Installation.ShouldBe(Team);
        var arguments = call.Arguments.AsObject();
        if (arguments["view"] is { } view)
            BlockKitLimits.Check(view);
        else if (arguments["blocks"] is not null)
            BlockKitLimits.Check(arguments);
        // Before the test hears of the call: what it says from then on is for the next one.
        var instead = Instead.GetValueOrDefault(call.Method);
        await (call.Method == "views.publish" ? homes : seen).Writer.WriteAsync(new(call.Method, arguments), ct);
        if (instead is not null)
            return await instead(call).WaitAsync(ct);
        return Ok(call.Method switch
        {
            "views.open" or "views.update" => $"{{\"ok\":true,\"view\":{{\"id\":\"V1\",\"hash\":\"own-{++hashes}\"}}}}",
            "chat.getPermalink" => """{"ok":true,"permalink":"https://acme.slack.com/archives/C0OPS/p1000100"}""",
            _ => """{"ok":true}""",
        });
    }

    async Task<bool> SayAsync(Uri address, JsonObject message, CancellationToken ct)
    {
        address.ShouldBe(There);
        BlockKitLimits.Check(message);
        await seen.Writer.WriteAsync(new("say", message.DeepClone().AsObject()), ct);
        return TakesSayings;
    }

    public static SlackAnswer Ok(string body) => new SlackAnswer.Ok(JsonDocument.Parse(body).RootElement);

    sealed record Happened(string What, JsonObject Arguments);
}
