namespace BotDispatch.Tests.Browser;

/// <summary>A fact that needs Microsoft's Agents Playground and Debian's Chromium; says so aloud where one of them is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AgentsPlaygroundFactAttribute : FactAttribute
{
    public AgentsPlaygroundFactAttribute() =>
        Skip = NodePackages.Missing(AgentsPlaygroundProcess.Package) ?? new ChromiumFactAttribute().Skip;
}
