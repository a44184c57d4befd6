using BotDispatch.Storage;
using Microsoft.Extensions.Options;

namespace BotDispatch.Tests.Storage;

public sealed class OneProcessTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("botdispatch-claim-").FullName;

    [Fact]
    public async Task A_SQLite_file_is_for_one_process_until_that_one_ends()
    {
        var first = Open();
        first.Claim();
        first.Claim();
        await using (var second = Open())
            Should.Throw<InvalidOperationException>(second.Claim).Message.ShouldSatisfyAllConditions(
                says => says.ShouldContain("Storage:ConnectionString is in use by another BotDispatch"),
                says => says.ShouldContain("PostgreSql"));
        await first.DisposeAsync();
        await using var third = Open();
        Should.NotThrow(third.Claim);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    Database Open() => new(Options.Create(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder, "x.db")};Pooling=False" }));
}
