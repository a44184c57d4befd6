using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

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
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>How to reach it. For SQLite, <c>Data Source=</c> and a file; its folder is made if need be.</summary>
    [Required(ErrorMessage = "Storage:ConnectionString is missing: say where the data is, for instance \"Data Source=data/botdispatch.db\".")]
    public string ConnectionString { get; set; } = "Data Source=data/botdispatch.db";

    /// <summary>How many connections write at once on PostgreSQL. SQLite always has one.</summary>
    [Range(1, 64, ErrorMessage = "Storage:Writers must be from 1 to 64.")]
    public int Writers { get; set; } = 4;
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
