using System.Text.Json.Nodes;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>Looks, when all is over, for promises that were broken: in what Routee saw, what phones said, what the chat shows, what is stored and what was logged.</summary>
internal sealed class Promises
{
    /// <summary>Words that stand nowhere but in the tickets and notes of a scenario.</summary>
    public const string PrivateTicket = "Quokka in shaft";
    public const string PrivateNote = "Bring the violet lantern";

    // As they begin in the languages of those who are called.
    static readonly string[] SaidAccepted = ["Thank you. You accepted", "Vielen Dank. Sie haben"];

    readonly Stage stage;
    readonly World world;
    readonly List<Broken> broken = [];
    readonly Dictionary<DispatchId, DispatchState> ends = [];
    readonly Dictionary<DispatchId, StoredEvents> histories = [];

    Promises(Stage stage) => (this.stage, world) = (stage, stage.World);

    sealed record StoredEvents(IReadOnlyList<(DateTimeOffset At, DispatchEvent Happened)> All);

    public static async Task<IReadOnlyList<Broken>> FindBrokenAsync(Stage stage)
    {
        var promises = new Promises(stage);
        foreach (var id in stage.Dispatches)
        {
            promises.ends[id] = await stage.World.StateAsync(id);
            var events = await stage.World.App.Get<DispatchStore>().EventsAfterAsync(id, 0, default);
            promises.histories[id] = new([.. events.Select(each => (each.At, each.Happened))]);
        }
        var calls = promises.Calls();
        promises.LookAtOrders(calls);
        promises.LookAtCalls(calls);
        foreach (var id in stage.Dispatches)
            promises.LookAtTheChat(id);
        await promises.LookAtWhatIsLeftAsync();
        promises.LookAtTheLog();
        return promises.broken;
    }

    static IReadOnlyList<RecordedRequest> Orders(World world) => [.. world.Routee.Requests.Where(request => request is { Method: "POST", Path: "/voice/conversation" })];

    static string TokenOf(RecordedRequest order) => TokenOf(JsonNode.Parse(order.Body)!["callback"]!["url"]!.ToString());

    static string TokenOf(string address) => new Uri(address).Segments[2].TrimEnd('/');

    static AttemptId AttemptOf(string token) => AttemptId.Parse(token.Split('.')[0], null);

    // By where Routee calls back: an order is recorded when it is answered, and a person who hung up before that left none.
    List<(CallSnapshot Call, AttemptId Attempt)> Calls()
    {
        var attempts = world.Routee.Deliveries.GroupBy(delivery => delivery.MessageId).ToDictionary(each => each.Key, each => AttemptOf(TokenOf(each.First().Url)));
        List<(CallSnapshot Call, AttemptId Attempt)> calls = [];
        foreach (var call in world.Routee.Calls.OrderBy(call => call.PlacedAt))
            if (attempts.TryGetValue(call.MessageId, out var attempt))
                calls.Add((call, attempt));
            else
                Break(Promise.Surprise, $"{call.PlacedAt:HH:mm:ss.fff} a call that Routee tells nobody of");
        return calls;
    }

    void Break(Promise promise, string how) => broken.Add(new(promise, how));

    void LookAtOrders(IReadOnlyList<(CallSnapshot Call, AttemptId Attempt)> calls)
    {
        List<(DateTimeOffset At, AttemptId Attempt)> orders = [.. Orders(world).Select(order => (order.At, AttemptOf(TokenOf(order))))];
        orders.AddRange(calls.Where(each => orders.All(order => order.Attempt != each.Attempt)).Select(each => (each.Call.PlacedAt, each.Attempt)).ToList());
        foreach (var (moment, attempt) in orders)
        {
            var at = world.InApp(moment);
            if (!histories.TryGetValue(attempt.Dispatch, out var history))
            {
                Break(Promise.OrderAfterGivenUp, $"an order of a dispatch that nobody knows: {attempt}");
                continue;
            }
            var closing = history.All.FirstOrDefault(each => each.Happened is DispatchEvent.Accepted or DispatchEvent.Taken or DispatchEvent.Cancelled or DispatchEvent.CalledOff or DispatchEvent.Exhausted);
            if (closing.Happened is not null && at > closing.At + stage.Precision)
                Break(Promise.OrderAfterClosing, $"{at:HH:mm:ss.fff} an order for {attempt}, {(at - closing.At).TotalSeconds:0.0} s after {closing.Happened.GetType().Name}");
            else if (!WasWanted(history, attempt, at))
                Break(Promise.OrderAfterGivenUp, $"{at:HH:mm:ss.fff} an order for {attempt}; {LinesOf(history)}");
        }
    }

    // Of what happened at the same moment, the order may have come in between.
    bool WasWanted(StoredEvents history, AttemptId attempt, DateTimeOffset at)
    {
        var state = DispatchState.Initial;
        for (var next = 0; next < history.All.Count; next++)
        {
            state = Evolution.Evolve(state, history.All[next].Happened);
            var isThen = history.All[next].At <= at + stage.Precision && (next + 1 == history.All.Count || history.All[next + 1].At >= at - stage.Precision);
            if (isThen && state.Phase is Phase.Calling(var current) && current == attempt)
                return true;
        }
        return false;
    }

    static string LinesOf(StoredEvents history) => string.Join(", ", history.All.Select(each => $"{each.At:HH:mm:ss.fff} {each.Happened.GetType().Name}"));

    void LookAtCalls(IReadOnlyList<(CallSnapshot Call, AttemptId Attempt)> calls)
    {
        foreach (var number in calls.GroupBy(each => each.Call.To))
            LookForTwoAtOnce([.. number], $"to {number.Key}");
        foreach (var dispatch in calls.GroupBy(each => each.Attempt.Dispatch))
            LookForTwoAtOnce([.. dispatch], $"of dispatch {dispatch.Key}");
        foreach (var twice in calls.GroupBy(each => each.Attempt).Where(each => each.Count() > 1))
            Break(Promise.CallsAtOnce, $"{twice.Count()} calls for {twice.Key}");

        foreach (var id in stage.Dispatches)
            foreach (var turn in calls.Where(each => each.Attempt.Dispatch == id && ends[id].Leg(each.Attempt) is { Outcome: not CallOutcome.LineDown })
                .GroupBy(each => (each.Attempt.Callee, ends[id].Leg(each.Attempt)!.Round)))
                // Each list of a chain counts its own rounds, and somebody may be on several.
                if (turn.Count() > ends[id].Plan.Policy.AttemptsPerEmployee
                    * Math.Max(1, ends[id].Plan.Lists.Count(list => list.People.Any(pick => pick.Callee == turn.Key.Callee))))
                    Break(Promise.CallTooMany, $"{turn.Count()} calls to callee {turn.Key.Callee} of {id} in round {turn.Key.Round}");

        foreach (var (call, attempt) in calls.Where(each => ends.ContainsKey(each.Attempt.Dispatch)))
        {
            var end = ends[attempt.Dispatch];
            if (call.Timeline.Any(moment => moment.Kind is CallMomentKind.Spoke && SaidAccepted.Any(words => moment.Text.StartsWith(words, StringComparison.Ordinal)))
                && !(end.Resolution is Resolution.Accepted accepted && accepted.Attempt.Callee == attempt.Callee || end.Resolution is Resolution.Taken taken && taken.Callee == attempt.Callee))
                Break(Promise.SaidAccepted, $"{attempt} heard that the job is theirs; it ended as {end.Resolution}");
            if (end.Leg(attempt) is { Outcome: CallOutcome.NoAnswer, AnsweredBy: not AnsweredBy.Machine } leg)
                LookAtSettled(call, leg, histories[attempt.Dispatch]);
        }
    }

    void LookAtSettled(CallSnapshot call, Leg leg, StoredEvents history)
    {
        if (call.AnsweredAt is not null && leg.RecordsReadAt is null)
            Break(Promise.SettledUnread, $"{leg.Attempt} was answered and is \"No answer\" on records that were not read; {LinesOf(history)}");
        var key = call.Timeline.Where(moment => moment.Kind is CallMomentKind.Key).Select(moment => moment.Text).FirstOrDefault(key => key is "1" or "2");
        if (key == "1" && leg.FirstKey is null)
            Break(Promise.SettledUnread, $"{leg.Attempt} is \"No answer\", and 1 was pressed in it; {LinesOf(history)}");
    }

    void LookForTwoAtOnce(IReadOnlyList<(CallSnapshot Call, AttemptId Attempt)> ordered, string of)
    {
        foreach (var (earlier, later) in ordered.Zip(ordered.Skip(1)))
            if (!(earlier.Call.EndedAt <= later.Call.PlacedAt))
                Break(Promise.CallsAtOnce, $"{earlier.Attempt} from {earlier.Call.PlacedAt:HH:mm:ss.fff} to {earlier.Call.EndedAt:HH:mm:ss.fff} and {later.Attempt} from {later.Call.PlacedAt:HH:mm:ss.fff}, {of}; "
                    + (histories.TryGetValue(earlier.Attempt.Dispatch, out var history) ? LinesOf(history) : "nobody knows the dispatch"));
    }

    void LookAtTheChat(DispatchId id)
    {
        var (end, history) = (ends[id], histories[id]);
        if (end is not { IsClosed: true, HasLiveLeg: false })
        {
            Break(Promise.NeverEnded, $"{id} is {end.Phase}; {LinesOf(history)}");
            return;
        }
        var shown = world.Chat.RepliesIn(id).SelectMany(reply => reply.Lines).Select(line => line.Text).ToHashSet();
        var due = UpdateLines.Of(end, 1, [.. history.All.Select(each => each.Happened)])!.Lines.Select(line => line.Text);
        foreach (var line in due.Where(IsOutcome).Where(line => !shown.Contains(line) && !shown.Contains(Machines.BeforeRenaming(line))))
            Break(Promise.LineNotShown, $"{id}: {line}");
        var cards = world.Chat.CardsIn(id);
        if (cards.Count != 1 || cards[0].Status != Words.StatusOf(end.Resolution!))
            Break(Promise.CardNotTrue, $"{cards.Count} cards of {id}, which ended as {end.Resolution}: {string.Join(", ", cards.Select(card => card.Status))}");
        if (world.Chat.Surprises.Count > 0)
            Break(Promise.CardNotTrue, $"posted again without saying so: {string.Join(", ", world.Chat.Surprises)}");
    }

    static bool IsOutcome(string line) => line.StartsWith("Accepted:", StringComparison.Ordinal) || line.StartsWith("Exhausted:", StringComparison.Ordinal)
        || line.Contains(": Rejected", StringComparison.Ordinal) || line.Contains("ancelled", StringComparison.Ordinal)
        || System.Text.RegularExpressions.Regex.IsMatch(line, @", attempt \d of \d: ");

    async Task LookAtWhatIsLeftAsync()
    {
        if (broken.Any(each => each.Promise is Promise.NeverEnded))
            return;
        await using var connection = await world.App.Get<Database>().OpenAsync(default);
        foreach (var what in (string[])["lanes", "lines WHERE is_accepted = 0", "line_waits"])
            if (await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {what}") is > 0 and var count)
                Break(Promise.LeftBehind, $"{count} {what}");
    }

    void LookAtTheLog()
    {
        string[] secrets =
        [
            PrivateTicket, PrivateNote,
            .. world.Routee.Calls.Select(call => call.To.TrimStart('+')).Distinct(),
            .. Orders(world).Select(TokenOf).Distinct().Select(token => token.Split('.')[^1]),
        ];
        foreach (var line in stage.Log.Lines)
            if (secrets.FirstOrDefault(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase)) is { } secret)
                Break(Promise.PrivateWordLogged, $"{secret} in: {line}");
    }
}
