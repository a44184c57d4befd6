namespace BotDispatch.PretendTeams.State;

/// <summary>Somebody in a tenant.</summary>
public sealed class Person
{
    public required Tenant Tenant { get; init; }

    /// <summary>Their Entra object id.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Their id for this bot.</summary>
    public required string Mri { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for a guest whom the directory tells nothing of.</summary>
    public string? Email { get; set; }

    /// <summary>The time zone of their client.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Activities leave their object id out, as for some guests.</summary>
    public bool HidesObjectId { get; set; }

    /// <summary>They want nothing from the bot in their own chat with it.</summary>
    public bool BlocksBot { get; set; }

    public override string ToString() => Name;
}
