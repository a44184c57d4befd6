using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace BotDispatch.Tests.Storage;

/// <summary>Keeps what is logged.</summary>
internal sealed class Warnings : ILoggerProvider, ILogger
{
    /// <summary>Level and text of each line from Information on.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose() { }
}
