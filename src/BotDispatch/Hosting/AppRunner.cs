using System.Net.Sockets;
using System.Runtime.InteropServices;
using BotDispatch.Employees.Remote;
using BotDispatch.Tickets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace BotDispatch.Hosting;

/// <summary>Runs the process from its arguments to its exit code, and reports in clear sentences why it cannot start.</summary>
internal static class AppRunner
{
    const int Good = 0;
    const int Refused = 1;
    const int Broken = 70;

    // For --check, messages that are logged along the way are not part of the answer.
    const string Quiet = "--Logging:LogLevel:BotDispatch=Error";

    /// <summary>
    /// Returns 0 after a graceful stop or a successful check. Returns 1, with all reasons on standard error, if a setting or the database
    /// prevents the start; 70 if a part of the program failed and so ended all of it, which is a fault of ours.
    /// </summary>
    /// <param name="args">The arguments of the process.</param>
    /// <param name="build">Builds the app without starting any part of it.</param>
    /// <param name="map">Maps the app's addresses. Called only if every setting is good.</param>
    public static async Task<int> RunAsync(string[] args, Func<string[], WebApplication> build, Action<WebApplication> map)
    {
        var (keys, others) = KeysCommand.Read(args);
        var arguments = Arguments.Read(others);
        if (arguments.IsHelp)
        {
            Console.WriteLine(Arguments.Usage);
            return Good;
        }
        WebApplication? app = null;
        try
        {
            app = build(arguments.IsCheck || keys is not null ? [.. arguments.Settings, Quiet] : arguments.Settings);
            if (keys is not null)
                return arguments.Faults.Count > 0 ? await RefuseAsync(arguments.Faults, []) : await keys.RunAsync(app.Services);
            if (app.Environment.IsDevelopment() && !arguments.IsCheck)
                Console.WriteLine("BotDispatch is starting. The first time it also makes its database.");
            var settings = await app.Services.GetRequiredService<StartCheck>().RunAsync(default);
            if (!arguments.IsCheck && settings.IsOnlyAboutFilesOfPeople && await app.HasLookedForCopiesAsync())
                settings = await app.Services.GetRequiredService<StartCheck>().RunAsync(default);
            if (arguments.Faults.Concat(settings.Faults).ToList() is { Count: > 0 } faults)
            {
                if (arguments.IsCheck)
                    await ReportPeopleAsync(app);
                return await RefuseAsync(faults, settings.Notices);
            }
            if (arguments.IsCheck)
                return await ReportAsync(app, settings.Notices);
            // A notice may contain a person's name, which must not reach a log.
            if (settings.Notices.Count > 0)
                app.Logger.OddSettings(settings.Notices.Count);
            map(app);
            return await RunToTheEndAsync(app);
        }
        catch (Exception exception) when (app?.Lifetime.ApplicationStarted.IsCancellationRequested != true
            && ReasonsOf(exception, app?.Configuration) is { Count: > 0 } reasons)
        {
            // The parts that have started are stopped in order; otherwise they would report their end as a fault.
            if (app is not null)
                await app.StopAsync();
            return await RefuseAsync([.. arguments.Faults, .. reasons], []);
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
        app.Lifetime.ApplicationStopping.Register(app.Logger.Stopping);
        using var hangup = OperatingSystem.IsWindows() ? null
            : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => HangUp(signal, app));
        await app.StartAsync();
        await app.WaitForShutdownAsync();
        return CodeAfter(app.Services);
    }

    /// <summary>
    /// Returns the exit code of a process that has stopped. Microsoft.Extensions.Hosting 10 stops, and reports nothing to the caller, when
    /// a background service fails: with 0, what restarts failed processes alone would leave it down.
    /// </summary>
    internal static int CodeAfter(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Any(each => each.ExecuteTask is { IsFaulted: true })
            ? Broken
            : Good;

    // Programs that change logs or settings send it, and expect it to be read anew. At a terminal that is closed, nobody is left.
    static void HangUp(PosixSignalContext signal, WebApplication app)
    {
        signal.Cancel = true;
        if (Console.IsOutputRedirected)
            app.Logger.HangUpIgnored();
        else
            app.Lifetime.StopApplication();
    }

    static async Task<int> ReportAsync(WebApplication app, IReadOnlyList<string> notices)
    {
        var systems = await TicketSystemsWatch.AskAllAsync(app.Services);
        if (systems.Refused.Count > 0)
        {
            await ReportPeopleAsync(app);
            return await RefuseAsync(systems.Refused, [.. notices, .. systems.Notices]);
        }
        Console.WriteLine("BotDispatch can start with these settings. Nothing was started, and the database was not opened.");
        var people = await SourceCheck.AskAllAsync(app.Services);
        Console.Write(app.Services.GetRequiredService<SetupSummary>().Write(app.Configuration));
        var proxy = app.Services.GetRequiredService<ProxySummary>();
        Console.Write(proxy.Line);
        foreach (var answer in people.Answers)
            Console.WriteLine($"  {"Asked",-12} {answer}");
        WriteNotices(Console.Out,
            [.. notices, .. proxy.Notices, .. systems.Notices, .. people.Notices, .. await WebhookCheck.LookUpAsync(app.Services)]);
        return Good;
    }

    // Somebody who sets up people first sees what was understood of them, although the rest is still missing.
    static async Task ReportPeopleAsync(WebApplication app)
    {
        if (await app.Services.GetRequiredService<PeopleSummary>().WriteAsync(app.Configuration, app.Services) is { Length: > 0 } found)
            Console.Write($"What was found about people:\n{found}");
    }

    static async Task<int> RefuseAsync(IReadOnlyList<string> reasons, IReadOnlyList<string> notices)
    {
        await Console.Error.WriteLineAsync("BotDispatch cannot start:"
            + string.Concat(reasons.Distinct().Select(reason => "\n- " + reason)));
        WriteNotices(Console.Error, notices);
        return Refused;
    }

    static void WriteNotices(TextWriter to, IReadOnlyList<string> notices)
    {
        foreach (var notice in notices)
            to.WriteLine("Worth a look: " + notice);
    }

    /// <summary>Returns the reasons that an administrator can remove; empty for a bug, which needs its stack trace.</summary>
    static IReadOnlyList<string> ReasonsOf(Exception exception, IConfiguration? configuration) => exception switch
    {
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException several => [.. several.InnerExceptions.SelectMany(each => ReasonsOf(each, configuration))],
        InvalidDataException broken => [SettingsFile.Describe(broken)],
        IOException { InnerException: AddressInUseException } =>
            [$"{exception.Message.TrimEnd('.')}. End what uses it, or choose another address (setting urls, in the environment "
                + "ASPNETCORE_URLS)."],
        SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } when configuration is not null =>
            [$"urls is {configuration["urls"]}, where this process may not listen: choose an address of this machine and a port from 1024 "
                + "(in the environment ASPNETCORE_URLS)."],
        FormatException =>
            [$"{exception.Message}. Addresses to listen on are written like http://localhost:5080 (setting urls, in the environment "
                + "ASPNETCORE_URLS)."],
        InvalidOperationException or IOException or UnauthorizedAccessException or SocketException => [exception.Message],
        _ => [],
    };
}
