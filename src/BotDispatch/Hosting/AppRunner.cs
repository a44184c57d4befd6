using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Runs the process from its arguments to its exit code, and ends it with clear sentences where it cannot start.</summary>
internal static class AppRunner
{
    const int Good = 0;
    const int Refused = 1;

    // What is read on the way to the answer is no part of it.
    const string Quiet = "--Logging:LogLevel:BotDispatch=Error";

    /// <summary>0 after a graceful stop or a good check; 1, with all reasons on standard error, if a setting or the database stops it from starting.</summary>
    /// <param name="args">What the process was started with.</param>
    /// <param name="build">Makes the app; nothing of it runs yet.</param>
    /// <param name="map">Maps its addresses. Only called when every setting is good.</param>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build, Action<WebApplication> map)
    {
        var arguments = Arguments.Read(args);
        if (arguments.IsHelp)
        {
            Console.WriteLine(Arguments.Usage);
            return Good;
        }
        WebApplication? app = null;
        try
        {
            app = build(arguments.IsCheck ? [.. arguments.Settings, Quiet] : arguments.Settings);
            var settings = await app.Services.GetRequiredService<StartCheck>().RunAsync(default);
            if (arguments.Faults.Concat(settings.Faults).ToList() is { Count: > 0 } faults)
                return await RefuseAsync(faults, settings.Notices);
            if (arguments.IsCheck)
                return Tell(app, settings.Notices);
            // A notice may name a person, who has no place in a log.
            if (settings.Notices.Count > 0)
                app.Logger.OddSettings(settings.Notices.Count);
            map(app);
            return await RunToTheEndAsync(app);
        }
        catch (Exception exception) when (app?.Lifetime.ApplicationStarted.IsCancellationRequested != true && ReasonsOf(exception, app?.Configuration) is { Count: > 0 } reasons)
        {
            // What had started already is stopped in order, or it would tell of its end as of a fault.
            if (app is not null)
                await app.StopAsync();
            return await RefuseAsync([.. arguments.Faults, .. reasons]);
        }
        finally
        {
            if (app is not null)
                await app.DisposeAsync();
        }
    }

    static async Task<int> RunToTheEndAsync(WebApplication app)
    {
        await app.BeginAsync();
        if (!app.Environment.IsDevelopment())
            app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine($"BotDispatch is ready at {string.Join(", ", app.Urls)}"));
        await app.StartAsync();
        await app.WaitForShutdownAsync();
        return Good;
    }

    static int Tell(WebApplication app, IReadOnlyList<string> notices)
    {
        Console.WriteLine("BotDispatch can start with these settings. Nothing was started, and the database was not opened.");
        Console.Write(app.Services.GetRequiredService<SetupSummary>().Write(app.Configuration));
        foreach (var notice in notices)
            Console.WriteLine("Worth a look: " + notice);
        return Good;
    }

    static async Task<int> RefuseAsync(IReadOnlyList<string> reasons, params IReadOnlyList<string> notices)
    {
        await Console.Error.WriteLineAsync("BotDispatch cannot start:" + string.Concat(reasons.Distinct().Select(reason => "\n- " + reason)));
        foreach (var notice in notices)
            await Console.Error.WriteLineAsync("Worth a look: " + notice);
        return Refused;
    }

    /// <summary>What an administrator can do something about; nothing for a bug, which needs its stack.</summary>
    static IReadOnlyList<string> ReasonsOf(Exception exception, IConfiguration? configuration) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(each => ReasonsOf(each, configuration))],
        InvalidDataException broken => [SettingsFile.Describe(broken)],
        IOException { InnerException: AddressInUseException } => [$"{exception.Message.TrimEnd('.')}. End what uses it, or choose another address (setting urls, in the environment ASPNETCORE_URLS)."],
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } when configuration is not null =>
            [$"urls is {configuration["urls"]}, where this process may not listen: choose an address of this machine and a port from 1024 (in the environment ASPNETCORE_URLS)."],
        FormatException => [$"{exception.Message}. Addresses to listen on are written like http://localhost:5080 (setting urls, in the environment ASPNETCORE_URLS)."],
        InvalidOperationException or IOException or UnauthorizedAccessException or SocketException => [exception.Message],
        _ => [],
    };
}
