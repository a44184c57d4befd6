using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Adapters.Routee;

public sealed class RouteeOptionsTests
{
    [Theory]
    [InlineData("PublicBaseAddress", null, "PublicBaseAddress must be a full address such as https://bot.example.com.")]
    [InlineData("PublicBaseAddress", "bot.example", "PublicBaseAddress must be a full address")]
    [InlineData("PublicBaseAddress", "http://bot.example", "PublicBaseAddress must begin with https://")]
    [InlineData("PublicBaseAddress", "https://bot.example/?x=1", "PublicBaseAddress must be an address without")]
    [InlineData("Routee:BaseAddress", "http://connect.routee.net", "Routee:BaseAddress must begin with https://")]
    [InlineData("Routee:AuthBaseAddress", "ftp://auth.routee.net", "Routee:AuthBaseAddress must begin with https://")]
    [InlineData("Routee:ApplicationId", "", "Routee:ApplicationId is missing: copy the id")]
    [InlineData("Routee:ApplicationSecret", " ", "Routee:ApplicationSecret is missing: copy the secret")]
    [InlineData("Routee:CallerId", null, "Routee:CallerId is missing: write the number")]
    [InlineData("Routee:CallerId", "+30 211 1234567", "Routee:CallerId must be a telephone number"), InlineData("Routee:CallerId", "Dispatch Centre", "Routee:CallerId must be a telephone number")]
    [InlineData("Routee:CallerId", "2111234567", "Routee:CallerId must be a telephone number"), InlineData("Routee:CallerId", "Ελλάδα", "Routee:CallerId must be a telephone number")]
    [InlineData("Routee:CallsPerSecond", "-1", "Routee:CallsPerSecond is -1: it must be between 0 and 1000")]
    [InlineData("Routee:CallsPerSecond", "NaN", "Routee:CallsPerSecond is NaN: it must be between 0 and 1000")]
    [InlineData("Routee:DialPlan", "7", "Routee:DialPlan must be Responsive or Source.")]
    public void A_wrong_setting_is_named_and_said_what_is_wrong_with_it(string setting, string? value, string message)
    {
        using var bench = new RouteeBench(settings => settings[setting] = value);
        var failures = Should.Throw<OptionsValidationException>(() => bench.Get<IOptions<RouteeOptions>>().Value).Failures.ToList();
        failures.ShouldHaveSingleItem().ShouldStartWith(message);
        failures.ShouldAllBe(each => !each.Contains(RouteeBench.Secret));
    }

    [Theory]
    [InlineData("Routee:DialPlan", "Fast"), InlineData("Routee:MachineDetection", "Maybe"), InlineData("Routee:CallsPerSecond", "one")]
    public void A_setting_of_the_wrong_kind_is_named_too(string setting, string value)
    {
        using var bench = new RouteeBench(settings => settings[setting] = value);
        Should.Throw<InvalidOperationException>(() => bench.Get<IOptions<RouteeOptions>>().Value).Message.ShouldContain(setting);
    }

    [Theory]
    [InlineData("http://localhost:5000"), InlineData("http://127.0.0.1"), InlineData("http://[::1]:80"), InlineData("https://bot.example/path/")]
    public void This_machine_itself_may_be_reached_without_encryption(string address)
    {
        using var bench = new RouteeBench(settings => settings["PublicBaseAddress"] = settings["Routee:BaseAddress"] = settings["Routee:AuthBaseAddress"] = address);
        bench.Get<IOptions<RouteeOptions>>().Value.PublicBaseAddress.ShouldBe(new Uri(address));
    }

    [Theory]
    [InlineData("+302111234567"), InlineData("302111234567"), InlineData("+441632960000"), InlineData("Dispatch"), InlineData("Harbour 24")]
    public void Employees_see_a_number_or_a_short_name(string caller)
    {
        using var bench = new RouteeBench(settings => settings["Routee:CallerId"] = caller);
        bench.Get<IOptions<RouteeOptions>>().Value.CallerId.ShouldBe(caller);
    }

    [Fact]
    public async Task Addresses_may_lie_below_another()
    {
        using var bench = new RouteeBench(settings =>
        {
            settings["PublicBaseAddress"] = "https://proxy.example/bot/";
            settings["Routee:BaseAddress"] = "https://proxy.example/routee";
        });
        bench.Get<CallbackAddresses>().Silence(10).ShouldBe("https://proxy.example/bot/audio/silence-10s.wav");
        bench.Routee.On("GET /routee/voice/tracking/x", 200, "{}");
        (await bench.Get<RouteeApi>().AskAsync(HttpMethod.Get, "voice/tracking/x", default)).ShouldBeOfType<RouteeResult.Answer>();
    }

    [Fact]
    public void By_default_Routee_itself_is_asked_at_its_own_pace()
    {
        var options = new RouteeOptions();
        (options.BaseAddress, options.AuthBaseAddress, options.CallsPerSecond, options.DialPlan, options.MachineDetection)
            .ShouldBe((new Uri("https://connect.routee.net"), new Uri("https://auth.routee.net"), 1.0, DialPlanKind.Responsive, MachineDetectionKind.Off));
        new RouteeOptions { ApplicationSecret = RouteeBench.Secret }.ToString().ShouldNotContain(RouteeBench.Secret);
    }
}
