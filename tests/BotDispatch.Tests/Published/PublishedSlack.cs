using BotDispatch.PretendSlack;
using BotDispatch.PretendSlack.Driver;
using BotDispatch.PretendSlack.State;

namespace BotDispatch.Tests.Published;

/// <summary>A workspace on a real port of this machine, with a dispatcher in a channel.</summary>
internal sealed class PublishedSlack : IAsyncDisposable
{
    public const string BotToken = "xoxb-1-pretend";

    const int MostTries = 5;
    static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(10);

    readonly StandInServer server;
    readonly PublishedWorld world;

    PublishedSlack(StandInServer server, PublishedWorld world)
    {
        (this.server, this.world) = (server, world);
        Team = Slack.AddWorkspace("T0ACME", "Acme", BotToken);
        Team.AddPerson(new() { Id = "U0DANA", Team = Team.Id, Name = "dana", RealName = "Dana Dispatcher", Email = "dana@example.com" });
        Ops = Team.AddChannel("C0OPS", "ops").With("U0DANA");
    }

    public SlackStandIn Slack => server.Slack;

    public Workspace Team { get; }

    public Channel Ops { get; }

    /// <summary>What somebody saw as an error from Slack itself, but for the three seconds that a busy machine may not keep.</summary>
    public IReadOnlyList<Complaint> Complaints => [.. Slack.Complaints.Where(each => each.What != "operation_timeout")];

    public SlackUser Dana => Slack.User("U0DANA");

    /// <summary>Makes it, and sets the program up for it.</summary>
    public static async Task<PublishedSlack> StartAsync(PublishedWorld world, bool socketMode = false)
    {
        var options = new StandInOptions { AppAddress = world.Address, SocketMode = socketMode };
        var slack = new PublishedSlack(await StandInServer.StartAsync(TimeProvider.System, options), world);
        world.Settings["Slack:ApiBaseAddress"] = slack.server.Api.AbsoluteUri;
        world.Settings["Slack:BotToken"] = BotToken;
        world.Settings["Slack:SigningSecret"] = options.SigningSecret;
        world.Settings["Slack:AppToken"] = socketMode ? options.AppToken : "";
        world.Settings["Api:Channel"] = "slack:T0ACME/C0OPS";
        return slack;
    }

    /// <summary>Types a command, and returns what only she sees then.</summary>
    public async Task<string> AskAsync(string command)
    {
        var before = Dana.Ephemerals.Count;
        await TypeAsync(command, () => Dana.Ephemerals.Count > before);
        return Dana.Ephemerals[^1].Words;
    }

    /// <summary>Types the command, picks these people in this order, sends the dialog, and returns the card.</summary>
    public async Task<Message> DispatchAsync(string command, params string[] people)
    {
        var cards = Cards.Count;
        await TypeAsync(command, () => Dana.Dialog?.Blocks.Any(each => (string?)each!["block_id"] == "people") == true);
        await Dana.PickAsync(Dana.Dialog!, "people", people);
        // If an answer comes too late, the dialog stays open although the dispatch has begun.
        for (var tries = 0; Dana.Dialog is { } dialog && Cards.Count == cards && tries < MostTries; tries++)
            await Dana.SubmitAsync(dialog);
        await world.UntilAsync(() => Cards.Count > cards, () => "no card is posted");
        return Cards[^1];
    }

    // A busy machine may be too slow for the three seconds of a chat, and then a person types it again.
    async Task TypeAsync(string command, Func<bool> isAnswered)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            if (Dana.Dialog is { } stale)
                await Dana.CloseAsync(stale, all: true);
            await Dana.TypeAsync(command, Ops);
            for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < LongestAnswer; await Task.Delay(20))
                if (isAnswered())
                    return;
        }
        throw new InvalidOperationException($"{command} is not answered: {Dana.Dialog}\n{world.Program.Said}");
    }

    /// <summary>Waits until the thread of a card says these words, and returns the whole of it.</summary>
    public async Task<string> ThreadAsync(Message card, string words)
    {
        await world.UntilAsync(() => Thread().Contains(words, StringComparison.Ordinal), () => $"the thread never says: {words}\n{Thread()}");
        return Thread();

        string Thread() => string.Join('\n', Ops.RepliesTo(card).Select(reply => reply.Words)).Replace("\u200B", "", StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    IReadOnlyList<Message> Cards => [.. Ops.Roots.Where(each => each.IsFromBot)];
}
