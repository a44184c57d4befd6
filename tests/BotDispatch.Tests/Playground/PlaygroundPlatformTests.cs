using BotDispatch.Core;
using BotDispatch.Playground;
using BotDispatch.Ports;

namespace BotDispatch.Tests.Playground;

public class PlaygroundPlatformTests : IAsyncLifetime
{
    static readonly DispatchCard Card = new(
        new("abc"), new("INC-1", "It broke"), null, new("playground", "dispatcher", "Dana"), CardStatus.Calling, "Ringing Ann.", null, null, [], [], false);

    PlaygroundHost host = null!;

    PlaygroundPlatform Platform => host.Get<PlaygroundPlatform>();

    public async Task InitializeAsync() => host = await PlaygroundHost.StartAsync();

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task A_card_posted_again_after_a_lost_answer_is_the_same_message_drawn_anew()
    {
        var first = await PostAsync(Card);
        await host.RestartAsync();
        var again = await PostAsync(Card with { Status = CardStatus.Waiting });

        again.ShouldBe(first);
        (await MessagesAsync()).ShouldHaveSingleItem().Body.GetProperty("status").GetString().ShouldBe("Waiting");
    }

    [Fact]
    public async Task A_reply_with_the_same_key_is_said_once()
    {
        var thread = new ChatThread(PlaygroundPlatform.Channel, await PostAsync(Card));
        var update = new ThreadUpdate("1-2", [new(Tone.Good, "Ann accepted", Card.AskedBy)], AlsoInChannel: true);

        (await Platform.ReplyAsync(thread, update, 0, default)).ShouldBe(await Platform.ReplyAsync(thread, update, 1, default));

        (await MessagesAsync()).Count(message => message.Kind == "reply").ShouldBe(1);
    }

    [Fact]
    public async Task A_card_that_is_not_there_is_gone()
    {
        (await Platform.RedrawAsync(new(PlaygroundPlatform.Channel, "99"), Card, default)).ShouldBeOfType<Posted.Gone>();
        (await Platform.RedrawAsync(new(PlaygroundPlatform.Channel, "x"), Card, default)).ShouldBeOfType<Posted.Gone>();
    }

    async Task<string> PostAsync(DispatchCard card) => (await Platform.PostCardAsync(PlaygroundPlatform.Channel, card, 0, default)).ShouldBeOfType<Posted.Done>().MessageId;

    Task<IReadOnlyList<MessageView>> MessagesAsync() => host.Get<PlaygroundMessages>().ListAsync(default);
}
