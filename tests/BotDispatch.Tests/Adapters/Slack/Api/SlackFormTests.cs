using System.Text.Json.Nodes;
using BotDispatch.Http;
using BotDispatch.Slack.Api;
using BotDispatch.Tests.Adapters.Slack.Drawing;

namespace BotDispatch.Tests.Adapters.Slack.Api;

public class SlackFormTests
{
    public static TheoryData<string> Names => [.. Drawings.All.Select(drawing => drawing.Name)];

    [Theory, MemberData(nameof(Names))]
    public async Task A_form_has_the_same_bytes_as_the_systems_own_escaping(string name)
    {
        var arguments = Drawings.All.Single(drawing => drawing.Name == name).Message.Arguments("C0 OPS/ä+&=%~._-", isPlain: false);

        (await SlackForm.Of(arguments).ReadAsStringAsync()).ShouldBe(Escaped(arguments.AsObject()));
    }

    [Fact]
    public async Task Half_a_letter_and_every_other_letter_are_written_as_the_system_writes_them()
    {
        var letters = string.Concat(Enumerable.Range(1, 0x2FFF).Select(letter => (char)letter)) + "\uD83D" + "😀" + "\uDE00";
        var arguments = new JsonObject { ["text"] = letters, ["number"] = 5, ["flag"] = true, ["nothing"] = null, ["a list"] = new JsonArray(letters) };

        (await SlackForm.Of(Nodes.Arguments(arguments)).ReadAsStringAsync()).ShouldBe(Escaped(arguments));
    }

    [Fact]
    public async Task An_argument_that_is_set_twice_is_sent_once_and_one_without_a_value_is_not_sent()
    {
        SlackArguments arguments = new() { ["channel"] = "C1", ["user"] = "U1", ["ts"] = "1" };
        arguments["channel"] = "C2";
        arguments["ts"] = (string?)null;

        (await SlackForm.Of(arguments).ReadAsStringAsync()).ShouldBe("user=U1&channel=C2");
    }

    static string Escaped(JsonObject arguments) => string.Join('&', arguments.Where(each => each.Value is not null).Select(each =>
        $"{Uri.EscapeDataString(each.Key)}={Uri.EscapeDataString(each.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : SafeJson.Write(each.Value!))}"));
}
