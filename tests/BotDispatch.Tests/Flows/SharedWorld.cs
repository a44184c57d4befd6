using System.Reflection;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Simulator;
using BotDispatch.Storage;
using Dapper;

namespace BotDispatch.Tests.Flows;

/// <summary>One world in which many cases are played one after the other, each with a Routee that behaves differently.</summary>
public sealed class SharedWorld : IAsyncLifetime
{
    int stories;

    internal World World { get; private set; } = null!;

    public async Task InitializeAsync() => World = await World.BeginAsync();

    public async Task DisposeAsync() => await World.DisposeAsync();

    /// <summary>Plays a case under these settings, and proves that it ended as it must.</summary>
    internal async Task TellAsync(DispatchCase dispatchCase, string settings)
    {
        World.Routee.Reset();
        Settings.Apply(settings, World.Routee);
        foreach (var (person, script) in dispatchCase.People)
            World.Phone(person).Script = script;
        var id = await World.DispatchAsync($"Story number {++stories}", [.. dispatchCase.People.Select(each => each.Person)]);
        try
        {
            var end = await World.ToTheEndAsync(id);
            await World.PassAsync(TimeSpan.FromMinutes(3));
            await ProveAsync(dispatchCase, await World.StateAsync(id), id);
            (await World.PressAsync(World.Dana, id, CardAction.Done)).ShouldBeOfType<ChatReply.Nothing>();
        }
        catch (Exception exception)
        {
            // The next case finds nobody on the phone.
            await World.PressAsync(World.Dana, id, CardAction.Cancel);
            await World.PressAsync(World.Dana, id, CardAction.Done);
            throw new InvalidOperationException($"Under {settings}: {exception.Message}", exception);
        }
    }

    async Task ProveAsync(DispatchCase dispatchCase, DispatchState end, DispatchId id)
    {
        end.Resolution.ShouldBeOfType<Resolution.Accepted>().Attempt.Callee.ShouldBe(dispatchCase.AcceptedBy);
        end.Legs.Select(leg => leg.Attempt.Callee).ShouldBe(dispatchCase.Calls);
        foreach (var (person, index) in dispatchCase.People.Select((each, index) => (each.Person, index)))
            World.CallsTo(person).Count.ShouldBe(dispatchCase.Calls.Count(callee => callee == index), $"calls to {person}");
        var shown = World.Thread(id);
        shown.Where(IsOutcome).Select(WithoutWhen).ShouldBe(dispatchCase.Outcomes.Append($"Accepted: {end.Plan.Roster[dispatchCase.AcceptedBy].Name} pressed 1 (attempt 1 of 3). {end.Plan.Ticket.Title}"));
        World.Chat.Cards.Single(card => card.Id == id).Status.ShouldBe(CardStatus.Accepted);
        await using var connection = await World.App.Get<Database>().OpenAsync(default);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM lanes")).ShouldBe(0, "lanes left behind");
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM lines WHERE is_accepted = 0")).ShouldBe(0, "lines left behind");
    }

    static bool IsOutcome(string line) => line.StartsWith("Accepted:", StringComparison.Ordinal) || line.Contains(": Rejected") || line.Contains(" of 3: ");

    // When a key became known is not what became of the call.
    static string WithoutWhen(string line) => line.Replace("; reported after the call", "", StringComparison.Ordinal).Replace(" (reported after the call)", "", StringComparison.Ordinal);
}

/// <summary>What people do, and what must come of it however Routee behaves.</summary>
/// <param name="People">Whom to call, in order, and what they do.</param>
/// <param name="Calls">Who is called, call by call.</param>
/// <param name="AcceptedBy">Who has the job in the end.</param>
/// <param name="Outcomes">What the thread says of every call before that.</param>
internal sealed record DispatchCase((string Person, PersonScript Script)[] People, int[] Calls, int AcceptedBy, string[] Outcomes)
{
    static readonly (string, PersonScript) MarcusAccepts = ("marcus.reed", new PersonScript.AnswersAndAccepts());

    public static IReadOnlyDictionary<string, DispatchCase> All { get; } = new Dictionary<string, DispatchCase>
    {
        ["accepts"] = new([("ann.lee", new PersonScript.AnswersAndAccepts())], [0], 0, []),
        ["rejects, the next accepts"] = new([("ann.lee", new PersonScript.AnswersAndRejects()), MarcusAccepts], [0, 1], 1, ["Ann Lee pressed 2: Rejected."]),
        ["three times no answer, the next accepts"] = new([("ann.lee", new PersonScript.NeverAnswers()), MarcusAccepts], [0, 0, 0, 1], 1, ThreeTimes("not picked up")),
        ["a wrong key, then 1"] = new(
            [("ann.lee", new PersonScript.Custom(3, [PersonStep.PressDuring(2, 1.5, "9"), PersonStep.PressDuring(4, 1.5, "1")]))], [0], 0, []),
        ["silence, then late"] = new([("ann.lee", new PersonScript.PressesLate())], [0], 0, []),
        ["voicemail, the next accepts"] = new([("ann.lee", new PersonScript.Voicemail()), MarcusAccepts], [0, 0, 0, 1], 1, ThreeTimes("voicemail")),
    };

    static string[] ThreeTimes(string evidence) => [.. Enumerable.Range(1, 3).Select(attempt => $"Ann Lee, attempt {attempt} of 3: No answer ({evidence}).")];
}

/// <summary>Ways in which Routee can behave, written as <c>Name=Value, Name=Value</c>.</summary>
internal static class Settings
{
    static readonly PropertyInfo[] Switches = typeof(SimulatorSwitches).GetProperties();
    static readonly PropertyInfo[] Disorders = typeof(DisorderSwitches).GetProperties();

    /// <summary>Every value of every switch.</summary>
    public static IReadOnlyList<string> OfSwitches { get; } = [.. Switches.SelectMany(Values)];

    /// <summary>Every disorder, in each of its forms.</summary>
    public static IReadOnlyList<string> OfDisorder { get; } = [.. Disorders.SelectMany(Values)];

    public static void Apply(string settings, RouteeSimulator routee)
    {
        foreach (var (name, value) in settings.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split('=')).Select(parts => (parts[0], parts[1])))
        {
            var property = Switches.Concat(Disorders).Single(each => each.Name == name);
            property.SetValue(Switches.Contains(property) ? routee.Switches : routee.Disorder, Parse(property.PropertyType, value));
        }
    }

    static IEnumerable<string> Values(PropertyInfo property) => property.PropertyType switch
    {
        { IsEnum: true } type => Enum.GetNames(type).Select(name => $"{property.Name}={name}"),
        var type when type == typeof(bool) => [$"{property.Name}=True"],
        var type when type == typeof(int) => [$"{property.Name}=1", $"{property.Name}=2"],
        // Within what a request is waited for, and beyond it.
        var type when type == typeof(TimeSpan) => [$"{property.Name}=00:00:03", $"{property.Name}=00:00:12"],
        var type => throw new NotSupportedException($"{property.Name} is of a type that nobody thought of: {type}"),
    };

    static object Parse(Type type, string value) => type switch
    {
        { IsEnum: true } => Enum.Parse(type, value),
        _ when type == typeof(bool) => bool.Parse(value),
        _ when type == typeof(int) => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => TimeSpan.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
    };
}
