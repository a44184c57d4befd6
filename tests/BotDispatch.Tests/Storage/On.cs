using System.Reflection;
using Xunit.Sdk;

namespace BotDispatch.Tests.Storage;

/// <summary>Which database a test runs on.</summary>
public enum On
{
    Sqlite,
    PostgreSql,
}

/// <summary>Runs the test on SQLite, in a file of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqliteAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[On.Sqlite]];
}

/// <summary>Runs the test on PostgreSQL, in a schema of its own; skipped aloud where none is at hand.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgreSqlAttribute : DataAttribute
{
    public OnPostgreSqlAttribute()
    {
        if (Server is null)
            Skip = "BOTDISPATCH_TEST_POSTGRES is not set: tests/run brings a PostgreSQL of its own";
    }

    public static string? Server => Environment.GetEnvironmentVariable("BOTDISPATCH_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[On.PostgreSql]];
}
