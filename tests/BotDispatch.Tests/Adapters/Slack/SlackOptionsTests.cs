using BotDispatch.Slack;

namespace BotDispatch.Tests.Adapters.Slack;

public sealed class SlackOptionsTests
{
    [Fact]
    public void Without_any_secret_it_is_off_and_nothing_is_wrong() => Wrong(_ => { }, new()).ShouldBeEmpty();

    [Fact]
    public void One_workspace_over_HTTP_or_sockets_and_many_by_OAuth_are_right()
    {
        Wrong(_ => { }).ShouldBeEmpty();
        Wrong(options => (options.SigningSecret, options.AppToken) = ("", "xapp-1")).ShouldBeEmpty();
        Wrong(options => (options.BotToken, options.ClientId, options.ClientSecret, options.PublicBaseAddress) = ("", "1.2", "s", new("https://bot.example.com"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(""), InlineData("  ")]
    public void Without_a_signing_secret_it_does_not_start(string secret) =>
        Wrong(options => options.SigningSecret = secret).ShouldHaveSingleItem().ShouldStartWith("Slack:SigningSecret is empty, so anybody could pretend to be Slack");

    [Fact]
    public void A_former_signing_secret_alone_is_not_enough() =>
        Wrong(options => (options.SigningSecret, options.PreviousSigningSecret) = ("", "old")).ShouldHaveSingleItem().ShouldStartWith("Slack:SigningSecret");

    [Fact]
    public void What_is_wrong_is_named()
    {
        Named(options => options.ApiBaseAddress = new("http://slack.example.com/api/"), "Slack:ApiBaseAddress");
        Named(options => options.AuthorizeAddress = null, "Slack:AuthorizeAddress");
        Named(options => options.AppToken = "xoxb-1", "Slack:AppToken");
        Named(options => options.BotToken = "xoxp-1", "Slack:BotToken");
        Named(options => options.BotToken = "", "Slack:BotToken is missing");
        Named(options => (options.ClientId, options.BotToken, options.PublicBaseAddress) = ("1.2", "", new("https://bot.example.com")), "Slack:ClientId and Slack:ClientSecret");
        Named(options => (options.ClientId, options.ClientSecret, options.PublicBaseAddress) = ("1.2", "s", new("https://bot.example.com")), "Slack:BotToken is for one workspace");
        Named(options => (options.ClientId, options.ClientSecret, options.BotToken) = ("1.2", "s", ""), "Slack:ClientId needs PublicBaseAddress");
        Named(options => options.MessagesPerSecondPerChannel = double.NaN, "Slack:MessagesPerSecondPerChannel");
        Named(options => options.Sockets = 6, "Slack:Sockets");
    }

    static void Named(Action<SlackOptions> set, string setting) => Wrong(set).ShouldHaveSingleItem().ShouldStartWith(setting);

    static IReadOnlyList<string> Wrong(Action<SlackOptions> set, SlackOptions? options = null)
    {
        options ??= new() { SigningSecret = "secret", BotToken = "xoxb-1" };
        set(options);
        return [.. new SlackOptionsValidator().Validate(null, options).Failures ?? []];
    }
}
