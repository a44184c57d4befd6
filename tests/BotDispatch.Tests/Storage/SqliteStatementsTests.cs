using BotDispatch.Storage;
using Microsoft.Data.Sqlite;

namespace BotDispatch.Tests.Storage;

/// <summary>Statements of ours on a SQLite connection, without the driver's commands.</summary>
public sealed class SqliteStatementsTests : IDisposable
{
    readonly SqliteConnection connection = new("Data Source=:memory:");
    readonly SqliteStatements statements;

    public SqliteStatementsTests()
    {
        connection.Open();
        statements = new(connection);
        statements.Run("CREATE TABLE kept (n integer PRIMARY KEY, value)");
    }

    public void Dispose()
    {
        statements.Dispose();
        connection.Dispose();
    }

    [Theory]
    [InlineData(null, "null", null)]
    [InlineData("", "text", "")]
    [InlineData("Lift 2", "text", "Lift 2")]
    [InlineData("Fahrstühl 电梯", "text", "Fahrstühl 电梯")]
    [InlineData("zero \0 inside", "text", "zero \uFFFD inside")]
    [InlineData(7, "integer", 7L)]
    [InlineData(long.MaxValue, "integer", long.MaxValue)]
    public void A_value_is_stored_with_its_own_type(object? value, string kind, object? kept)
    {
        statements.Run("INSERT INTO kept (n, value) VALUES ($1, $2)", 1L, value).ShouldBe(1);

        Read("SELECT typeof(value) FROM kept").ShouldBe(kind);
        Read("SELECT value FROM kept").ShouldBe(kept ?? DBNull.Value);
    }

    // An attribute cannot hold half a pair.
    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        statements.Run("INSERT INTO kept (n, value) VALUES (1, $1)", $"half {(char)0xD83D} of a pair");
        Read("SELECT value FROM kept").ShouldBe("half \uFFFD of a pair");
    }

    [Fact]
    public void Utf8_is_stored_as_text_and_bytes_as_a_blob_even_if_empty()
    {
        statements.Run("INSERT INTO kept (n, value) VALUES (1, $1), (2, $2), (3, $3)", new Utf8Text("""["ü"]"""u8.ToArray()), new byte[] { 0, 1 }, Array.Empty<byte>());

        Read("SELECT group_concat(typeof(value), ' ') FROM kept").ShouldBe("text blob blob");
        Read("SELECT value FROM kept WHERE n = 1").ShouldBe("""["ü"]""");
        Read("SELECT group_concat(hex(value), ' ') FROM kept WHERE n > 1").ShouldBe("0001 ");
    }

    [Fact]
    public void A_value_may_stand_in_a_statement_twice_or_not_at_all()
    {
        statements.Run("INSERT INTO kept (n, value) VALUES ($2, $2 + $1)", 1L, 5L, "unused").ShouldBe(1);
        Read("SELECT value FROM kept WHERE n = 5").ShouldBe(6L);
    }

    [Fact]
    public void A_statement_that_failed_can_be_run_again()
    {
        const string insert = "INSERT INTO kept (n, value) VALUES ($1, $2)";
        statements.Run(insert, 1L, "first");

        Should.Throw<SqliteException>(() => statements.Run(insert, 1L, "second")).SqliteErrorCode.ShouldBe(SQLitePCL.raw.SQLITE_CONSTRAINT);
        Should.Throw<ArgumentException>(() => statements.Run(insert, 2L, TimeSpan.Zero));

        statements.Run(insert, 2L, "second").ShouldBe(1);
        statements.Run("UPDATE kept SET value = $1 WHERE n > $2", "changed", 0L).ShouldBe(2);
        statements.Run("UPDATE kept SET value = $1 WHERE n > $2", "changed", 9L).ShouldBe(0);
    }

    [Fact]
    public void A_transaction_is_open_until_it_ends()
    {
        statements.IsInTransaction.ShouldBeFalse();
        statements.Run("BEGIN IMMEDIATE");
        statements.IsInTransaction.ShouldBeTrue();
        statements.Run("INSERT INTO kept (n, value) VALUES (1, 'gone')");
        statements.Run("ROLLBACK");
        statements.IsInTransaction.ShouldBeFalse();
        Read("SELECT COUNT(*) FROM kept").ShouldBe(0L);
    }

    [Fact]
    public async Task A_statement_waits_for_a_reader_of_the_same_process_where_the_cache_is_shared()
    {
        var source = $"Data Source=shared-{Guid.NewGuid():N};Mode=Memory;Cache=Shared";
        using SqliteConnection writer = new(source), other = new(source);
        writer.Open();
        other.Open();
        using var writing = new SqliteStatements(writer);
        writing.Run("CREATE TABLE kept (n integer PRIMARY KEY)");
        writing.Run("INSERT INTO kept (n) VALUES (1), (2)");
        using var query = other.CreateCommand();
        query.CommandText = "SELECT n FROM kept";
        var reader = query.ExecuteReader();
        reader.Read().ShouldBeTrue();

        var begun = new TaskCompletionSource();
        var update = Task.Run(() =>
        {
            begun.SetResult();
            return writing.Run("UPDATE kept SET n = n + 10");
        });
        await begun.Task;
        await Task.Yield();
        reader.Dispose();

        (await update).ShouldBe(2);
    }

    object? Read(string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return command.ExecuteScalar();
    }
}
