namespace BotDispatch.Tickets;

/// <summary>The settings that every ticket system has. Each system is off until it has an address.</summary>
internal abstract class SystemSettings
{
    /// <summary>The address that people open in their browser, without a page: <c>https://redmine.example.com</c>.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The template of the title; empty for the system's own.</summary>
    public string Title { get; set; } = "";

    /// <summary>The template of the description; empty for the system's own.</summary>
    public string Description { get; set; } = "";

    /// <summary>The template of the priority; empty for the system's own.</summary>
    public string Priority { get; set; } = "";

    /// <summary>The template of the place; empty for the system's own.</summary>
    public string Place { get; set; } = "";

    /// <summary>Whether the system is set up.</summary>
    public bool IsOn => BaseAddress is not null;

    /// <summary>Returns the address with a slash at its end, so that relative addresses stay below it.</summary>
    public Uri Root => BaseAddress!.AbsolutePath.EndsWith('/') ? BaseAddress
        : new UriBuilder(BaseAddress) { Path = BaseAddress.AbsolutePath + "/" }.Uri;
}
