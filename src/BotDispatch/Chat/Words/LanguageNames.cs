using System.Collections.Frozen;

namespace BotDispatch.Chat;

/// <summary>The names of languages, in English and in the language itself, for finding people by their language.</summary>
/// <remarks>Written out, because .NET 10 knows no cultures under <c>InvariantGlobalization</c>.</remarks>
internal static class LanguageNames
{
    // A tag, then its names.
    const string Table = """
        ar Arabic العربية
        bg Bulgarian български
        bs Bosnian bosanski
        ca Catalan català
        cs Czech čeština český
        cy Welsh Cymraeg
        da Danish dansk
        de German Deutsch
        el Greek Ελληνικά
        en English
        es Spanish español castellano
        et Estonian eesti
        eu Basque euskara
        fa Persian Farsi فارسی
        fi Finnish suomi
        fr French français
        ga Irish Gaeilge
        gl Galician galego
        he Hebrew עברית
        hi Hindi हिन्दी
        hr Croatian hrvatski
        hu Hungarian magyar
        id Indonesian bahasa
        is Icelandic íslenska
        it Italian italiano
        ja Japanese Nihongo 日本語
        ko Korean 한국어
        lt Lithuanian lietuvių
        lv Latvian latviešu
        mk Macedonian македонски
        mt Maltese Malti
        nb Norwegian norsk bokmål
        nl Dutch Nederlands
        nn Norwegian norsk nynorsk
        no Norwegian norsk
        pl Polish polski
        pt Portuguese português
        ro Romanian română
        ru Russian русский
        sk Slovak slovenčina
        sl Slovenian slovenščina
        sq Albanian shqip
        sr Serbian srpski српски
        sv Swedish svenska
        th Thai ไทย
        tr Turkish Türkçe
        uk Ukrainian українська
        vi Vietnamese Tiếng Việt
        zh Chinese 中文
        """;

    static readonly FrozenDictionary<string, string> ByTag = Table.Split('\n').Select(row => row.TrimEnd('\r').Split(' ', 2))
        .ToFrozenDictionary(row => row[0], row => row[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the names of the language of a tag such as <c>de-DE</c>, in English and its own; empty if it is unknown.</summary>
    public static string Of(string tag) => ByTag.GetValueOrDefault(tag.Split('-', '_')[0], "");
}
