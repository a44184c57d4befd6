using System.Diagnostics;
using System.Globalization;
using System.Text;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Load;

namespace BotDispatch.Benchmarks.Chats;

/// <summary>The parts that measure one thing each: a Slack that hangs, one with limits, many open dispatches, and the start.</summary>
internal sealed partial class ChatRun
{
    const int Starts = 7;
    const double Hang = 30;
    const double Ring = 10;

    // The phones of a hanging Slack are answered within its silence.
    const double HangPerSecond = 20;

    // Seven calls, and their key presses.
    const double Journey = 7 * Ring;

    static readonly int[] InFlights = [4, 8, 16, 32];

    /// <summary>Keys while Slack hangs, and while it answers, in turns.</summary>
    async Task<string> HangAsync()
    {
        var text = new StringBuilder(Row("Slack", "keys", "key press to answer, p50 / p99 ms", "failed") + Row("---", "---:", "---:", "---:"));
        foreach (var each in contestants)
        {
            await StageAsync(each, options.WarmUp, options.InFlight);
            var (calm, hung) = (new List<Spread>(), new List<Spread>());
            for (var round = 0; round < 2 * options.Rounds; round++)
            {
                var hangs = round % 2 == 1;
                var stage = new HangStage(each.Address, options.Dispatches, HangPerSecond, hangs ? Hang : 0);
                var outcome = await RunAsync("hang", stage, GeneratorJson.Default.HangStage, GeneratorJson.Default.DispatchOutcome);
                var keys = outcome.Timings["key press to answer"];
                (hangs ? hung : calm).Add(keys);
                var row = Row(
                    $"{each.Name}, {(hangs ? "hangs" : "answers")}", $"{keys.Count}", $"{keys.P50:0.0} / {keys.P99:0.0}", $"{outcome.Failed}");
                LoadRun.Say(row.Trim());
                text.Append(row);
            }
            text.Append(Row($"**{each.Name}, hanging to answering, medians**", "",
                $"{Middle(hung, s => s.P50) / Middle(calm, s => s.P50):0.00} / {Middle(hung, s => s.P99) / Middle(calm, s => s.P99):0.00}", ""));
        }
        return text.ToString();
    }

    /// <summary>Memory with a hundred open dispatches, and with many.</summary>
    async Task<string> OpenAsync()
    {
        const int few = 100;
        var text = new StringBuilder(
            Row("build", "open", "resident, MB", "managed heap, MB", "KB of heap for each more") + Row("---", "---:", "---:", "---:", "---:"));
        foreach (var each in contestants)
        {
            await StageAsync(each, options.WarmUp, options.InFlight);
            var begin = await HeapAsync(each);
            await OpenAsync(each, 1, few);
            var before = await HeapAsync(each);
            text.Append(Memory(each, few, before, (before - begin) / few));
            var many = each.Name == "baseline" ? options.BaselineOpen : options.Open;
            await OpenAsync(each, few + 1, many - few);
            var after = await HeapAsync(each);
            text.Append(Memory(each, many, after, (after - before) / (many - few)));
            LoadRun.Say($"{each.Name}: {before / 1e6:0.0} MB, then {after / 1e6:0.0} MB of heap");
        }
        return text.ToString();
    }

    static string Memory(Contestant each, int open, double heap, double more) =>
        Row(each.Name, $"{open}", $"{each.Process.Memory.Now:0}", $"{heap / 1e6:0.0}", $"{more / 1e3:0.0}");

    async Task OpenAsync(Contestant each, int from, int count)
    {
        var stage = new OpenStage(each.Address, from, count, options.InFlight);
        var opened = await RunAsync("open", stage, GeneratorJson.Default.OpenStage, GeneratorJson.Default.WebhookOutcome);
        LoadRun.Say($"{each.Name}: {opened.Count} opened in {opened.Seconds:0} s");
        // The last posts and their rows.
        await Task.Delay(3000);
    }

    async Task<double> HeapAsync(Contestant each) =>
        double.Parse(await http.GetStringAsync(new Uri(each.Address, "bench/heap")), CultureInfo.InvariantCulture);

    /// <summary>How late the acceptance is on the card, with so many dispatches in flight in eight channels of one workspace.</summary>
    async Task<string> LimitsAsync()
    {
        var text = new StringBuilder(
            "| build | in flight | posts / drawings | acceptance on the card, p50 / p99 s | in the thread, p50 / p99 s | failed |\n"
            + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
        foreach (var inFlight in InFlights)
            foreach (var each in contestants)
            {
                var stage = new DispatchStage(
                    each.Address, 0, inFlight / Journey, 2.5 * Journey, int.MaxValue, Ring, Channels: 8, HasLimits: true, Longest: 600);
                var outcome = await RunAsync("slack", stage, GeneratorJson.Default.DispatchStage, GeneratorJson.Default.DispatchOutcome);
                string Seconds(string name) => outcome.Timings.TryGetValue(name, out var spread)
                    ? $"{spread.P50 / 1e3:0.0} / {spread.P99 / 1e3:0.0}"
                    : "";
                var row = Row(each.Name, $"{inFlight}", $"{outcome.Posts:0.0} / {outcome.Draws:0.0}",
                    Seconds("last key to acceptance on the card"), Seconds("last key to acceptance in the thread"), $"{outcome.Failed}");
                LoadRun.Say(row.Trim());
                text.Append(row);
            }
        return text.ToString();
    }

    /// <summary>From the start until ready, the builds in turns.</summary>
    async Task<string> StartsAsync()
    {
        var folders = new[] { options.Baseline, options.Build }.OfType<string>().ToList();
        var took = folders.ToDictionary(each => each, _ => new List<double>());
        for (var i = 0; i < Starts; i++)
            foreach (var build in folders)
            {
                var address = LoadRun.FreeAddress();
                var settings = RunSettings.For(folder, $"startup-{folders.IndexOf(build)}.db", "Development", address, generatorAddress);
                settings.Remove("Bench__Chat");
                foreach (var (key, value) in build == options.Build ? options.Settings : [])
                    settings[key] = value;
                var begin = Stopwatch.GetTimestamp();
                using var child = Child.Start(Path.Combine(build, "BotDispatch"), build, settings);
                child.DropOutput();
                await Startup.ReadyAsync(http, address, child);
                took[build].Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        var text = new StringBuilder("| build | first start, ms | median of the others, ms |\n| --- | ---: | ---: |\n");
        foreach (var build in folders)
        {
            var later = took[build].Skip(1).Order().ToList();
            text.Append(Row(build == options.Baseline ? "baseline" : "this build", $"{took[build][0]:0}",
                $"{later[later.Count / 2]:0} ({later[0]:0} to {later[^1]:0})"));
        }
        return text.ToString();
    }

    static double Middle(List<Spread> spreads, Func<Spread, double> value) => spreads.Select(value).Order().ElementAt(spreads.Count / 2);

    static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |\n";
}
