using BotDispatch.Dispatching;
using BotDispatch.Ports;
using BotDispatch.Tests.Flows;
using Microsoft.Extensions.DependencyInjection;

namespace BotDispatch.Tests.Hosting;

/// <summary>What the first dialog needs is done once before the process says that it is ready; and <c>/readyz</c> tells of the chats.</summary>
public sealed class WarmupTests
{
    static readonly Dictionary<string, string> BothChats = new()
    {
        ["Slack:SigningSecret"] = "secret",
        ["Slack:BotToken"] = "xoxb-1",
        ["Slack:ApiBaseAddress"] = "http://127.0.0.1:9/api/",
    };

    [Fact]
    public async Task Every_warm_up_comes_to_its_end_and_changes_nothing()
    {
        await using var world = await World.BeginAsync(BothChats);
        var warmups = world.App.Services.GetServices<IWarmup>().ToList();
        warmups.Select(each => each.GetType().Name).ShouldBe(["FormWarmup", "SlackWarmup", "TeamsWarmup"], ignoreOrder: true);
        // A fault in one is passed over at the start, so it is met here.
        foreach (var warmup in warmups)
            await warmup.WarmUpAsync(CancellationToken.None);
        (await world.App.Get<DispatchEngine>().ListOpenAsync(CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Readiness_says_of_each_chat_that_is_set_up_whether_it_is_connected()
    {
        await using var world = await World.BeginAsync(BothChats);
        using var http = world.App.CreateClient();
        (await http.GetStringAsync(new Uri("/readyz", UriKind.Relative))).ShouldBe("ready\nSlack: not asked yet");
    }
}
