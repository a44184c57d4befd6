namespace BotDispatch.Tickets.Markup;

/// <summary>The markup in which a ticket system writes a text.</summary>
internal enum TextFormat
{
    /// <summary>None.</summary>
    Plain,
    /// <summary>HTML, whole or in part.</summary>
    Html,
    /// <summary>Markdown as GitHub and GitLab write it.</summary>
    Markdown,
    /// <summary>Textile as Redmine writes it.</summary>
    Textile,
    /// <summary>The wiki markup of Jira.</summary>
    Jira,
}
