using System.Runtime.CompilerServices;
using BotDispatch.Core;
using BotDispatch.Ports;
using BotDispatch.Simulator;

namespace BotDispatch.Playground;

/// <summary>
/// The pretend telephones of the directory's people, addressed by employee. A page can watch them live and operate them. If calls go to
/// real telephones, there are none, and the page says so.
/// </summary>
internal sealed class PlaygroundPhones(IEmployeeDirectory directory, PlaygroundHabits habits, RouteeSimulator? simulator = null)
{
    const string PhonedForReal = "Phoned for real: no pretend phone";

    /// <summary>Whether there are pretend telephones.</summary>
    public bool ArePretend => simulator is not null;

    /// <summary>Every habit of the menu.</summary>
    public static IReadOnlyList<HabitView> Habits { get; } =
        [.. PersonScript.All.Select(script => new HabitView(script.Name, Label(script.Name), script.Description))];

    /// <summary>Returns all phones, in the directory's order.</summary>
    public async Task<IReadOnlyList<PhoneView>> ListAsync(CancellationToken ct) =>
        [.. (await directory.ListAsync(ct)).Select(employee =>
            View(employee, employee.Phone is { } number ? simulator?.Phone(number).Snapshot : null))];

    /// <summary>Returns everybody who can be called, in the directory's order.</summary>
    public async Task<IReadOnlyList<Employee>> ListPhonableAsync(CancellationToken ct) =>
        [.. (await directory.ListAsync(ct)).Where(employee => employee is { Phone: not null, PhoneProblem: null })];

    /// <summary>Operates the phone of that employee. If the phone cannot do that now, the answer says why.</summary>
    public async Task<IResult> ActAsync(string employee, Func<Phone, Task> act, CancellationToken ct)
    {
        if ((await directory.ListAsync(ct)).FirstOrDefault(each => each.Id.Value == employee)?.Phone is not { } number)
            return TypedResults.NotFound();
        if (simulator is null)
            return TypedResults.Problem(PhonedForReal, statusCode: StatusCodes.Status409Conflict);
        try
        {
            await act(simulator.Phone(number));
            return TypedResults.NoContent();
        }
        catch (InvalidOperationException)
        {
            return TypedResults.Problem("The phone is not in a call that allows this.", statusCode: StatusCodes.Status409Conflict);
        }
        catch (ArgumentException)
        {
            return TypedResults.Problem("A phone has no such key.", statusCode: StatusCodes.Status400BadRequest);
        }
    }

    /// <summary>Gives the phone of that employee a habit, and stores the choice.</summary>
    public async Task<IResult> SetHabitAsync(string employee, string habit, CancellationToken ct)
    {
        if (PersonScript.Named(habit) is not { } script)
            return TypedResults.Problem("There is no such habit.", statusCode: StatusCodes.Status400BadRequest);
        await habits.KeepAsync(employee, habit, ct);
        return await ActAsync(employee, phone => SetAsync(phone, script), ct);
    }

    /// <summary>Gives the phone of that employee a habit for the current demonstration only.</summary>
    public Task<IResult> SetOnceAsync(EmployeeId employee, PersonScript script, CancellationToken ct) =>
        ActAsync(employee.Value, phone => SetAsync(phone, script), ct);

    /// <summary>Returns each change of a phone, once for every employee with its number.</summary>
    public async IAsyncEnumerable<PhoneView> WatchAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (simulator is null)
            yield break;
        await foreach (var phone in simulator.WatchAsync(ct))
            foreach (var employee in (await directory.ListAsync(ct)).Where(each => each.Phone == phone.Number))
                yield return View(employee, phone);
    }

    /// <summary>Gives every phone the habit that was chosen before a restart.</summary>
    public async Task RestoreHabitsAsync(CancellationToken ct)
    {
        foreach (var (employee, habit) in await habits.ListAsync(ct))
            if (PersonScript.Named(habit) is { } script)
                await ActAsync(employee, phone => SetAsync(phone, script), ct);
    }

    static Task SetAsync(Phone phone, PersonScript script)
    {
        phone.Script = script;
        return Task.CompletedTask;
    }

    PhoneView View(Employee employee, PhoneSnapshot? phone) => new(
        employee.Id.Value, employee.Name, employee.Phone is { } number ? MaskedNumber.Of(number) : null, employee.Language,
        employee.PhoneProblem ?? (employee.Phone is null ? "No telephone number" : ArePretend ? null : PhonedForReal),
        phone?.State.ToString() ?? nameof(PhoneState.Idle), phone?.Script, phone?.Speaking, phone?.Language, phone?.Gender,
        phone?.SpeechId ?? 0,
        phone?.Listening ?? false, phone?.CallId, phone?.Since?.ToUnixTimeMilliseconds(), phone?.LastEnded);

    static string Label(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');
}
