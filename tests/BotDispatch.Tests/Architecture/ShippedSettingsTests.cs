using System.Text.Json;
using BotDispatch.Chat;
using BotDispatch.Core;
using BotDispatch.Dispatching;
using BotDispatch.Storage;
using BotDispatch.Voice.Routee;
using Microsoft.Extensions.Configuration;

namespace BotDispatch.Tests.Architecture;

public sealed class ShippedSettingsTests
{
    static readonly IConfigurationRoot Shipped = new ConfigurationBuilder().AddJsonFile(Path.Combine(Repository.Root, "appsettings.json")).Build();

    [Fact]
    public void What_is_shipped_is_valid_and_says_the_defaults()
    {
        Read<PolicyOptions>("Policy").ToPolicy().ShouldBe(new EscalationPolicy());
        Read<EngineOptions>("Policy").OneCallPerPerson.ShouldBeTrue();
        Read<StorageOptions>("Storage").ShouldSatisfyAllConditions(
            storage => storage.Provider.ShouldBe(StorageProvider.Sqlite),
            storage => storage.ConnectionString.ShouldBe(new StorageOptions().ConnectionString));
        Read<RouteeOptions>("Routee").ShouldSatisfyAllConditions(
            routee => routee.CallsPerSecond.ShouldBe(1),
            routee => routee.ApplicationSecret.ShouldBeEmpty(),
            routee => routee.BaseAddress.ShouldBe(new RouteeOptions().BaseAddress));
    }

    [Fact]
    public void Every_shipped_setting_is_one_that_the_table_explains()
    {
        var table = File.ReadAllText(Path.Combine(Repository.Root, "src", "docs", "settings.md"));
        foreach (var section in (string[])["Storage", "Routee", "Policy", "Chat", "Speech", "Employees", "Tickets"])
            foreach (var setting in Shipped.GetSection(section).GetChildren())
                table.ShouldContain($"`{section}:{setting.Key}`");
    }

    [Fact]
    public void A_fresh_clone_starts_in_Development()
    {
        using var launch = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "BotDispatch", "Properties", "launchSettings.json")));
        launch.RootElement.GetProperty("profiles").GetProperty("BotDispatch").GetProperty("environmentVariables").GetProperty("ASPNETCORE_ENVIRONMENT").GetString().ShouldBe("Development");
    }

    static T Read<T>(string section) where T : new()
    {
        var options = new T();
        Shipped.GetSection(section).Bind(options, binder => binder.BindNonPublicProperties = false);
        return options;
    }
}
