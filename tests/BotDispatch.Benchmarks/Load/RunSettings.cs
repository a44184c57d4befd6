using System.Security.Cryptography;
using System.Text.Json;
using BotDispatch.Benchmarks.Generator;

namespace BotDispatch.Benchmarks.Load;

/// <summary>What the product is started with: its own defaults, without any waiting, and people and tickets that are made up.</summary>
internal static class RunSettings
{
    const int People = 12;
    const int HeldTickets = 2000;

    // Apart from the database: the folder of a list is watched for changes.
    const string Lists = "lists";

    /// <summary>Writes the lists and the key file into the folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="held">How many tickets there are for dispatches whose calls wait; null for as many as usual.</param>
    public static void WriteFiles(string folder, int? held = null)
    {
        Directory.CreateDirectory(Path.Combine(folder, Lists));
        File.WriteAllText(Path.Combine(folder, "secrets.key"), Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(folder, "secrets.key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        // The last digit of a number says whether it is picked up.
        var rows = Enumerable.Range(1, People).Select(n => $"load.{n},Person {n},load.{n}@example.com,+4477009{n:00000},en-GB,Europe/London,lifts; electrics");
        File.WriteAllLines(Path.Combine(folder, Lists, "employees.csv"), rows.Prepend("id,name,email,phone,language,timezone,skills"));
        var tickets = Enumerable.Range(1, DispatchDriver.Tickets).Select(n => $"LOAD-{n}").Concat(Enumerable.Range(1, held ?? HeldTickets).Select(n => $"HELD-{n}"));
        File.WriteAllText(Path.Combine(folder, Lists, "tickets.json"), JsonSerializer.Serialize(tickets.Select(reference => new
        {
            reference,
            title = "Lift 2 is stuck between floors with two people inside",
            description = "The emergency phone works and both are calm. The lift stopped at 09:12 between the third and the fourth floor. Reception holds the key to the machine room.",
            priority = "P1",
            place = "Harbour House, east wing",
            link = "https://tickets.example.com/" + reference,
        })));
    }

    /// <summary>The settings, as environment variables.</summary>
    public static Dictionary<string, string> For(string folder, string database, string environment, Uri own, Uri generator) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = environment,
        ["ASPNETCORE_URLS"] = own.GetLeftPart(UriPartial.Authority),
        ["PublicBaseAddress"] = own.GetLeftPart(UriPartial.Authority),
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(folder, database)}",
        ["Secrets__KeyFile"] = Path.Combine(folder, "secrets.key"),
        ["Employees__File"] = Path.Combine(folder, Lists, "employees.csv"),
        ["Tickets__File"] = Path.Combine(folder, Lists, "tickets.json"),
        ["Routee__BaseAddress"] = generator.GetLeftPart(UriPartial.Authority),
        ["Routee__AuthBaseAddress"] = generator.GetLeftPart(UriPartial.Authority),
        ["Routee__ApplicationId"] = "load",
        ["Routee__ApplicationSecret"] = "load",
        ["Routee__CallerId"] = "+302111234567",
        ["Routee__CallsPerSecond"] = "0",
        ["Policy__RetryPause"] = "00:00:00",
        ["Policy__RoundPause"] = "00:00:00",
        ["Policy__AnswerWindow"] = "00:00:00",
        ["Policy__KeyGrace"] = "00:00:00",
        ["Policy__AcceptedHold"] = "00:00:00",
        ["Policy__OneCallPerPerson"] = "false",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Bench__Chat"] = generator.GetLeftPart(UriPartial.Authority),
    };
}
