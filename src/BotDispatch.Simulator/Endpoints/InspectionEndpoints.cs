using System.Text.Json;
using System.Text.Json.Nodes;
using BotDispatch.Simulator.Wire;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BotDispatch.Simulator.Endpoints;

/// <summary>Lets tests and pages inspect and steer the simulator: phones, history, switches.</summary>
internal static class InspectionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/simulator");
        MapPhones(group);
        group.MapGet("/scripts", () => Shown(PersonScript.All.Select(script => new ScriptShown(script.Name, script.Description))));
        group.MapGet("/requests", (RouteeSimulator simulator) => Shown(simulator.Requests));
        group.MapGet("/deliveries", (RouteeSimulator simulator) => Shown(simulator.Deliveries));
        group.MapGet("/calls", (RouteeSimulator simulator) => Shown(simulator.Calls));
        group.MapPost("/reset", (RouteeSimulator simulator) => simulator.Reset());
        group.MapGet("/switches", (RouteeSimulator simulator) => Shown(simulator.Switches));
        group.MapPut("/switches", (RouteeSimulator simulator, JsonObject changes) =>
            Change(simulator.Switches, changes, changed => simulator.Switches = changed));
        group.MapGet("/disorder", (RouteeSimulator simulator) => Shown(simulator.Disorder));
        group.MapPut("/disorder", (RouteeSimulator simulator, JsonObject changes) =>
            Change(simulator.Disorder, changes, changed => simulator.Disorder = changed));
        group.MapPost("/balance", (RouteeSimulator simulator, Money money) => Shown(new Money(simulator.OutOfBalance = money.Out)));
        group.MapPost("/tokens/revoke", (RouteeSimulator simulator) => simulator.RevokeTokens());
        group.MapPost("/gate", SetGate);
    }

    static void MapPhones(RouteGroupBuilder group)
    {
        group.MapGet("/phones", (RouteeSimulator simulator) => Shown(simulator.Phones));
        group.MapGet("/phones/stream", Stream);
        var phone = group.MapGroup("/phones/{number}");
        phone.MapGet("", (RouteeSimulator simulator, string number) => Shown(simulator.Phone(number).Snapshot));
        phone.MapPost("/answer", (RouteeSimulator simulator, string number) =>
            ActAsync(simulator, number, target => target.AnswerAsync()));
        phone.MapPost("/decline", (RouteeSimulator simulator, string number) =>
            ActAsync(simulator, number, target => target.DeclineAsync()));
        phone.MapPost("/hangup", (RouteeSimulator simulator, string number) =>
            ActAsync(simulator, number, target => target.HangUpAsync()));
        phone.MapPost("/press", (RouteeSimulator simulator, string number, Pressed pressed) =>
            ActAsync(simulator, number, target => target.PressAsync(pressed.Keys)));
        phone.MapPost("/script", (RouteeSimulator simulator, string number, Habit habit) => SetScript(simulator.Phone(number), habit));
    }

    static JsonHttpResult<Gate> SetGate(RouteeSimulator simulator, Gate gate)
    {
        (simulator.RefuseCredentials, simulator.Unreachable) = (gate.RefuseCredentials, gate.Unreachable);
        (simulator.HoldTokens, simulator.HoldOrders, simulator.HoldRecords) = (gate.HoldTokens, gate.HoldOrders, gate.HoldRecords);
        (simulator.RecordsUnavailable, simulator.OrdersFail) = (gate.RecordsUnavailable, gate.OrdersFail);
        return Shown(gate);
    }

    static JsonHttpResult<T> Shown<T>(T value) => TypedResults.Json(value, SimulatorJson.Of<T>());

    static ServerSentEventsResult<PhoneSnapshot> Stream(RouteeSimulator simulator, IHostApplicationLifetime life, CancellationToken ct)
    {
        // A page that stays open must not delay the shutdown of its server.
        return TypedResults.ServerSentEvents(UntilAsync(), "phone");

        async IAsyncEnumerable<PhoneSnapshot> UntilAsync()
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, life.ApplicationStopping);
            await foreach (var snapshot in simulator.WatchAsync(either.Token)) yield return snapshot;
        }
    }

    static async Task<IResult> ActAsync(RouteeSimulator simulator, string number, Func<Phone, Task> act)
    {
        var phone = simulator.Phone(number);
        try { await act(phone); }
        catch (InvalidOperationException wrongState) { return TypedResults.Conflict(new Refusal(wrongState.Message)); }
        catch (ArgumentException badKey) { return TypedResults.BadRequest(new Refusal(badKey.Message)); }
        return Shown(phone.Snapshot);
    }

    static IResult SetScript(Phone phone, Habit habit)
    {
        var script = habit.Name == "custom"
            ? new PersonScript.Custom(habit.AnswerAfter, habit.Steps ?? [])
            : PersonScript.Named(habit.Name);
        if (script is null) return TypedResults.BadRequest(new Refusal($"There is no script '{habit.Name}'."));
        phone.Script = script;
        return Shown(phone.Snapshot);
    }

    /// <summary>
    /// Sets the given properties and keeps the others. A misspelt name is refused, so that a test cannot set nothing by mistake.
    /// </summary>
    static IResult Change<T>(T present, JsonObject changes, Action<T> set)
    {
        var merged = JsonSerializer.SerializeToNode(present, SimulatorJson.Of<T>())!.AsObject();
        foreach (var (name, value) in changes)
        {
            if (!merged.ContainsKey(name)) return TypedResults.BadRequest(new Refusal($"There is no switch '{name}'."));
            merged[name] = value?.DeepClone();
        }
        try
        {
            var changed = merged.Deserialize(SimulatorJson.Of<T>())!;
            set(changed);
            return Shown(changed);
        }
        catch (JsonException wrong) { return TypedResults.BadRequest(new Refusal(wrong.Message)); }
    }

    // It has a name, because the generator of request delegates cannot write the type of an anonymous one.
    internal sealed record ScriptShown(string Name, string Description);

    internal sealed record Refusal(string Error);

    internal sealed record Pressed(string Keys);

    internal sealed record Habit(string Name, double AnswerAfter = 3, IReadOnlyList<PersonStep>? Steps = null);

    internal sealed record Money(bool Out);

    internal sealed record Gate(
        bool RefuseCredentials = false, bool Unreachable = false, bool HoldTokens = false, bool HoldOrders = false,
        bool HoldRecords = false,
        bool RecordsUnavailable = false, bool OrdersFail = false);
}
