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
    public void Half_a_character_is_no_text()
    {
        using var document = JsonDocument.Parse("""{"name":"\ud800"}""");
        SafeJson.TextOf(SafeJson.Find(document.RootElement, "name")!.Value).ShouldBeNull();
    }
}
