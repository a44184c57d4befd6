using System.Collections.Frozen;

namespace BotDispatch.Voice.Speech;

/// <summary>The languages that the telephone can speak, and the words by which a directory names them.</summary>
internal static class SpokenLanguage
{
    /// <summary>The codes of the languages, as the telephone provider spells them.</summary>
    public static IReadOnlyList<string> Codes { get; } =
    [
        "en-US", "en-GB", "de-DE", "fr-FR", "it-IT", "pt-BR", "es-ES", "es-LA", "el-GR", "bg-BG", "pl-PL", "hu-HU", "sv-SE", "ru-RU",
    ];

    static readonly FrozenDictionary<string, string> ByTag =
        Codes.ToFrozenDictionary(code => code, code => code, StringComparer.OrdinalIgnoreCase);

    // The code of a language without a known region, by its two letters, its three letters, its English name and its own name.
    static readonly FrozenDictionary<string, string> ByWord = Words(
        ("en-GB", "en eng english"), ("de-DE", "de deu ger german deutsch"), ("fr-FR", "fr fra fre french français francais"),
        ("it-IT", "it ita italian italiano"), ("pt-BR", "pt por portuguese português portugues"),
        ("es-ES", "es spa spanish español espanol castellano"),
        ("el-GR", "el ell gre greek ελληνικά ελληνικα gr"), ("bg-BG", "bg bul bulgarian български"), ("pl-PL", "pl pol polish polski"),
        ("hu-HU", "hu hun hungarian magyar"), ("sv-SE", "sv swe swedish svenska"), ("ru-RU", "ru rus russian русский"));

    static readonly FrozenDictionary<string, string> ByRegion = Words(
        ("en-US", "en-us en-ca en-ph en-pr"),
        ("es-LA", "es-419 es-mx es-ar es-bo es-cl es-co es-cr es-cu es-do es-ec es-gt es-hn es-ni es-pa es-pe es-pr es-py es-sv es-us "
            + "es-uy es-ve"));

    /// <summary>
    /// Returns the code for <paramref name="tag"/> (<c>el</c>, <c>el_GR</c>, <c>en-AU</c>, <c>Greek</c>); null if the telephone does not
    /// speak that language.
    /// </summary>
    public static string? Find(string? tag)
    {
        if (string.IsNullOrWhiteSpace(tag))
            return null;
        var clean = tag.Trim().Replace('_', '-').Split('.', '@', ' ', '(')[0].ToLowerInvariant();
        if (ByTag.TryGetValue(clean, out var exact))
            return exact;
        var parts = clean.Split('-');
        return ByRegion.TryGetValue($"{parts[0]}-{parts[^1]}", out var regional) ? regional : ByWord.GetValueOrDefault(parts[0]);
    }

    static FrozenDictionary<string, string> Words(params IEnumerable<(string Code, string Words)> rows) =>
        rows.SelectMany(row => row.Words.Split(' '), (row, word) => (row.Code, word))
            .ToFrozenDictionary(pair => pair.word, pair => pair.Code, StringComparer.Ordinal);
}
