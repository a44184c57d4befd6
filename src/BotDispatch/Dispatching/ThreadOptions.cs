using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Dispatching;

/// <summary>When threads are brought up to date. Section <c>Chat</c>.</summary>
internal sealed class ThreadOptions
{
    /// <summary>
    /// How long a thread waits for more to happen after something happened that asks nobody to act: what happens meanwhile is one reply and
    /// one drawing of the card. With zero each event is posted at once.
    /// </summary>
    [Within("0 s", "10 s")] public TimeSpan UpdatePause { get; set; } = TimeSpan.FromMilliseconds(400);
}

/// <summary>Stops the process at its start if threads would wait longer than people do.</summary>
internal sealed class ThreadOptionsValidator : IValidateOptions<ThreadOptions>
{
    public ValidateOptionsResult Validate(string? name, ThreadOptions options) =>
        WithinAttribute.Wrong("Chat", options).ToList() is { Count: > 0 } wrong
            ? ValidateOptionsResult.Fail(wrong)
            : ValidateOptionsResult.Success;
}
