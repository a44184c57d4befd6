namespace BotDispatch.Ports;

/// <summary>Knows what each ticket system posts when a ticket changes.</summary>
internal interface ITicketWebhooks
{
    /// <summary>
    /// Returns the system that posts to this address, such as <c>jira</c>; null if there is none, or none is set up.
    /// </summary>
    ITicketWebhook? Find(string address);

    /// <summary>The systems that are set up, by the addresses to which they post.</summary>
    IReadOnlyDictionary<string, ITicketWebhook> All { get; }
}

/// <summary>
/// What one ticket system posts. Nothing in it is believed: it names tickets, and those are read from the system itself.
/// </summary>
internal interface ITicketWebhook
{
    /// <summary>The name of the system, as <see cref="TicketHandling.System"/>.</summary>
    string System { get; }

    /// <summary>Whether its messages are signed with a secret of the settings. Otherwise they need a key.</summary>
    bool Signs { get; }

    /// <summary>
    /// Whether a message with these headers can be signed with our secret. Otherwise its body need not be read.
    /// </summary>
    bool MayBeSigned(IHeaderDictionary headers);

    /// <summary>Whether the message is signed with our secret. Takes the same time for every wrong signature.</summary>
    bool IsSigned(IHeaderDictionary headers, ReadOnlySpan<byte> body);

    /// <summary>
    /// Returns the references of the tickets that the message names: none if it is about something else. Null if it cannot be read.
    /// </summary>
    IReadOnlyList<string>? ReferencesIn(ReadOnlyMemory<byte> body, string? mediaType);
}

/// <summary>For a process without ticket systems: nothing posts anything.</summary>
internal sealed class NoTicketWebhooks : ITicketWebhooks
{
    public IReadOnlyDictionary<string, ITicketWebhook> All { get; } = new Dictionary<string, ITicketWebhook>();

    public ITicketWebhook? Find(string address) => null;
}
