using System.Text;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>Answers of servers that spoil single letters.</summary>
public sealed class ReadableJsonTests
{
    static string? Title(byte[] body, string? charset = null)
    {
        using var document = JsonDocument.Parse(ReadableJson.Of(body, charset));
        return document.RootElement.GetProperty("title").GetString();
    }

    [Theory]
    [InlineData("iso-8859-1"), InlineData("\"latin1\""), InlineData("utf-8"), InlineData("x-nonsense"), InlineData(null)]
    // .NET 10 throws NotSupportedException for UTF-7 and not the ArgumentException of a name that it does not know.
    [InlineData("utf-7"), InlineData("unicode-1-1-utf-7")]
    public void Words_in_ISO_8859_1_are_read_whatever_the_server_says_of_them(string? charset) =>
        Title(Encoding.Latin1.GetBytes("""{"title":"Pümpe läuft"}"""), charset).ShouldBe("Pümpe läuft");

    [Theory]
    [InlineData("utf-16"), InlineData("utf-16le")]
    public void Words_in_UTF_16_are_read_if_the_server_says_so(string charset) =>
        Title(Encoding.Unicode.GetBytes("""{"title":"Pümpe 😀"}"""), charset).ShouldBe("Pümpe 😀");

    [Fact]
    public void Words_in_UTF_8_stay_as_they_are_whatever_the_server_says() =>
        Title([0xEF, 0xBB, 0xBF, .. """{"title":"Pümpe 😀"}"""u8], "iso-8859-1").ShouldBe("Pümpe 😀");

    [Theory]
    [InlineData("""Pump \ud83d""", "Pump  ")]
    [InlineData("""\uDE00 Pump""", "  Pump")]
    [InlineData("""\ud83d\ud83d\ude00\ude00""", " 😀 ")]
    [InlineData("""\ud83d\u0041""", " A")]
    [InlineData("""\\ud83d \"\\\ud83d\" \u00e9""", """\ud83d "\ " é""")]
    [InlineData("""a\ud83d\n""", "a \n")]
    public void Half_a_character_is_a_blank_and_the_words_beside_it_stay(string written, string read) =>
        Title(Encoding.UTF8.GetBytes($$"""{"title":"{{written}}"}""")).ShouldBe(read);

    [Theory]
    [InlineData("""{"title":"\ud83""")]
    [InlineData("""{"title":"\ud""")]
    [InlineData("\\")]
    [InlineData("")]
    public void An_answer_that_was_cut_stays_as_it_is(string cut) =>
        ReadableJson.Of(Encoding.UTF8.GetBytes(cut), null).ToArray().ShouldBe(Encoding.UTF8.GetBytes(cut));
}
