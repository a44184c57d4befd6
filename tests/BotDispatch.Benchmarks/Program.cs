using BotDispatch.Benchmarks.Bare;
using BotDispatch.Benchmarks.Chats;
using BotDispatch.Benchmarks.Deadlines;
using BotDispatch.Benchmarks.Generator;
using BotDispatch.Benchmarks.Host;
using BotDispatch.Benchmarks.Load;
using BotDispatch.Benchmarks.Machines;
using BotDispatch.Benchmarks.Pickers;
using BotDispatch.Benchmarks.Slack;

namespace BotDispatch.Benchmarks;

/// <summary>One program with several parts: <c>load</c> is what a person runs, the others are the processes that it starts.</summary>
internal static class Program
{
    static int Number(string[] written, int otherwise) => written is [var one] ? int.Parse(one, System.Globalization.CultureInfo.InvariantCulture) : otherwise;

    static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["load", .. var options] when options.All(option => option is "--short" or "--no-startup"):
                return await LoadRun.RunAsync(isShort: options.Contains("--short"), withStartup: !options.Contains("--no-startup"));
            case ["cpu", var dispatches]:
                return await LoadRun.RunAsync(isShort: true, withStartup: false, only: int.Parse(dispatches, System.Globalization.CultureInfo.InvariantCulture));
            case ["slack", .. var options] when options.All(option => option is "--short"):
                return await SlackRun.RunAsync(isShort: options.Contains("--short"));
            case ["slack", "--short", "--only", var rows]:
                return await SlackRun.RunAsync(isShort: true, rows);
            case ["chat", .. var asked] when ChatRunOptions.Read(asked) is { } options:
                return await ChatRun.RunAsync(options);
            case ["deadlines", var count]:
                return await DeadlineRun.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            case ["alerts", .. var rounds]:
                return await AlertRun.RunAsync(Number(rounds, 20));
            case ["tickets", .. var tickets]:
                return await TicketRun.PollAsync(Number(tickets, 10_000));
            case ["slow-tickets", .. var pairs]:
                return await TicketRun.SlowAsync(Number(pairs, 24));
            case ["redmine"]:
                await PretendRedmine.RunAsync();
                return 0;
            case ["picker", var count]:
                return await PickerRun.RunAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
            case ["null-bot", var own, var around, .. var file]:
                await NullBot.RunAsync(new Uri(own), new Uri(around), file.SingleOrDefault());
                return 0;
            case ["host", .. var settings]:
                return BenchHost.Run(settings);
            case ["generator"]:
                await GeneratorApp.RunAsync();
                return 0;
            case ["generator", var port, var certificate]:
                await GeneratorApp.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), certificate);
                return 0;
            case ["slack-world"]:
                await SlackWorld.RunAsync();
                return 0;
            case ["bare", var folder]:
                await BareApp.RunAsync(folder);
                return 0;
            default:
                await Console.Error.WriteLineAsync("Usage: load [--short] [--no-startup], cpu <dispatches> for a quick comparison, chat [--teams] [--hang | --open | --limits | --starts] [--baseline <folder>] [--build <folder>], deadlines <count>, picker <people>, alerts [<bursts>], tickets [<tickets>], slow-tickets [<pairs>], or slack [--short [--only <rows>]] beside @slack/bolt");
                return 2;
        }
    }
}
