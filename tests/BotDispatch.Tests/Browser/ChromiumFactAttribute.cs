namespace BotDispatch.Tests.Browser;

/// <summary>A fact that needs Debian's Chromium; says so aloud where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public const string Path = "/usr/bin/chromium";

    public ChromiumFactAttribute()
    {
        if (!File.Exists(Path))
            Skip = $"{Path} is missing: install Debian's chromium to have the page driven in a real browser.";
    }
}
