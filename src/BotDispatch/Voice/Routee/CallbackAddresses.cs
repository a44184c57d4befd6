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
    public string Keys(AttemptId attempt, string language) => $"{Root}/routee/{tokens.For(attempt)}/keys?language={language}";

    /// <summary>Returns the address that receives the status of the call.</summary>
    public string Status(AttemptId attempt) => $"{Root}/routee/{tokens.For(attempt)}/status";

    /// <summary>Returns the address of a file of silence.</summary>
    public string Silence(int seconds) => $"{Root}/audio/silence-{seconds}s.wav";

    string Root => field ??= options.Value.PublicBaseAddress!.AbsoluteUri.TrimEnd('/');
}
