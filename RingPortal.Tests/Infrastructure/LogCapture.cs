using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace RingPortal.Tests.Infrastructure;

/// <summary>
/// Keeps everything that is logged, at every level, as text: level, category, message, every structured value, every value
/// of every open scope, exceptions whole. For tests that look for what must never be there.
/// </summary>
public sealed class LogCapture : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<CapturedLog> _entries = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public IReadOnlyCollection<CapturedLog> Entries => _entries;

    /// <summary>Every entry as one string.</summary>
    public IReadOnlyList<string> Lines => [.. _entries.Select(entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(LogCapture owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{logLevel} {category}[{eventId.Id}] {formatter(state, exception)}");
            Append(text, state);
            owner._scopes.ForEachScope((scope, into) => Append(into.Append(" => ").Append(scope), scope), text);
            if (exception is not null)
            {
                text.Append(' ').Append(exception);
            }

            owner._entries.Enqueue(new CapturedLog(logLevel, category, eventId.Id, text.ToString()));
        }

        private static void Append(StringBuilder text, object? state)
        {
            if (state is IEnumerable<KeyValuePair<string, object?>> values)
            {
                foreach (var (name, value) in values)
                {
                    text.Append(CultureInfo.InvariantCulture, $" {name}={value}");
                }
            }
        }
    }
}

/// <summary>One log entry.</summary>
public sealed record CapturedLog(LogLevel Level, string Category, int EventId, string Text);
