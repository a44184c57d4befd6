using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using BotDispatch.Api;
using BotDispatch.Ports;
using BotDispatch.Settings;
using BotDispatch.Storage;

namespace BotDispatch.Hosting;

/// <summary>
/// <c>keys new NAME</c>, <c>keys list</c> and <c>keys revoke NAME</c>: the keys of programs that use the HTTP API. The command works while
/// the product runs on the same database, and what it changes counts at once.
/// </summary>
internal sealed partial class KeysCommand
{
    const string Usage = """
        BotDispatch keys new NAME              makes a key and shows it once
            --may=start,read,cancel,alerts,tickets
                                               what the key may do (default: all of it)
            --lists=lifts,doors                the only lists that it may call (default: everybody)
            --channels="slack:T0ACME/C0OPS"    the only channels that it may use, with blanks between them (default: all)
            --expires=90d                      when it expires (default: never)
        BotDispatch keys list                  lists the keys: never the keys themselves
        BotDispatch keys revoke NAME           ends a key at once
        """;

    static readonly string[] Options = ["may", "lists", "channels", "expires"];
    // Settings that are in no section. All others have a colon in their name.
    static readonly string[] Roots = ["PublicBaseAddress", "urls", "environment", "contentRoot", "applicationName"];

    readonly string[] words;
    readonly Dictionary<string, string> options;
    readonly string? unknown;

    KeysCommand(string[] words, Dictionary<string, string> options, string? unknown) =>
        (this.words, this.options, this.unknown) = (words, options, unknown);

    /// <summary>Returns the command, if the arguments begin with <c>keys</c>, and the arguments that are not its own.</summary>
    public static (KeysCommand? Command, string[] Others) Read(string[] args)
    {
        if (args is not ["keys", ..])
            return (null, args);
        var own = args.Skip(1).TakeWhile(each => !each.StartsWith('-')).ToArray();
        var options = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var others = new List<string>();
        string? unknown = null;
        for (var i = 1 + own.Length; i < args.Length; i++)
            if (Options.FirstOrDefault(each => args[i].StartsWith($"--{each}=", StringComparison.OrdinalIgnoreCase)) is { } option)
                options[option] = args[i][(option.Length + 3)..];
            else if (Options.FirstOrDefault(each => args[i].Equals($"--{each}", StringComparison.OrdinalIgnoreCase)) is { } split
                && i + 1 < args.Length && !args[i + 1].StartsWith('-'))
                options[split] = args[++i];
            else
            {
                others.Add(args[i]);
                unknown ??= UnknownOption(args[i]);
            }
        return (new(own, options, unknown), [.. others]);
    }

    // A misspelt option must not give a key that may do everything, for ever. .NET would take it for a setting that nothing reads.
    static string? UnknownOption(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal) || argument.IndexOf('=', StringComparison.Ordinal) is not (> 2 and var end)
            || argument[2..end] is not { } name || name.Contains(':', StringComparison.Ordinal)
            || Roots.Contains(name, StringComparer.OrdinalIgnoreCase))
            return null;
        var near = Options.Where(each => Spelling.Distance(each, name) <= 2).MinBy(each => Spelling.Distance(each, name));
        return $"keys has no --{name}"
            + (near is null ? $"; it has {string.Join(", ", Options.Select(each => "--" + each))}." : $": did you mean --{near}?");
    }

    /// <summary>Carries the command out. Returns the exit code.</summary>
    /// <exception cref="InvalidOperationException">The database cannot be used, in a sentence for the administrator.</exception>
    public async Task<int> RunAsync(IServiceProvider services)
    {
        if (words is not (["new", _] or ["list"] or ["revoke", _]))
            return await RefuseAsync($"keys is written in one of these ways:\n{Usage}");
        if (unknown is not null)
            return await RefuseAsync($"{unknown} Nothing was done.");
        // A misspelt name of the database would make a key that the product does not know.
        if (services.GetRequiredService<SettingReading>().Faults is { Count: > 0 } faults)
            return await RefuseAsync($"Nothing was done, because settings cannot be read:\n- {string.Join("\n- ", faults)}");
        var database = services.GetRequiredService<Database>();
        try
        {
            await OpenAsync(database, services);
            var keys = services.GetRequiredService<ApiKeyStore>();
            return words switch
            {
                ["new", var name] => await CreateAsync(
                    keys, name, services.GetRequiredService<IPlaceReader>(), services.GetRequiredService<TimeProvider>()),
                ["revoke", var name] => await RevokeAsync(keys, name),
                _ => await ListAsync(keys, services.GetRequiredService<TimeProvider>()),
            };
        }
        catch (Exception closed) when (closed is DbException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"the database that Storage:ConnectionString names cannot be used. {database.ReasonOf(closed)}", closed);
        }
    }

    // While the product runs, it holds a SQLite file and has brought the tables to its version. SQLite itself lets a second process write.
    static async Task OpenAsync(Database database, IServiceProvider services)
    {
        try
        {
            await database.ClaimAsync(default);
        }
        catch (DatabaseInUseException)
        {
            return;
        }
        await services.GetRequiredService<Migrator>().MigrateAsync(default);
    }

    async Task<int> CreateAsync(ApiKeyStore keys, string name, IPlaceReader places, TimeProvider clock)
    {
        if (!Name().IsMatch(name))
            return await RefuseAsync("A key's name has small letters, digits, '.', '_' and '-', and at most 40 of them.");
        var permissions = Enum.GetNames<ApiPermission>().Select(each => each.ToLowerInvariant()).ToArray();
        var may = Split(options.GetValueOrDefault("may"));
        if (may.Except(permissions).FirstOrDefault() is { } unknown)
            return await RefuseAsync(
                $"--may has {unknown}; it is one or several of {string.Join(", ", permissions)}, with commas between.");
        if (options.ContainsKey("may") && may.Length == 0)
            return await RefuseAsync("--may is empty: name something that the key may do, or leave it out.");
        TimeSpan? lifetime = null;
        if (options.TryGetValue("expires", out var written))
        {
            if (!HumanDuration.TryRead(written, out var read) || read <= TimeSpan.Zero || read > TimeSpan.FromDays(3650))
                return await RefuseAsync("--expires must be a duration of at most 10 years, as 90d or 12 h.");
            lifetime = read;
        }
        var channels = (options.GetValueOrDefault("channels") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (channels.FirstOrDefault(each => places.Read(each) is null) is { } nowhere)
            return await RefuseAsync(
                $"--channels has {nowhere}, which is no channel: write its link in Teams, or slack:T…/C…, with blanks between several.");
        if ((options.ContainsKey("channels") && channels.Length == 0)
            || (options.TryGetValue("lists", out var lists) && Split(lists).Length == 0))
            return await RefuseAsync("--lists or --channels is empty: name something that the key may use, or leave it out.");
        var now = clock.GetUtcNow();
        var (id, text) = ApiKey.Create();
        var row = new ApiKeyRow(id, name, ApiKey.HashOf(text), string.Join(',', may.Length > 0 ? may : permissions),
            string.Join(',', Split(options.GetValueOrDefault("lists"))),
            string.Join(' ', channels),
            now, now + lifetime);
        if (!await keys.TryAddAsync(row, default))
            return await RefuseAsync($"There is a key {name} already: choose another name, or end that one with keys revoke {name}.");
        // The key alone is on standard output, so that a script can read it.
        await Console.Error.WriteLineAsync($"The key {name}. It is shown this once: keep it where its program reads it.");
        Console.WriteLine(text);
        return 0;
    }

    static async Task<int> RevokeAsync(ApiKeyStore keys, string name)
    {
        if (!await keys.DeleteAsync(name, default))
            return await RefuseAsync($"There is no key {name}. keys list shows the keys.");
        Console.WriteLine($"The key {name} is ended.");
        return 0;
    }

    static async Task<int> ListAsync(ApiKeyStore keys, TimeProvider clock)
    {
        var all = await keys.ListAsync(default);
        Console.WriteLine(all.Count == 0
            ? "There are no keys. To make one: keys new NAME"
            : "NAME  BEGINS WITH  MAY  MADE  LAST USED  EXPIRES");
        foreach (var key in all)
        {
            var expires = key.ExpiresAt is not { } at ? "never" : at <= clock.GetUtcNow() ? "has expired" : Day(at);
            var only = (key.Lists.Length > 0 ? $"; only lists {key.Lists}" : "")
                + (key.Channels.Length > 0 ? $"; only in {key.Channels}" : "");
            var used = key.LastUsedAt?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
            Console.WriteLine($"{key.Name}  bd_{key.Id}…  {key.Permissions}{only}  {Day(key.CreatedAt)}  {used}  {expires}");
        }
        return 0;
    }

    static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }

    static string[] Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    static string Day(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,39}$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
