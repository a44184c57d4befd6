using BotDispatch.Core;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Routee;

/// <summary>Builds the callback addresses that we give to Routee.</summary>
internal sealed class CallbackAddresses(IOptions<RouteeOptions> options, CallbackTokens tokens)
{
    /// <summary>
    /// Returns the address that receives keys. The language serves an answer that is due before the dispatch is loaded; no decision depends
    /// on it.
    /// </summary>
    public Uri Keys(AttemptId attempt, string language) => At($"routee/{tokens.For(attempt)}/keys?language={language}");

    /// <summary>Returns the address that receives the status of the call.</summary>
    public Uri Status(AttemptId attempt) => At($"routee/{tokens.For(attempt)}/status");

    /// <summary>Returns the address of a file of silence.</summary>
    public Uri Silence(int seconds) => At($"audio/silence-{seconds}s.wav");

    Uri At(string path) => new($"{options.Value.PublicBaseAddress!.AbsoluteUri.TrimEnd('/')}/{path}");
}
