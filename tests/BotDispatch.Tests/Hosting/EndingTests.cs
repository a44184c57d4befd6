using System.Net;
using System.Net.Sockets;
using BotDispatch.Dispatching;

namespace BotDispatch.Tests.Hosting;

public class EndingTests
{
    [Theory]
    [InlineData("Policy:AttemptsPerEmployee", "0")]
    [InlineData("Policy:AttemptsPerEmployee", "three")]
    [InlineData("Policy:RingTimeout", "25s")]
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
    public async Task A_bad_setting_stops_the_process_with_one_sentence_that_names_it(string setting, string value)
    {
        var (code, said) = await RunAsync((setting, value));
        code.ShouldBe(1);
        said.ShouldHaveSingleItem().ShouldContain(setting.EndsWith(":0", StringComparison.Ordinal) ? setting[..^2] : setting);
    }

    [Fact]
    public async Task Everything_that_is_missing_is_named_at_once()
    {
        var (code, said) = await RunAsync(("Routee:ApplicationId", ""), ("Employees:File", ""), ("Policy:Plays", "0"));
        code.ShouldBe(1);
        foreach (var setting in (string[])["Routee:ApplicationId", "Employees:File", "Policy:Plays"])
            said.ShouldContain(sentence => sentence.Contains(setting));
    }

    [Fact]
    public async Task An_address_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var (code, said) = await RunAsync(("urls", $"http://{taken.LocalEndpoint}"));
        code.ShouldBe(1);
        said.ShouldHaveSingleItem().ShouldContain(taken.LocalEndpoint.ToString()!);
    }

    /// <summary>Runs the program as it is in Production, where all settings are good but these.</summary>
    static async Task<(int Code, IReadOnlyList<string> Said)> RunAsync(params (string Setting, string Value)[] bad)
    {
        var folder = Directory.CreateTempSubdirectory("botdispatch-ending-").FullName;
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");
        var keyFile = Path.Combine(folder, "secrets.key");
        await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(new byte[32]));
        var settings = new Dictionary<string, string>
        {
            ["environment"] = "Production",
            ["urls"] = "http://127.0.0.1:0",
            ["PublicBaseAddress"] = "https://bot.example.com",
            ["Routee:ApplicationId"] = "application",
            ["Routee:ApplicationSecret"] = "secret",
            ["Routee:CallerId"] = "+441632960000",
            ["Storage:ConnectionString"] = $"Data Source={Path.Combine(folder, "ending.db")};Pooling=False",
            ["Secrets:KeyFile"] = keyFile,
            ["Employees:File"] = Path.Combine(samples, "employees.csv"),
            ["Tickets:File"] = Path.Combine(samples, "tickets.json"),
            ["Logging:LogLevel:Default"] = "None",
        };
        foreach (var (setting, value) in bad)
            settings[setting] = value;
        var (before, errors) = (Console.Error, new StringWriter());
        Console.SetError(errors);
        try
        {
            var program = typeof(DispatchEngine).Assembly.EntryPoint!;
            var code = await Task.Run(() => (int)program.Invoke(null, [settings.Select(each => $"--{each.Key}={each.Value}").ToArray()])!);
            return (code, [.. errors.ToString().Split('\n').Where(line => line.StartsWith("BotDispatch cannot start", StringComparison.Ordinal))]);
        }
        finally
        {
            Console.SetError(before);
            Directory.Delete(folder, recursive: true);
        }
    }
}
