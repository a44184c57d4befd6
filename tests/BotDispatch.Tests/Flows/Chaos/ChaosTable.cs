using System.Globalization;

namespace BotDispatch.Tests.Flows.Chaos;

/// <summary>The table that <c>tests/run chaos</c> prints, one row for each kind of trouble; written row by row, so that a run that is ended early shows what it had done.</summary>
internal static class ChaosTable
{
    static readonly (Promise Promise, string Column, string Meaning)[] Columns =
    [
        (Promise.OrderAfterClosing, "closed", "orders that left after their dispatch was closed"),
        (Promise.OrderAfterGivenUp, "stale", "orders that left before their call was begun or after the attempt was given up"),
        (Promise.CallsAtOnce, "at once", "two live calls to one number or of one dispatch, or two for one attempt"),
        (Promise.CallTooMany, "too many", "more calls to somebody in a round than attempts are set"),
        (Promise.SaidAccepted, "untrue", "told on the phone that the job is theirs, and it is not"),
        (Promise.SettledUnread, "unread", "\"No answer\" for an answered call whose records were not read, or in which 1 was pressed"),
        (Promise.LineNotShown, "untold", "outcomes that the thread never showed"),
        (Promise.CardNotTrue, "card", "not one card, or one that does not say how it ended"),
        (Promise.NeverEnded, "endless", "dispatches that did not end"),
        (Promise.LeftBehind, "left", "work left behind in the database"),
        (Promise.HealthUntrue, "health", "/readyz or /healthz said what is not so"),
        (Promise.ErrorToStranger, "5xx", "requests of strangers answered as a fault of ours"),
        (Promise.PrivateWordLogged, "log", "numbers, tickets, notes or callback tokens in the log"),
        (Promise.UnavailableRung, "away", "calls to somebody who was away or off shift"),
        (Promise.NoteTwice, "twice", "notes that are twice in a ticket"),
        (Promise.AlertTwice, "alerts", "alerts that became several dispatches, or none"),
        (Promise.WebhookMissed, "webhooks", "webhooks that did not get every event in order"),
        (Promise.Surprise, "other", "whatever nobody had thought of"),
    ];

    /// <summary>Where the table is written to; null if nobody wants it.</summary>
    static string? File => Environment.GetEnvironmentVariable("BOTDISPATCH_CHAOS_TABLE") is { Length: > 0 } file ? file : null;

    public static void Write(string trouble, IReadOnlyList<Played> played)
    {
        if (File is not { } file)
            return;
        if (!System.IO.File.Exists(file) || new FileInfo(file).Length == 0)
            System.IO.File.AppendAllLines(file,
            [
                .. Columns.Select(column => $"{column.Column,10}: {column.Meaning}"), "",
                Row("trouble", ["scenarios", "dispatches", "calls", .. Columns.Select(column => column.Column)]),
            ]);
        var broken = played.SelectMany(each => each.Broken).ToLookup(each => each.Promise);
        int[] numbers = [played.Count, played.Sum(each => each.Dispatches), played.Sum(each => each.Calls), .. Columns.Select(column => broken[column.Promise].Count())];
        System.IO.File.AppendAllLines(file, [Row(trouble, [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))])]);
    }

    /// <summary>What was broken, each with how to play it again alone; empty if nothing was.</summary>
    public static string Tell(string trouble, IEnumerable<Played> played) => string.Join("\n\n", played.Where(each => each.Broken.Count > 0).OrderBy(each => each.Seed).Select(each =>
        $"tests/run chaos --trouble {trouble} --seed {each.Seed} --scenarios 1\n{string.Join("\n", each.Broken.Select(one => $"  {one.Promise}: {one.How}"))}\n  steps:\n    {string.Join("\n    ", each.Steps)}"));

    static string Row(string trouble, IReadOnlyList<string> cells) => $"{trouble,-10}{string.Concat(cells.Select(cell => $" {cell,10}"))}";
}
