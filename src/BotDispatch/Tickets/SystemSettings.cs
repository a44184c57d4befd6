using BotDispatch.Settings;

namespace BotDispatch.Tickets;

/// <summary>
/// The settings that every ticket system has. Each system is off until it has an address. One system of each kind has the section
/// <c>Tickets:KIND</c>, and further ones have <c>Tickets:Systems:NAME</c> each.
/// </summary>
/// <param name="kind">The kind of system, as the settings name it.</param>
/// <param name="called">The kind of system, as people call it.</param>
internal abstract class SystemSettings(string kind, string called)
{
    /// <summary>The section with the further systems, each by a name of its own.</summary>
    public const string Further = "Tickets:Systems";

    /// <summary>The kind of system, as the settings name it.</summary>
    public string Kind => kind;

    /// <summary>The name that tells a further system from the others; empty for the one in <c>Tickets:KIND</c>.</summary>
    public string OwnName { get; internal set; } = "";

    /// <summary>The section that has these settings.</summary>
    public string Section => OwnName.Length == 0 ? $"Tickets:{kind}" : $"{Further}:{OwnName}";

    /// <summary>The name of the system for people: <c>Redmine</c>, or <c>Redmine (lifts)</c>.</summary>
    public virtual string Called => OwnName.Length == 0 ? called : $"{called} ({OwnName})";

    /// <summary>What people write before a number: <c>Redmine #7</c>, <c>lifts #7</c>, <c>Redmine (lifts) #7</c>.</summary>
    public IReadOnlyList<string> TypedNames => OwnName.Length == 0 ? [Called] : [OwnName, Called];

    /// <summary>The last part of the address to which the system posts that a ticket changed.</summary>
    public string NewsAddress => (OwnName.Length == 0 ? kind : OwnName).ToLowerInvariant();

    /// <summary>The address that people open in their browser, without a page: <c>https://redmine.example.com</c>.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The template of the title; empty for the system's own.</summary>
    [Multiline]
    public string Title { get; set; } = "";

    /// <summary>The template of the description; empty for the system's own.</summary>
    [Multiline]
    public string Description { get; set; } = "";

    /// <summary>The template of the priority; empty for the system's own.</summary>
    [Multiline]
    public string Priority { get; set; } = "";

    /// <summary>The template of the place; empty for the system's own.</summary>
    [Multiline]
    public string Place { get; set; } = "";

    /// <summary>Whether a ticket that is closed, reassigned, lowered or changed in its system changes its dispatch.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>Whether a ticket gets notes: who was called, how each call ended, who accepted.</summary>
    public bool WriteNotes { get; set; }

    /// <summary>The status that a ticket gets when somebody accepts it, in the system's own words; empty if it keeps its status.</summary>
    public string StatusOnAccepted { get; set; } = "";

    /// <summary>Whether a ticket is assigned to the person who accepts it.</summary>
    public bool AssignOnAccepted { get; set; }

    /// <summary>The system's users by the email addresses of the directory, for those whom the system does not find by email.</summary>
    public Dictionary<string, string> Users { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the system is set up.</summary>
    public bool IsOn => BaseAddress is not null;

    /// <summary>Whether anything is written into tickets.</summary>
    public bool Writes => WriteNotes || AssignOnAccepted || StatusOnAccepted.Length > 0;

    /// <summary>Returns the address with a slash at its end, so that relative addresses stay below it.</summary>
    public Uri Root => BaseAddress!.AbsolutePath.EndsWith('/') ? BaseAddress
        : new UriBuilder(BaseAddress) { Path = BaseAddress.AbsolutePath + "/" }.Uri;
}

/// <summary>The settings of a ticket system that signs what it posts when a ticket changes.</summary>
internal abstract class SignedSystemSettings(string kind, string called) : SystemSettings(kind, called)
{
    /// <summary>The secret that the system's webhook has; never logged. Without it, tickets are read in turn only.</summary>
    public string WebhookSecret { get; set; } = "";
}
