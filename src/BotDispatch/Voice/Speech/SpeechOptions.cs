using BotDispatch.Settings;
using Microsoft.Extensions.Options;

namespace BotDispatch.Voice.Speech;

/// <summary>How tickets are spoken. Bound from <c>Speech</c>.</summary>
internal sealed record SpeechOptions
{
    /// <summary>The greatest number of characters of ticket and note that are spoken.</summary>
    [Within(100, 800, Note = "the telephone provider speaks about 1000 characters at once")]
    public int Budget { get; init; } = 600;

    /// <summary>
    /// Words that are pronounced in a special way, by their exact spelling: <c>VPN</c> → <c>V. P. N.</c>, <c>RAID</c> → <c>raid</c>. They
    /// also apply to the letters of a ticket's reference, which are otherwise read out one by one: <c>INC</c> → <c>incident</c>.
    /// </summary>
    public Dictionary<string, string> Pronunciations { get; init; } = new(StringComparer.Ordinal);

    /// <summary>The speed of speech in characters per second, used to compute how long a call lasts.</summary>
    [Within(5, 50)]
    public double CharactersPerSecond { get; init; } = 15;
}

/// <summary>Reports at the start which setting of <c>Speech</c> is wrong.</summary>
internal sealed class SpeechOptionsValidator : IValidateOptions<SpeechOptions>
{
    public ValidateOptionsResult Validate(string? name, SpeechOptions options)
    {
        var wrong = WithinAttribute.Wrong("Speech", options).ToList();
        foreach (var (word, spoken) in options.Pronunciations)
            if (string.IsNullOrWhiteSpace(spoken) || spoken.Length > 60)
                wrong.Add($"Speech:Pronunciations:{word} must say how to speak the word, in 1 to 60 characters.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
