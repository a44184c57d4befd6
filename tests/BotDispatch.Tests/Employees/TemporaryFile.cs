using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Employees;

/// <summary>A file that a test edits as an administrator would. It is deleted at the end.</summary>
internal sealed class TemporaryFile : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("botdispatch-");
    DateTime written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public TemporaryFile(string name, string text)
    {
        FilePath = Path.Combine(folder.FullName, name);
        Write(text);
    }

    public string FilePath { get; }

    /// <summary>Each write is later than the one before, whatever the disk's clock thinks.</summary>
    public void Write(string text)
    {
        File.WriteAllText(FilePath, text);
        File.SetLastWriteTimeUtc(FilePath, written += TimeSpan.FromMinutes(1));
    }

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>Keeps what was logged.</summary>
internal sealed class Logbook<T> : ILogger<T>
{
    public List<string> Lines { get; } = [];

    /// <summary>What a log would show whole, with their messages.</summary>
    public List<Exception> Exceptions { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Add($"{eventId.Id} {logLevel} {formatter(state, exception)}");
        if (exception is not null)
            Exceptions.Add(exception);
    }
}
