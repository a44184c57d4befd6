using System.Text.RegularExpressions;

namespace BotDispatch.Tickets;

/// <summary>
/// References to numbered issues of some projects: <c>#7</c> of the first, <c>acme/it#7</c> of all. Read from what people type or from a
/// link to the issue's page.
/// </summary>
/// <param name="projects">The projects, at least one.</param>
/// <param name="system">The system's name, which people write before a number.</param>
/// <param name="pages">The system's web pages.</param>
/// <param name="named">Fits a project with a number, in groups called <c>project</c> and <c>number</c>.</param>
/// <param name="page">Fits the path of an issue's page, with the same groups.</param>
internal sealed class ProjectReferences(IList<string> projects, string system, WebPage pages, Regex named, Regex page)
{
    /// <summary>Returns the reference in a text; null if it names no issue of these projects.</summary>
    public string? In(string text)
    {
        if (TypedText.NumberIn(text, "#", system) is { } number)
            return $"#{number}";
        var found = named.Match(text) is { Success: true } typed ? typed : pages.PathIn(text) is { } path ? page.Match(path) : Match.Empty;
        if (!found.Success)
            return null;
        var project = projects.FirstOrDefault(each => each.Equals(found.Groups["project"].Value, StringComparison.OrdinalIgnoreCase));
        return project is null ? null : Of(project, found.Groups["number"].Value.TrimStart('0'));
    }

    /// <summary>Returns the reference of an issue.</summary>
    public string Of(string project, string number) =>
        project.Equals(projects[0], StringComparison.OrdinalIgnoreCase) ? $"#{number}" : $"{project}#{number}";

    /// <summary>Returns the project and the number of a reference.</summary>
    public (string Project, string Number) Split(string reference)
    {
        var parts = reference.Split('#');
        return (parts[0].Length > 0 ? parts[0] : projects[0], parts[^1]);
    }
}
