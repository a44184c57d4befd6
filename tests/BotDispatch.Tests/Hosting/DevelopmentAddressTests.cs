using BotDispatch.Hosting;
using BotDispatch.Tests.Architecture;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Hosting;

/// <summary>A person who names an address for the process gets it, in each way to name it.</summary>
/// <remarks>
/// An applicationUrl in launchSettings.json becomes ASPNETCORE_URLS of the process and replaces what the shell had set (dotnet run of SDK 10.0; add <c>--no-launch-profile</c> to see the other),
/// so the default stands in the program instead.
/// </remarks>
public sealed class DevelopmentAddressTests
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:6001", "http://127.0.0.1:6001")]
    [InlineData("urls", "http://*:6001;https://localhost:6002", "http://localhost:6001")]
    [InlineData("http_ports", "6001;6002", "http://localhost:6001")]
    [InlineData("https_ports", "6003", "https://localhost:6003")]
    [InlineData("Kestrel:Endpoints:One:Url", "http://localhost:6004", "http://localhost:6004")]
    public void An_address_that_somebody_named_is_where_it_listens_and_calls_itself(string setting, string value, string own)
    {
        var configuration = Settings((setting, value));
        DevelopmentModule.IsAddressNamed(configuration).ShouldBeTrue();
        DevelopmentModule.OwnAddress(configuration).ShouldBe(own);
    }

    [Fact]
    public void Addresses_come_before_ports() =>
        DevelopmentModule.OwnAddress(Settings(("urls", "http://localhost:6001"), ("http_ports", "6002"))).ShouldBe("http://localhost:6001");

    [Fact]
    public void Nobody_named_any()
    {
        DevelopmentModule.IsAddressNamed(Settings()).ShouldBeFalse();
        DevelopmentModule.IsAddressNamed(Settings(("urls", ""), ("http_ports", ""))).ShouldBeFalse();
        DevelopmentModule.OwnAddress(Settings()).ShouldBe("http://localhost:5080");
    }

    [Fact]
    public void No_launch_profile_names_an_address_in_the_place_of_the_shells() =>
        File.ReadAllText(Path.Combine(Repository.Root, "src/BotDispatch/Properties/launchSettings.json")).ShouldNotContain("applicationUrl");

    static IConfiguration Settings(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(each => new KeyValuePair<string, string?>(each.Name, each.Value))).Build();
}
