using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>The addresses that Routee is given.</summary>
internal sealed class CallbackAddresses(IOptions<RouteeOptions> options, CallbackTokens tokens)
{
    /// <summary>Where keys are reported. The language is for an answer that cannot wait until the dispatch is known; nothing is decided by it.</summary>
    public Uri Keys(AttemptId attempt, string language) => At($"routee/{tokens.For(attempt)}/keys?language={language}");

    /// <summary>Where the call's status is reported.</summary>
    public Uri Status(AttemptId attempt) => At($"routee/{tokens.For(attempt)}/status");

    /// <summary>A file of silence.</summary>
    public Uri Silence(int seconds) => At($"audio/silence-{seconds}s.wav");

    Uri At(string path) => new($"{options.Value.PublicBaseAddress!.AbsoluteUri.TrimEnd('/')}/{path}");
}
