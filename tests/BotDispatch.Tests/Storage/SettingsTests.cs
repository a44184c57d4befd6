using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Storage;

public class SettingsTests
{
    [Theory]
    [InlineData("Sqlite", "", "4", "Storage:ConnectionString is missing")]
    [InlineData("Sqlite", "data/botdispatch.db", "4", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Host=db;Username=bot", "4", "Storage:ConnectionString")]
    [InlineData("Sqlite", "Data Source=:memory:", "4", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "Data Source=data/botdispatch.db", "4", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "Username=bot", "4", "Storage:ConnectionString")]
    [InlineData("PostgreSql", "Host=db", "0", "Storage:Writers is 0: it must be between 1 and 64")]
    [InlineData("7", "Data Source=a.db", "4", "Storage:Provider")]
    [InlineData("MySql", "Data Source=a.db", "4", "Storage:Provider")]
    public async Task A_bad_setting_is_named(string provider, string connection, string writers, string named)
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var node = ground.NewNode(new() { ["Storage:Provider"] = provider, ["Storage:ConnectionString"] = connection, ["Storage:Writers"] = writers });
        Should.Throw<Exception>(() => node.Get<IOptions<StorageOptions>>().Value).Message.ShouldContain(named);
    }

    [Theory]
    [InlineData("29.00:00:00", "Storage:KeepDispatches is 29 d: it must be between 30 d and 36500 d, or 0 to keep them for ever.")]
    [InlineData("40000.00:00:00", "Storage:KeepDispatches is 40000 d: it must be")]
    [InlineData("-1.00:00:00", "it must be between 30 d and 36500 d")]
    [InlineData("30.00:00:00", null)]
    [InlineData("00:00:00", null)]
    public async Task Dispatches_are_kept_for_a_month_at_least(string keep, string? problem)
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var options = ground.NewNode(new() { ["Storage:KeepDispatches"] = keep }).Get<IOptions<StorageOptions>>();
        if (problem is null)
            options.Value.KeepDispatches.ShouldBe(TimeSpan.Parse(keep, System.Globalization.CultureInfo.InvariantCulture));
        else
            Should.Throw<OptionsValidationException>(() => options.Value).Message.ShouldContain(problem);
    }

    [Fact]
    public async Task The_folder_of_the_file_is_made()
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var file = Path.Combine(ground.Folder, "a", "b", "data.db");
        await ground.NewNode(new() { ["Storage:ConnectionString"] = $"Data Source={file}" }).Get<Migrator>().MigrateAsync(default);
        File.Exists(file).ShouldBeTrue();
    }

    [Fact]
    public async Task A_shared_database_in_memory_lasts_as_long_as_its_node()
    {
        await using var ground = await Ground.EmptyAsync(On.Sqlite);
        var node = ground.NewNode(new() { ["Storage:ConnectionString"] = $"Data Source=m{Guid.NewGuid():N};Mode=Memory;Cache=Shared" });
        await node.Get<Migrator>().MigrateAsync(default);
        (await node.StateAsync(await node.BeginAsync(Some.Plan("INC-1")))).Legs.Length.ShouldBe(1);
    }
}
