namespace BotDispatch.Teams.Drawing;

/// <summary>A link from another system, shown with the host to which it leads, so that it cannot mislead.</summary>
/// <param name="Address">The address of the link.</param>
/// <param name="Title">The title of its button.</param>
internal sealed record TicketLink(string Address, string Title)
{
    const int Most = 800;

    /// <summary>Reads a link; null if it is no https address, has user info before its host, or is too long.</summary>
    public static TicketLink? To(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return null;
        return uri.AbsoluteUri.Length > Most ? null : new(uri.AbsoluteUri, $"Open in {TeamsText.Inert(uri.IdnHost, 100)}");
    }
}
