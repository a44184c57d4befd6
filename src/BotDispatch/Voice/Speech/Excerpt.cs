namespace BotDispatch.Voice.Speech;

/// <summary>The beginning of a text, cut to a number of characters where a listener expects an end.</summary>
internal readonly record struct Excerpt(string Text, bool WasCut)
{
    /// <summary>
    /// Cuts after a sentence; after a word if no sentence ends in the second half; inside a word only if a single word is too long.
    /// </summary>
    public static Excerpt Of(string text, int room)
    {
        if (text.Length <= room)
            return new(text, false);
        if (room < 2)
            return new("", text.Length > 0);
        var sentence = 0;
        var word = 0;
        for (var at = 1; at <= room - 1; at++)
            if (text[at] is ' ')
            {
                word = at;
                if (text[at - 1] is '.' or '!' or '?' or ';' or '…' or '·')
                    sentence = at;
            }
        if (sentence >= room / 2)
            return new(text[..sentence], true);
        var end = word > 0 ? word : room - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return new(text[..end].TrimEnd(',', ';', ':', '-', ' ', '.') + ".", true);
    }
}
