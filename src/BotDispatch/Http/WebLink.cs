namespace BotDispatch.Http;

/// <summary>Judges links that foreign text gives. Chats turn links into buttons, and a button must not run anything.</summary>
internal static class WebLink
{
    /// <summary>Returns the address if it is a whole one that begins with <c>https:</c> or <c>http:</c>; else null.</summary>
    public static Uri? Read(string? written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var link) && link.Scheme is ("https" or "http") ? link : null;

    /// <summary>Returns the text if it is such an address; else null.</summary>
    public static string? Safe(string? written) => Read(written) is null ? null : written;
}
