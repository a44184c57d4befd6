using System.Net.WebSockets;
using System.Text;
using BotDispatch.Slack.Sockets;

namespace BotDispatch.Tests.Adapters.Slack.Sockets;

public sealed class FrameTests
{
    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{}")]
    [InlineData("""{"type":"goodbye"}""")]
    [InlineData("""{"type":7,"envelope_id":null}""")]
    [InlineData("""{"type":"interactive","envelope_id":"\ud800"}""")]
    public async Task A_frame_that_nobody_can_read_is_logged_and_survived(string text)
    {
        await using var slack = await SlackSide.StartAsync();
        var link = await slack.ReadyAsync();
        link.Say(text);
        link.Envelope("e-1");
        (await link.AcknowledgedAsync()).ShouldBe("e-1");
        await slack.Log.SaysAsync(535);
    }

    [Fact]
    public async Task An_envelope_in_many_fragments_is_one()
    {
        await using var slack = await SlackSide.StartAsync();
        var link = await slack.ReadyAsync();
        var bytes = Encoding.UTF8.GetBytes(FakeLink.EnvelopeText("Ω-1"));
        foreach (var (at, one) in bytes.Index())
            link.Part([one], end: at == bytes.Length - 1);
        (await link.AcknowledgedAsync()).ShouldBe("Ω-1");
    }

    [Fact]
    public async Task A_large_envelope_is_taken_and_one_beyond_all_measure_is_left_out()
    {
        await using var slack = await SlackSide.StartAsync();
        var link = await slack.ReadyAsync();
        link.Say(FakeLink.EnvelopeText("large").PadRight(SocketReader.Largest));
        (await link.AcknowledgedAsync()).ShouldBe("large");
        link.Say(FakeLink.EnvelopeText("too large").PadRight(SocketReader.Largest + 1));
        link.Envelope("after it");
        (await link.AcknowledgedAsync()).ShouldBe("after it");
        (await slack.Log.SaysAsync(535)).Text.ShouldContain("too large");
    }

    [Fact]
    public async Task Frames_that_are_no_text_are_left_out()
    {
        await using var slack = await SlackSide.StartAsync();
        var link = await slack.ReadyAsync();
        link.Part(Encoding.UTF8.GetBytes(FakeLink.EnvelopeText("binary")), end: true, WebSocketMessageType.Binary);
        link.Envelope("text");
        (await link.AcknowledgedAsync()).ShouldBe("text");
    }
}
