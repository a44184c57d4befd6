using BotDispatch.Tests.Architecture;

namespace BotDispatch.Tests;

/// <summary>A file in the repository that a person has approved. <c>BOTDISPATCH_APPROVE=1 dotnet test tests/BotDispatch.Tests</c> writes it anew.</summary>
internal static class ApprovedFile
{
    public static void ShouldBeApprovedIn(this string actual, string path)
    {
        var file = Path.Combine(Repository.Root, path);
        if (Environment.GetEnvironmentVariable("BOTDISPATCH_APPROVE") == "1")
            File.WriteAllText(file, actual);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        approved.ShouldBe(actual, $"{path} is not what the code says now. If the change is meant, write it anew with BOTDISPATCH_APPROVE=1 and review the difference.");
    }
}
