namespace BotDispatch.Teams.Drawing;

/// <summary>A link that another system gave, shown with the host it leads to, so that it cannot lie.</summary>
/// <param name="Address">Where it leads.</param>
/// <param name="Title">What its button says.</param>
internal sealed record TicketLink(string Address, string Title)
{
    const int Most = 800;

    /// <summary>Reads it; null for what is no safe web address, hides a name before its host, or is too long.</summary>
    public static TicketLink? To(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            return null;
        return uri.AbsoluteUri.Length > Most ? null : new(uri.AbsoluteUri, $"Open in {TeamsText.Inert(uri.IdnHost, 100)}");
    }
}
