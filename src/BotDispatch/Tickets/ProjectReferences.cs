using System.Text.RegularExpressions;

namespace BotDispatch.Tickets;

/// <summary>
/// References to numbered issues of some projects: <c>#7</c> of the first, <c>acme/it#7</c> of all. Read from what people type or from a
/// link to the page.
/// </summary>
/// <param name="projects">The projects, at least one.</param>
/// <param name="prefix">What stands before a number of the first project; empty if a number always needs its project.</param>
/// <param name="names">The system's names, which people write before a number.</param>
/// <param name="pages">The system's web pages.</param>
/// <param name="named">Fits a project with a number, in groups called <c>project</c> and <c>number</c>.</param>
/// <param name="page">Fits the path of an issue's page, with the same groups.</param>
internal sealed class ProjectReferences(
    IList<string> projects, string prefix, IReadOnlyList<string> names, WebPage pages, Regex named, Regex page)
{
    /// <summary>Returns the reference in a text; null if it names no issue of these projects.</summary>
    public string? In(string text)
    {
        if (prefix.Length > 0 && TypedText.NumberIn(text, prefix, names) is { } number)
            return prefix + number;
        var found = named.Match(text) is { Success: true } typed ? typed : pages.PathIn(text) is { } path ? page.Match(path) : Match.Empty;
        if (!found.Success)
            return null;
        var project = projects.FirstOrDefault(each => each.Equals(found.Groups["project"].Value, StringComparison.OrdinalIgnoreCase));
        return project is null ? null : Of(project, found.Groups["number"].Value.TrimStart('0'));
    }

    /// <summary>Returns the reference of an issue.</summary>
    public string Of(string project, string number) =>
        prefix.Length > 0 && project.Equals(projects[0], StringComparison.OrdinalIgnoreCase) ? prefix + number : $"{project}#{number}";

    /// <summary>Returns how references look.</summary>
    /// <param name="section">The section of the system's settings.</param>
    /// <param name="setting">The setting there that names the projects.</param>
    public IReadOnlyList<ReferenceForm> Forms(string section, string setting) =>
    [
        .. prefix.Length == 0 ? [] : (ReferenceForm[])[new($"{section}:Prefix", prefix + "7")],
        .. projects.Select(project => new ReferenceForm($"{section}:{setting}", $"{project}#7")),
    ];

    /// <summary>Returns the project and the number of a reference.</summary>
    public (string Project, string Number) Split(string reference)
    {
        if (prefix.Length > 0 && reference.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && reference[prefix.Length..] is var own && own.All(char.IsAsciiDigit))
            return (projects[0], own);
        var parts = reference.Split('#');
        return (parts[0].Length > 0 ? parts[0] : projects[0], parts[^1]);
    }
}
