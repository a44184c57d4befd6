namespace BotDispatch.Tests.Storage;

/// <summary>What only Linux can show: locks on a file whatever its name, and what has become of an open file.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Linux only";
    }
}
