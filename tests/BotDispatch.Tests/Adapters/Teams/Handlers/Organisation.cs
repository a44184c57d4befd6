using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Storage;
using BotDispatch.Teams.Connector;
using BotDispatch.Teams.Handlers;
using BotDispatch.Teams.Inbound;
using BotDispatch.Teams.Posting;
using BotDispatch.Tests.Chat;
using BotDispatch.Tests.Employees;
using BotDispatch.Tests.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BotDispatch.Tests.Adapters.Teams.Handlers;

/// <summary>A tenant with the real handlers, engine and store behind it: a test sees each post of the bot and says what the connector answers.</summary>
internal sealed class Organisation : ICardSource, IAsyncDisposable
{
    public const string Tenant = "22222222-0000-4000-8000-000000000002";
    public const string Address = "https://smba.trafficmanager.net/amer/";
    public static readonly ConversationReference Ops = new(Tenant, Address, "19:aa@thread.tacv2", "1795329800519", ConversationKind.Channel, "19:team@thread.tacv2", "Ops", "28:bot");
    public static readonly ConversationReference InPerson = new(Tenant, Address, "a:1", "", ConversationKind.Personal, null, null, "28:bot");
    public static readonly TeamsOrigin Dana = new(Tenant, "29:dana", "da0a", "Dana");

    // Of real time: a test that waits for nothing fails, and hangs nobody.
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    readonly Channel<ConnectorCall> posted = Channel.CreateUnbounded<ConnectorCall>();
    readonly Ground ground;
    readonly EphemeralDataProtectionProvider keys = new();
    ChatInbox<TeamsReply> inbox;
    Func<TeamsDelivery, long, TeamsSurface> surfaceOf;
    int deliveries;

    Organisation(Ground ground)
    {
        this.ground = ground;
        Office.Where = Ops.Channel;
        Store = new(ground.Node.Get<Database>());
        Pace = MessagePosts.Pace(Office.Clock);
        Make();
    }

    public Office Office { get; } = new();
    public TeamsStore Store { get; }
    public BackgroundWork BackgroundWork { get; private set; } = null!;
    public Logbook<Messages> Log { get; } = new();

    /// <summary>What the handlers log when something breaks or cannot be kept.</summary>
    public Logbook<Answers> Broken { get; } = new();
    public Logbook<ConversationReferences> NotKept { get; } = new();
    public Logbook<TeamsSurfaces> Strays { get; } = new();

    /// <summary>What anybody sends into the organisation's conversations.</summary>
    public PostingPace Pace { get; }

    /// <summary>What the connector says instead of yes.</summary>
    public Func<ConnectorCall, ConnectorAnswer?> Instead { get; set; } = _ => null;

    /// <summary>What happens before a dispatch is looked up for its card.</summary>
    public Func<Task> BeforeFinding { get; set; } = () => Task.CompletedTask;

    /// <summary>Which cards are to be drawn for everybody once more.</summary>
    public ConcurrentQueue<(DispatchId Dispatch, int N)> DrawnAgain { get; } = new();

    public static async Task<Organisation> FoundedAsync() => new(await Ground.ReadyAsync(On.Sqlite));

    /// <summary>The process ends and begins again: only the keys and what is stored are kept.</summary>
    public void Restart() => Make();

    /// <summary>Somebody else holds the database, until the transaction ends: nothing can be written.</summary>
    public async Task<System.Data.Common.DbTransaction> LockDatabaseAsync() =>
        await (await ground.OpenElsewhereAsync()).BeginTransactionAsync();

    /// <summary>Something is done to the database behind everybody's back.</summary>
    public Task BreakDatabaseAsync(string sql) => ground.WriteAsync(sql);

    public string NextId() => $"msteams/{++deliveries}";

    /// <summary>Hands it to the inbox. The person has <paramref name="waited"/> for so long already.</summary>
    public async Task<TeamsReply> Take(TeamsDelivery delivery, TimeSpan waited = default)
    {
        var outcome = await inbox.HandleAsync(delivery.Action, surfaceOf(delivery, Office.Clock.GetTimestamp() - waited.Ticks)).WaitAsync(Longest);
        return outcome.ShouldBeOfType<Outcome<TeamsReply>.Done>().Reply;
    }

    public Task<TeamsReply> Type(string text, ConversationReference? where = null, bool isTargeted = false, TeamsOrigin? from = null, params Mention[] mentions) =>
        Take(new TeamsDelivery(new ChatAction.Mentioned(NextId(), text, [.. mentions]), from ?? Dana, where ?? Ops) { IsTargeted = isTargeted, Message = new("19:aa@thread.tacv2", "1", "1") });

    public Task<TeamsReply> Fetch(JsonNode data, TeamsOrigin? from = null) => Take(Pressed(InvokeKind.DialogFetch, Values(data), from));

    public Task<TeamsReply> Submit(JsonNode data, TeamsOrigin? from = null, ConversationReference? where = null, params (string Field, string Value)[] filled) =>
        Take(Pressed(InvokeKind.DialogSubmit, Filled(data, filled), from, where));

    public Task<TeamsReply> Execute(JsonNode data, string verb = "dispatchDialog", params (string Field, string Value)[] filled) =>
        Take(Executed(Dana, Ops, verb, Filled(data, filled)));

    public Task<TeamsReply> Press(CardAction action, DispatchId dispatch, bool isRefresh = false) =>
        Take(Executed(Dana, Ops, CardPress.NameOf(action), Pressed(dispatch), isRefresh));

    /// <summary>A button that was pressed, in whatever way Teams brings it.</summary>
    public TeamsDelivery Pressed(InvokeKind kind, ImmutableDictionary<string, string> data, TeamsOrigin? from = null, ConversationReference? where = null) =>
        new ActionReader(new(keys)).Button(NextId(), from ?? Dana, where ?? Ops, kind, data, null);

    /// <summary>A plain button of a card that was pressed, which Teams brings as a message.</summary>
    public TeamsDelivery Plainly(ImmutableDictionary<string, string> data) => Pressed(InvokeKind.None, data);

    /// <summary>A button of a card that was pressed, or a client that asks for the card anew.</summary>
    public TeamsDelivery Executed(TeamsOrigin from, ConversationReference where, string verb, ImmutableDictionary<string, string> data, bool isRefresh = false) =>
        new ActionReader(new(keys)).Button(NextId(), from, where, InvokeKind.CardExecute, data, null, verb, isRefresh);

    public static ImmutableDictionary<string, string> Pressed(DispatchId dispatch) => ImmutableDictionary<string, string>.Empty.Add("dispatch", dispatch.Value);

    public Task<TeamsReply> Compose(string command = "dispatchCompose", ChosenMessage? chosen = null) =>
        Take(InvokeReader.Extension(NextId(), Dana, Ops, command, chosen));

    /// <summary>A button's data with what is filled in, as the client sends it.</summary>
    public static ImmutableDictionary<string, string> Filled(JsonNode data, params (string Field, string Value)[] filled) =>
        Values(data).SetItems(filled.Select(each => KeyValuePair.Create(each.Field, each.Value)));

    public static ImmutableDictionary<string, string> Values(JsonNode data) => data.AsObject().Where(each => each.Value is JsonValue).ToImmutableDictionary(each => each.Key, each => (string)each.Value!);

    /// <summary>The data of that button.</summary>
    public static JsonObject Button(JsonNode card, string title) => All(card).Single(each => (string?)each["title"] == title && each["type"]!.ToString().StartsWith("Action.", StringComparison.Ordinal))["data"]!.AsObject();

    public static JsonObject Field(JsonNode card, string id) => All(card).Single(each => (string?)each["id"] == id);

    /// <summary>All words outside of fields and buttons.</summary>
    public static string Words(JsonNode card) => string.Join('\n', All(card).Where(each => (string?)each["type"] == "TextRun").Select(each => (string)each["text"]!));

    public static IEnumerable<JsonObject> All(JsonNode? node) => node switch
    {
        JsonObject it => it.SelectMany(each => All(each.Value)).Prepend(it),
        JsonArray list => list.SelectMany(All),
        _ => [],
    };

    /// <summary>Types a command, and opens the dialog with the button that comes.</summary>
    public async Task<JsonObject> Open(string text)
    {
        await Type(text);
        return (await Fetch(Button(Card(await Next<ConnectorCall.Send>()), "Choose people"))).ShouldBeOfType<TeamsReply.Dialog>().Card.AsObject();
    }

    /// <summary>Starts a dispatch there.</summary>
    public async Task<DispatchId> Start(string text)
    {
        (await Submit(Button(await Open(text), "Dispatch"), filled: ("people", "ann"))).ShouldBe(new TeamsReply.DialogClose(ReplyText.Begun));
        return (await Office.Engine.FindOpenByTicketAsync(text, CancellationToken.None)).ShouldNotBeNull().Plan.Id;
    }

    /// <summary>What the bot posts next.</summary>
    public async Task<T> Next<T>() where T : ConnectorCall => (await posted.Reader.ReadAsync().AsTask().WaitAsync(Longest)).ShouldBeOfType<T>();

    public async Task<string> NextSaid(string? conversation = null)
    {
        var send = await Next<ConnectorCall.Send>();
        send.Conversation.ShouldBe(conversation ?? send.Conversation);
        return Read(send.Activity.AsObject());
    }

    /// <summary>The words as a person reads them, line by line.</summary>
    public static string Read(JsonObject activity)
    {
        ((string)activity["textFormat"]!).ShouldBe("markdown");
        return WebUtility.HtmlDecode((string)activity["text"]!).Replace("\u200B", "", StringComparison.Ordinal).Replace("\n\n", "\n", StringComparison.Ordinal);
    }

    public static JsonObject Card(ConnectorCall.Send call) => call.Activity.AsObject()["attachments"]![0]!["content"]!.AsObject();

    /// <summary>Everything that goes on has ended, and nothing was posted that was not looked at.</summary>
    public async Task NothingElse()
    {
        await Until(() => BackgroundWork.Running == 0);
        posted.Reader.TryRead(out var more).ShouldBeFalse(more?.ToString());
    }

    /// <summary>Time passes once what ends next is waited for exactly so long: while the store is asked, there is a shorter wait.</summary>
    public async Task Pass(TimeSpan time)
    {
        var until = Office.Clock.GetUtcNow() + time;
        await Until(() => Office.Clock.NextTimer == until);
        Office.Clock.Advance(time);
    }

    public static async Task Until(Func<bool> so)
    {
        var begun = Environment.TickCount64;
        while (!so())
        {
            TimeSpan.FromMilliseconds(Environment.TickCount64 - begun).ShouldBeLessThan(Longest, "it never was so");
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync() => ground.DisposeAsync();

    [MemberNotNull(nameof(inbox), nameof(surfaceOf))]
    void Make()
    {
        var clock = Office.Clock;
        var background = BackgroundWork = new(clock, NullLogger<BackgroundWork>.Instance);
        var connector = new ConnectorOf(CallAsync);
        var messages = new Messages(connector, Pace, clock, Log);
        var answers = new Answers(background, messages, clock, Broken);
        var payloads = new ProtectedPayloads(keys);
        var duplicates = new DuplicateCards(new ThreadStore(ground.Node.Get<Database>()), connector, clock, NullLogger<DuplicateCards>.Instance);
        var cards = new ShownCards(this, new(Office.Platforms), Office.Workload, duplicates, answers, background, clock);
        var dialogs = new Dialogs(Office.Redrawing, payloads, answers, cards);
        var references = new ConversationReferences(Store, background, clock, NotKept);
        var greetings = new Greetings(messages, clock);
        inbox = new(Office.Commands, Office.Presses, Office.Submitting, Office.Redrawing, Office.Overview, background, clock);
        surfaceOf = (delivery, begun) => new(delivery, begun, references, answers, dialogs, cards, greetings, Strays);
    }

    async Task<StoredDispatch?> ICardSource.FindAsync(DispatchId dispatch, CancellationToken ct)
    {
        await BeforeFinding();
        return await Office.Engine.FindAsync(dispatch, long.MaxValue, ct);
    }

    Task ICardSource.DrawAgainAsync(DispatchId dispatch, int n, CancellationToken ct)
    {
        DrawnAgain.Enqueue((dispatch, n));
        return Task.CompletedTask;
    }

    Task<ConnectorAnswer> CallAsync(ConnectorCall call, CancellationToken ct)
    {
        posted.Writer.TryWrite(call).ShouldBeTrue();
        return Task.FromResult(Instead(call) ?? new ConnectorAnswer.Done("1", call is ConnectorCall.PersonalChat ? "a:dana" : null));
    }
}
