using System.ComponentModel.DataAnnotations;
using BotDispatch.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;

namespace BotDispatch.Storage;

/// <summary>The databases that can hold our tables.</summary>
internal enum StorageProvider
{
    /// <summary>Embedded: one file, one process.</summary>
    Sqlite,
    /// <summary>A server, for several nodes.</summary>
    PostgreSql,
}

/// <summary>Where everything is kept. Setting <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>Which database.</summary>
    [EnumDataType(typeof(StorageProvider), ErrorMessage = "Storage:Provider must be Sqlite or PostgreSql.")]
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>How to reach it. For SQLite, <c>Data Source=</c> and a file; its folder is made if need be.</summary>
    [Required(ErrorMessage =
        "Storage:ConnectionString is missing: say where the data is, for instance \"Data Source=data/botdispatch.db\".")]
    [Multiline]
    public string ConnectionString { get; set; } = "Data Source=data/botdispatch.db";

    /// <summary>How many connections write at once on PostgreSQL. SQLite always has one.</summary>
    [Within(1, 64)]
    public int Writers { get; set; } = 4;

    /// <summary>How long a dispatch is kept after it was closed; zero for ever.</summary>
    public TimeSpan KeepDispatches { get; set; }
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

/// <summary>Says what is wrong with the settings before anything is opened.</summary>
internal sealed class StorageSettingsValidator : IValidateOptions<StorageOptions>
{
    // Longer than an accepted job may hold its owner, and than the thread or the ticket of a dispatch may stay out of reach.
    static readonly TimeSpan LeastKept = TimeSpan.FromDays(30);
    static readonly TimeSpan MostKept = TimeSpan.FromDays(36500);

    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        var wrong = WithinAttribute.Wrong("Storage", options).ToList();
        if (!string.IsNullOrWhiteSpace(options.ConnectionString) && Enum.IsDefined(options.Provider) && ProblemOf(options) is { } problem)
            wrong.Add($"Storage:ConnectionString does not fit Storage:Provider {options.Provider}: {problem}");
        if (options.KeepDispatches != TimeSpan.Zero && (options.KeepDispatches < LeastKept || options.KeepDispatches > MostKept))
            wrong.Add($"Storage:KeepDispatches is {HumanDuration.Write(options.KeepDispatches)}: it must be between "
                + $"{HumanDuration.Write(LeastKept)} and {HumanDuration.Write(MostKept)}, or 0 to keep them for ever.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    static string? ProblemOf(StorageOptions options)
    {
        try
        {
            if (options.Provider is StorageProvider.PostgreSql)
                return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(options.ConnectionString).Host)
                    ? $"it names no Host. Write {Example(options)}."
                    : null;
            return new SqliteConnectionStringBuilder(options.ConnectionString).DataSource switch
            {
                "" => $"it names no Data Source. Write {Example(options)}.",
                // Each connection would have an empty database of its own.
                ":memory:" => "say \"Data Source=name;Mode=Memory;Cache=Shared\" for a database that ends with the process.",
                _ => null,
            };
        }
        // Its message may repeat a value, and names a type of .NET.
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return $"it has a word or value that {options.Provider} does not know. Write {Example(options)}.";
        }
    }

    static string Example(StorageOptions options) => options.Provider is StorageProvider.PostgreSql
        ? "Host=db.example.com;Database=botdispatch;Username=…;Password=…"
        : "Data Source=data/botdispatch.db";
}
