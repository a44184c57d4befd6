using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

/// <summary>
/// Holds the rooms that are done, and the tests, to the field's terms and to plain sentences, and those rooms to short lines. The list of rooms only grows.
/// </summary>
public sealed partial class PlainEnglishTests
{
    const int LongestLine = 140;

    static readonly string[] Done =
    [
        "BotDispatch.Core", "BotDispatch.Simulator", "BotDispatch/Dispatching", "BotDispatch/Employees", "BotDispatch/Files",
        "BotDispatch/Hosting", "BotDispatch/Playground", "BotDispatch/Ports", "BotDispatch/Settings", "BotDispatch/Storage", "BotDispatch/Tickets",
        "BotDispatch/Voice",
        "BotDispatch/Alerts", "BotDispatch/Api", "BotDispatch/Http", "BotDispatch/Chat", "BotDispatch/Slack", "BotDispatch/Teams",
    ];

    static readonly HashSet<string> OldWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "acquaintance", "acquaintances", "afterwards", "desk", "errand", "errands", "heard", "house", "houses", "learnt", "oftener",
        "patience", "seat", "seats", "story", "told", "untold", "uprooted", "whatsoever", "whisper", "whispers", "whoever", "whomever",
        "wish", "wishes",
    };

    static readonly string[] OldPhrases = ["none that", "no less", "of whom", "is none of", "may be had", "is had", "are had"];

    /// <summary>Where an old word is the right one, and why.</summary>
    static readonly (string Room, string Word, string Because)[] Allowed =
    [
        ("BotDispatch/Playground", "story", "the demonstration that a newcomer plays; the button, the route and the page's JSON call it so"),
        ("BotDispatch.Tests/Playground", "story", "the same demonstration"),
    ];

    [Fact]
    public void A_room_that_is_done_uses_the_terms_of_the_field()
    {
        var found = from file in Files()
                    from word in WordsIn(File.ReadAllText(file.Path))
                    where !Allowed.Any(each => each.Room == file.Room && each.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
                    select $"{file.Room}/{Path.GetFileName(file.Path)}: {word}";
        found.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void A_room_that_is_done_has_no_line_that_must_be_scrolled()
    {
        var found = from file in Files()
                    from line in File.ReadLines(file.Path).Index()
                    where line.Item.Length > LongestLine
                    select $"{file.Room}/{Path.GetFileName(file.Path)}, line {line.Index + 1}: {line.Item.Length} columns";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void The_tests_use_the_terms_of_the_field_in_names_and_comments()
    {
        var found = from path in SourcesBelow("tests")
                    from word in WordsIn(File.ReadAllText(path))
                    where !Allowed.Any(each => IsBelow(path, each.Room) && each.Word.Equals(word, StringComparison.OrdinalIgnoreCase))
                    select $"{Path.GetRelativePath(Repository.Root, path)}: {word}";
        found.Distinct().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/// <summary>Whoever needs one waits.</summary>", "Whoever")]
    [InlineData("var heard = await SendAsync();", "heard")]
    [InlineData("public sealed record KeyHeard;", "Heard")]
    [InlineData("// This is none that we know.", "none that")]
    [InlineData("// This is none\n    // that we know.", "none that")]
    [InlineData("var desk = 1; // \"desk\" is quoted here", "desk")]
    [InlineData("$\"{Told(card, \"told\")} and told\"", "Told")]
    [InlineData("public void What_nobody_heard_of() { }", "heard")]
    public void An_old_word_is_found(string source, string word) => WordsIn(source).ShouldBe([word]);

    [Theory]
    [InlineData("[JsonDerivedType(typeof(LegInformed), \"leg-told\")]")]
    [InlineData("Greeting = \"Hello. This is the dispatch desk with a job for you.\";")]
    [InlineData("""if (letter is '"') return; var words = "told";""")]
    [InlineData("""var words = $"the list {"House".Isolated()} and the house";""")]
    public void Stored_names_and_spoken_sentences_are_left_alone(string source) => WordsIn(source).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_needed() =>
        Allowed.ShouldAllBe(each => Files().Select(file => file.Path).Concat(SourcesBelow("tests"))
            .Any(path => IsBelow(path, each.Room) && WordsIn(File.ReadAllText(path)).Contains(each.Word)));

    static bool IsBelow(string path, string room) =>
        path.Contains($"{Path.DirectorySeparatorChar}{room.Replace('/', Path.DirectorySeparatorChar)}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    static IEnumerable<(string Room, string Path)> Files() =>
        (from room in Done from path in SourcesBelow(Path.Combine("src", room)) select (room, path))
        .Append(("BotDispatch", Path.Combine(Repository.Root, "src", "BotDispatch", "Program.cs")));

    static IEnumerable<string> SourcesBelow(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories)
        where Path.GetExtension(path) is ".cs" or ".js" or ".css" or ".html"
        let parts = path.Split(Path.DirectorySeparatorChar)
        where !parts.Contains("obj") && !parts.Contains("bin") && !parts.Contains("node_modules")
        select path;

    static IEnumerable<string> WordsIn(string source)
    {
        // What stands in the holes of an interpolated string is code.
        var text = Literal().Replace(Interpolated().Replace(source, found => string.Join(' ', Hole().Matches(found.Value))), " ");
        var names = Name().Matches(text).SelectMany(name => Part().Matches(name.Value)).Select(part => part.Value);
        var sentences = Space().Replace(text, " ");
        return names.Where(OldWords.Contains)
            .Concat(OldPhrases.Where(phrase => sentences.Contains(phrase, StringComparison.OrdinalIgnoreCase)));
    }

    // Raw strings, characters and strings of C#, and the strings of JavaScript that stand on one line.
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"|'(?:\\\\.|[^'\\\\\\n])'|\"(?:\\\\.|[^\"\\\\\\n])*\"|(?<=[=(,:\\[?] )'[^'\\n]*'|`[^`\\n]*`")]
    private static partial Regex Literal();

    [GeneratedRegex("\\$@?\"(?!\"\")(?:\\\\.|\\{\\{|\\{[^{}\\n]*\\}|[^\"\\\\{\\n])*\"")]
    private static partial Regex Interpolated();

    [GeneratedRegex(@"(?<!\{)\{[^{}\n]+\}")]
    private static partial Regex Hole();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex Name();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Part();

    [GeneratedRegex(@"[\s/]+")]
    private static partial Regex Space();
}
