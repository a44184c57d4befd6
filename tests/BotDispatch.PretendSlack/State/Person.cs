using System.Text.Json.Nodes;

namespace BotDispatch.PretendSlack.State;

/// <summary>Somebody with an account.</summary>
public sealed class Person
{
    public required string Id { get; init; }

    /// <summary>Their workspace; that of people from elsewhere differs from the one they are met in.</summary>
    public required string Team { get; init; }

    /// <summary>The old handle.</summary>
    public required string Name { get; set; }

    public string RealName { get; set; } = "";

    public string DisplayName { get; set; } = "";

    public string? Email { get; set; }

    public string Phone { get; set; } = "";

    public string TimeZone { get; set; } = "Europe/Athens";

    public string Locale { get; set; } = "en-US";

    /// <summary>The custom fields of their profile, by the id of the field.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    /// <summary>The next hours without notifications, in seconds since 1970; null if they set none.</summary>
    public (long From, long To)? DoNotDisturb { get; set; }

    public bool IsBot { get; init; }

    public bool IsGuest { get; init; }

    public bool IsDeactivated { get; set; }

    /// <summary>As the Web API tells it; the address only to those who may read it.</summary>
    internal JsonObject ToJson(bool withEmail)
    {
        var profile = new JsonObject
        {
            ["title"] = "",
            ["phone"] = Phone,
            ["real_name"] = RealName,
            ["real_name_normalized"] = RealName,
            ["display_name"] = DisplayName,
            ["display_name_normalized"] = DisplayName,
            ["status_text"] = "",
            ["status_emoji"] = "",
            ["status_expiration"] = 0,
        };
        if (withEmail && Email is not null) profile["email"] = Email;
        return new()
        {
            ["id"] = Id,
            ["team_id"] = Team,
            ["name"] = Name,
            ["deleted"] = IsDeactivated,
            ["real_name"] = RealName,
            ["tz"] = TimeZone,
            ["tz_label"] = TimeZone,
            ["tz_offset"] = 7200,
            ["profile"] = profile,
            ["is_admin"] = false,
            ["is_bot"] = IsBot,
            ["is_restricted"] = IsGuest,
            ["is_ultra_restricted"] = false,
            ["updated"] = 1700000000,
        };
    }
}
