using System.Text;
using System.Text.Json;
using BotDispatch.Http;

namespace BotDispatch.Tests.Http;

/// <summary>System.Text.Json of .NET 10 parses half a surrogate pair and raises InvalidOperationException when that name or text is read or compared with.</summary>
public sealed class SafeJsonTests
{
    static readonly byte[] InvalidUtf8 = [.. "{\"a"u8, 0xFF, .. "\":1,\"name\":\"Ann\"}"u8];

    public static TheoryData<byte[]> Objects =>
    [
        Encoding.UTF8.GetBytes("""{"\ud800":1,"name":"Ann"}"""),
        Encoding.UTF8.GetBytes("""{"name":"Ann","nam\ud800":1}"""),
        Encoding.UTF8.GetBytes("""{"\udc00ame":"\udc00","x":"\ud800","name":"Ann"}"""),
        Encoding.UTF8.GetBytes("""{"name":"Bob","name":"Ann"}"""),
        InvalidUtf8,
    ];

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_field_is_found_beside_whatever_cannot_be_read(byte[] utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        SafeJson.TextOf(SafeJson.Find(document.RootElement, "name")!.Value).ShouldBe("Ann");
        SafeJson.TextOf(SafeJson.Find(document.RootElement, "NAME", StringComparison.OrdinalIgnoreCase)!.Value).ShouldBe("Ann");
        SafeJson.Find(document.RootElement, "nothing", StringComparison.OrdinalIgnoreCase).ShouldBeNull();
    }

    [Fact]
    public void A_byte_order_mark_before_the_object_is_skipped()
    {
        byte[] marked = [0xEF, 0xBB, 0xBF, .. "{\"name\":\"Ann\"}"u8];
        SafeJson.TextOf(SafeJson.Find(SafeJson.Parse(marked)!.Value, "name")!.Value).ShouldBe("Ann");
        SafeJson.Read(marked, body => SafeJson.TextOf(SafeJson.Find(body, "name")!.Value)).ShouldBe("Ann");
    }

    [Fact]
    public void Half_a_character_is_no_text()
    {
        using var document = JsonDocument.Parse("""{"name":"\ud800"}""");
        SafeJson.TextOf(SafeJson.Find(document.RootElement, "name")!.Value).ShouldBeNull();
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("[{\"id\":1}]")]
    [InlineData("{\"id\":")]
    public void An_answer_that_is_no_JSON_object_is_none(string answer) => SafeJson.Parse(Encoding.UTF8.GetBytes(answer)).ShouldBeNull();

    [Fact]
    public void What_is_nested_deeper_than_any_chat_nests_is_none() =>
        SafeJson.Parse(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 70)) + "1" + new string('}', 70))).ShouldBeNull();

    [Fact]
    public void A_single_value_is_read_as_it_is_written_and_anything_else_is_missing()
    {
        var json = SafeJson.Parse(""" {"text":"Ann","number":1700000000.120,"truth":true,"nothing":null,"empty":"","list":[1],"object":{"inner":"x"}}"""u8.ToArray())!.Value;
        json.Text("text").ShouldBe("Ann");
        json.Text("number").ShouldBe("1700000000.120");
        json.Text("truth").ShouldBe("true");
        json.Text("nothing").ShouldBeNull();
        json.Text("list").ShouldBeNull();
        json.Text("missing").ShouldBeNull();
        json.Text("object", "inner").ShouldBe("x");
        json.Text("text", "inner").ShouldBeNull();
        json.Text("empty").ShouldBe("");
        json.Name("empty").ShouldBeNull();
        json.List("list").Count().ShouldBe(1);
        json.List("object").ShouldBeEmpty();
        json.Number("number", 7).ShouldBe(7, "it is no whole number");
        default(JsonElement).Text("text").ShouldBeNull();
    }
}
