using System.Text.RegularExpressions;

namespace BotDispatch.Tests.Architecture;

/// <summary>Each page of the documentation leads where it says.</summary>
public sealed partial class LinkTests
{
    static readonly string[] Pages =
    [
        .. from page in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
           let path = Path.GetRelativePath(Repository.Root, page).Replace('\\', '/')
           where !path.Split('/').Any(folder => folder is "node_modules" or "bin" or "obj" or ".git")
           select path,
    ];

    public static IEnumerable<object[]> EachPage => Pages.Select(page => (object[])[page]);

    [Theory, MemberData(nameof(EachPage))]
    public void Every_link_leads_to_a_file_and_a_heading(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        foreach (var link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Root, page))).Select(found => found.Groups[1].Value))
        {
            if (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
                continue;
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Path.Exists(target).ShouldBeTrue($"{page} links to {link}");
            if (parts.Length > 1 && target.EndsWith(".md", StringComparison.Ordinal))
                File.ReadLines(target).Where(line => line.StartsWith('#')).Select(AnchorOf).ShouldContain(parts[1], $"{page} links to {link}");
        }
    }

    // As GitHub makes them: small letters, no signs but hyphens, hyphens for blanks.
    static string AnchorOf(string heading) =>
        string.Concat(heading.TrimStart('#').Trim().ToLowerInvariant().Where(sign => char.IsLetterOrDigit(sign) || sign is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
