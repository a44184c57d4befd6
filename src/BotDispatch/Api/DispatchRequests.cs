using System.Diagnostics;
using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;

namespace BotDispatch.Api;

/// <summary>Carries out what programs ask for. Everything that can be expected is an answer, not an exception.</summary>
internal sealed class DispatchRequests(
    DispatchEngine engine, DispatchStore store, ApiKeyStore keys, ProgramStarting starting, MachinePlaces places, DirectoryQueries lookups,
    TimeProvider real)
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Starts a dispatch. The same request under the same idempotency key is answered with the same dispatch, however often it comes.
    /// </summary>
    /// <param name="key">The program.</param>
    /// <param name="idempotencyKey">The program's name for this request; null if it gave none.</param>
    /// <param name="body">The request.</param>
    /// <param name="bodyHash">The hash of the request as it was sent.</param>
    /// <param name="ct">The program no longer waits.</param>
    public async Task<Answer> StartAsync(ApiKey key, string? idempotencyKey, JsonElement body, string bodyHash, CancellationToken ct)
    {
        var (request, errors) = StartBody.Read(body);
        if (request is null)
            return new Answer.No(Problem.WrongFields(errors));
        var id = DispatchId.From("api", $"{key.Id}\n{idempotencyKey ?? Guid.NewGuid().ToString("N")}");
        if (idempotencyKey is not null)
        {
            if (await keys.FirstRequestAsync(id.Value, bodyHash, real.GetUtcNow(), ct) != bodyHash)
                return new Answer.No(Problem.OtherRequest);
            if (await engine.FindAsync(id, ct) is { } before)
                return new Answer.Is(before, IsNew: false);
        }
        if (Refusal(key, request) is { } forbidden)
            return new Answer.No(forbidden);
        var (channel, mistake) = places.Find(request.Channel);
        if (channel is null)
            return Wrong("channel", $"channel {mistake}");
        using var budget = lookups.Begin(Longest, ct);
        var result = await starting.StartAsync(
            new(id, key.AsPerson(), request.TicketReference, request.Words, request.To, request.People, request.Note, channel),
            leavesOut: false, budget);
        return result switch
        {
            ProgramResult.Started => new Answer.Is((await engine.FindAsync(id, ct))!, IsNew: true),
            ProgramResult.IsOpen(var other) => new Answer.No(Problem.Conflict(
                "This job is being dispatched already. Its dispatch is named here; cancel it, or wait for its end.", other.Plan.Id.Value)),
            ProgramResult.Wrong(var field, var words) => Wrong(field, [.. words]),
            ProgramResult.NotNow(var because) =>
                new Answer.No(Problem.Unavailable($"{because} Nothing was started: send the request again.")),
            _ => throw new UnreachableException(result.GetType().Name),
        };
    }

    /// <summary>Returns a dispatch, if the key may see it.</summary>
    public async Task<DispatchState?> FindAsync(ApiKey key, string id, CancellationToken ct) =>
        DispatchId.TryParse(id, null, out var dispatch) && await engine.FindAsync(dispatch, ct) is { } state && MaySee(key, state)
            ? state
            : null;

    /// <summary>Returns events after a number, at most as many as asked for.</summary>
    public async Task<EventPage> EventsAsync(DispatchState state, long after, int most, CancellationToken ct)
    {
        var events = await store.EventsAfterAsync(state.Plan.Id, after, ct);
        var views = events.Select(each => EventViews.Of(state, each)).OfType<EventView>().Take(most + 1).ToList();
        return new([.. views.Take(most)], views.Count > most ? views[most - 1].Seq : null);
    }

    /// <summary>Cancels a dispatch. One that is cancelled already stays so; one that ended otherwise is a conflict.</summary>
    public async Task<Answer> CancelAsync(ApiKey key, DispatchState state, CancellationToken ct) =>
        await engine.ApplyAsync(state.Plan.Id, new DispatchInput.Cancel(key.AsPerson()), ct) switch
        {
            Applied.Decided { Decision: { IsIgnored: true, State: var after } }
                when after.Resolution is not (Resolution.Cancelled or Resolution.CalledOff) =>
                new Answer.No(Problem.Conflict(
                    $"The dispatch is closed already: {EventViews.Plain(DispatchCard.Of(after).Headline)}", after.Plan.Id.Value)),
            Applied.Decided { Decision.State: var after } => new Answer.Is(after, IsNew: false),
            _ => new Answer.No(Problem.NoSuchDispatch),
        };

    static Problem? Refusal(ApiKey key, StartBody request) => (key.Lists, request.To) switch
    {
        ({ } lists, null) => Problem.Forbidden($"The key {key.Name} may call only these lists: {string.Join(", ", lists)}."),
        ({ } lists, { } to) when !lists.Contains(to, StringComparer.OrdinalIgnoreCase) =>
            Problem.Forbidden($"The key {key.Name} may call only these lists: {string.Join(", ", lists)}."),
        _ when key.Channels is { } channels && (request.Channel is null || !channels.Contains(request.Channel, StringComparer.Ordinal)) =>
            Problem.Forbidden($"The key {key.Name} may use only the channels that it was made for; name one of them in channel."),
        _ => null,
    };

    bool MaySee(ApiKey key, DispatchState state) =>
        key.Channels is not { } channels || channels.Any(each => places.Find(each).Place == state.Plan.Channel);

    static Answer.No Wrong(string field, params string[] words) =>
        new(Problem.WrongFields(new Dictionary<string, string[]> { [field] = words }));
}

/// <summary>The result of a request.</summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>The dispatch as it is now. <paramref name="IsNew"/>: this request started it.</summary>
    public sealed record Is(DispatchState State, bool IsNew) : Answer;

    /// <summary>It was not done.</summary>
    public sealed record No(Problem Problem) : Answer;
}
