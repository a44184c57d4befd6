using BotDispatch.Api;

namespace BotDispatch.Tests.Hosting;

/// <summary>The command that makes keys, as an administrator runs it.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_key_is_shown_once_listed_without_its_secret_and_revoked()
    {
        using var launch = new Launch();
        var made = await launch.RunProcessAsync("Production", null, null, "keys", "new", "lifts", "--may=start,read", "--expires=90d");
        made.Code.ShouldBe(0, made.Error);
        var key = made.Out.Trim();
        ApiKey.TryReadId(key, out var id).ShouldBeTrue(made.Out);
        var listed = await launch.RunProcessAsync("Production", null, null, "keys", "list");
        listed.Out.ShouldContain($"lifts  bd_{id}…  start,read");
        listed.Out.ShouldNotContain(key);
        (await launch.RunProcessAsync("Production", null, null, "keys", "new", "lifts")).Error.ShouldContain("There is a key lifts already");
        (await launch.RunProcessAsync("Production", null, null, "keys", "revoke", "lifts")).Code.ShouldBe(0);
        (await launch.RunProcessAsync("Production", null, null, "keys", "revoke", "lifts")).Code.ShouldBe(1);
    }

    [Theory]
    [InlineData("keys is written in one of these ways", "keys")]
    [InlineData("keys is written in one of these ways", "keys", "make", "x")]
    [InlineData("A key's name has small letters", "keys", "new", "Lifts!")]
    [InlineData("--may has everything", "keys", "new", "x", "--may=everything")]
    [InlineData("--may is empty", "keys", "new", "x", "--may=")]
    [InlineData("--expires must be a duration", "keys", "new", "x", "--expires=soon")]
    [InlineData("The argument --forever is unknown", "keys", "new", "x", "--forever")]
    [InlineData("keys has no --exipres: did you mean --expires? Nothing was done.", "keys", "new", "x", "--exipres=5d")]
    [InlineData("keys has no --list: did you mean --lists? Nothing was done.", "keys", "new", "x", "--list=lifts")]
    [InlineData("keys has no --until; it has --may, --lists, --channels, --expires.", "keys", "new", "x", "--until=5d")]
    [InlineData("--may has everything", "keys", "new", "x", "--may", "everything")]
    [InlineData("did you mean Storage:ConnectionString?", "keys", "new", "x", "--Storage:ConnectionStrng=x")]
    [InlineData("--channels has general, which is no channel", "keys", "new", "x", "--channels=general")]
    [InlineData("--lists or --channels is empty", "keys", "new", "x", "--lists=")]
    public async Task A_wrong_command_is_explained(string expected, params string[] arguments)
    {
        using var launch = new Launch();
        var ended = await launch.RunProcessAsync("Production", null, null, arguments);
        ended.Code.ShouldBe(1);
        ended.Error.ShouldContain(expected);
        ended.Error.ShouldNotContain("   at ", customMessage: "no stack trace");
    }
}
