namespace BotDispatch.Tests.Flows.Tickets.Systems;

/// <summary>A further instance of ServiceNow, whose numbers are those of the first.</summary>
internal sealed class FurtherServiceNow : PretendServiceNow
{
    public override string Name => "ServiceNow (emea)";

    public override string SettingsSection => "Tickets:Systems:emea";

    public override string Reference => "EMEA-INC0000007";

    public override string RefusedStatus => "ServiceNow (emea) kept the state New and did not set In Progress.";

    public override Dictionary<string, string> Settings => FurtherSystems.Moved(base.Settings, SettingsSection, ("Kind", "ServiceNow"), ("Prefix", "EMEA-"));
}

/// <summary>A further organisation of GitHub. Its issues always have their repository.</summary>
internal sealed class FurtherGitHub : PretendGitHub
{
    public override string Name => "GitHub (acme)";

    public override string SettingsSection => "Tickets:Systems:acme";

    public override string Reference => "acme/facilities#7";

    public override string RefusedStatus => "GitHub (acme) kept its labels and did not add in progress.";

    public override Dictionary<string, string> Settings => FurtherSystems.Moved(base.Settings, SettingsSection, ("Kind", "GitHub"), ("Prefix", ""));
}

internal static class FurtherSystems
{
    /// <summary>The settings of a system in a section of its own.</summary>
    public static Dictionary<string, string> Moved(Dictionary<string, string> settings, string section, params (string Name, string Value)[] more)
    {
        var moved = settings.ToDictionary(each => $"{section}:{string.Join(':', each.Key.Split(':')[2..])}", each => each.Value);
        foreach (var (name, value) in more)
            moved[$"{section}:{name}"] = value;
        return moved;
    }
}
