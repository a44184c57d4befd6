using System.Net;
using System.Net.Sockets;
using BotDispatch.Hosting;
using BotDispatch.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BotDispatch.Tests.Hosting;

/// <summary>How the process ends where it cannot start, or not go on.</summary>
public sealed class EndingTests
{
    [Theory]
    [InlineData(true, 70)]
    [InlineData(false, 0)]
    public async Task A_part_that_fails_ends_the_process_as_failed(bool fails, int code)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService(services => new Part(fails, services.GetRequiredService<IHostApplicationLifetime>()));
        using var host = builder.Build();
        await host.StartAsync();
        await host.WaitForShutdownAsync();
        AppRunner.CodeAfter(host.Services).ShouldBe(code);
    }

    /// <summary>Fails, or asks for the end, as soon as everything has started.</summary>
    sealed class Part(bool fails, IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            if (fails)
                throw new InvalidOperationException("a fault of ours");
            lifetime.StopApplication();
        }
    }

    [Theory]
    [InlineData("Policy:AttemptsPerEmployee", "0")]
    [InlineData("Policy:AttemptsPerEmployee", "three")]
    [InlineData("Policy:RingTimeout", "25")]
    [InlineData("Policy:OneCallPerPerson", "maybe")]
    [InlineData("Routee:BaseAddress", "routee")]
    [InlineData("Routee:CallsPerSecond", "often")]
    [InlineData("Routee:CallerId", "")]
    [InlineData("PublicBaseAddress", "http://bot.example.com")]
    [InlineData("Storage:Provider", "MySql")]
    [InlineData("Storage:Writers", "0")]
    [InlineData("Storage:ConnectionString", "Host=somewhere")]
    [InlineData("Storage:ConnectionString", "Data Source=/")]
    [InlineData("Secrets:KeyFile", "/nowhere/secrets.key")]
    [InlineData("Employees:File", "/nowhere/people.csv")]
    [InlineData("Access:Cancel:0", "")]
    [InlineData("urls", "localhost")]
    [InlineData("urls", "http://localhost:99999")]
    public async Task A_bad_setting_stops_the_process_with_one_sentence_that_names_it(string setting, string value)
    {
        using var launch = new Launch().With((setting, value));
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem().ShouldContain(setting.EndsWith(":0", StringComparison.Ordinal) ? setting[..^2] : setting);
    }

    // None of these is a matter of rights, which root does not feel: a path below a file, into /proc, which takes no new files, and a name that is too long.
    [LinuxTheory]
    [InlineData("Data Source={0}/secrets.key/x.db", "secrets.key")]
    [InlineData("Data Source=/proc/botdispatch/x.db", "/proc/botdispatch")]
    [InlineData("Data Source=/proc/x.db", "/proc/x.db")]
    [InlineData("Data Source={0}", "is a folder, not a file")]
    [InlineData("Data Source={0}/nameOf300", "too long")]
    [InlineData("Data Source={0}/missing.db;Mode=ReadOnly", "readonly")]
    [InlineData("Data Source={0}/secrets.key", "no SQLite database")]
    public async Task A_database_that_cannot_be_used_is_refused_with_the_reason_and_no_other_is_guessed(string connection, string reason)
    {
        using var launch = new Launch();
        launch.With(("Storage:ConnectionString", connection.Replace("{0}", launch.Folder).Replace("nameOf300", new string('x', 300))));
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            says => says.ShouldContain("Storage:ConnectionString"),
            says => says.ShouldContain(reason),
            says => says.ShouldNotContain("another"));
    }

    [Fact]
    public async Task A_database_server_that_cannot_be_reached_is_named_with_the_reason()
    {
        using var launch = new Launch().With(("Storage:Provider", "PostgreSql"), ("Storage:ConnectionString", "Host=127.0.0.1;Port=1;Database=calls;Username=bot;Password=hush"));
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem().ShouldBe("the database that Storage:ConnectionString names cannot be used. "
            + "calls at 127.0.0.1 cannot be reached: Connection refused. Does the server run, and is its Host right?");
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var launch = new Launch().With(("urls", $"http://{taken.LocalEndpoint}"));
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        var fault = ended.Faults.ShouldHaveSingleItem();
        fault.ShouldContain(taken.LocalEndpoint.ToString()!);
        fault.ShouldContain("address already in use");
    }

    [Fact]
    public async Task An_address_of_another_machine_is_named()
    {
        using var launch = new Launch().With(("urls", "http://192.0.2.1:5080"));
        var ended = await launch.RunAsync();
        ended.Code.ShouldBe(1);
        ended.Faults.ShouldHaveSingleItem().ShouldStartWith("urls is http://192.0.2.1:5080, where this process may not listen");
    }
}
