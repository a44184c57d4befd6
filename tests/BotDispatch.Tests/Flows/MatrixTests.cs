namespace BotDispatch.Tests.Flows;

// One class for each half of the cases: classes run beside each other, and a case waits more than it works.

/// <summary>The same stories over every answer to what Routee does not document: those that end with one call or two.</summary>
public sealed class SwitchMatrixOfShortStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Short, Settings.OfSwitches);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string settings) => shared.TellAsync(DispatchCase.All[dispatchCase], settings);
}

/// <summary>The same stories over every answer to what Routee does not document: those that need three calls more.</summary>
public sealed class SwitchMatrixOfLongStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Long, Settings.OfSwitches);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string settings) => shared.TellAsync(DispatchCase.All[dispatchCase], settings);
}

/// <summary>The same stories over every way in which a network spoils what was sent: those that end with one call or two.</summary>
public sealed class DisorderMatrixOfShortStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Short, Settings.OfDisorder);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string settings) => shared.TellAsync(DispatchCase.All[dispatchCase], settings);
}

/// <summary>The same stories over every way in which a network spoils what was sent: those that need three calls more.</summary>
public sealed class DisorderMatrixOfLongStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Long, Settings.OfDisorder);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string settings) => shared.TellAsync(DispatchCase.All[dispatchCase], settings);
}

/// <summary>The same stories over several troubles at once: chosen ones, and as many drawn by lot: those that end with one call or two.</summary>
public sealed class MixedMatrixOfShortStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Short, Mixes.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string mix) => shared.TellAsync(DispatchCase.All[dispatchCase], Mixes.All[mix]);
}

/// <summary>The same stories over several troubles at once: chosen ones, and as many drawn by lot: those that need three calls more.</summary>
public sealed class MixedMatrixOfLongStoriesTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(MatrixOf.Long, Mixes.All.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string dispatchCase, string mix) => shared.TellAsync(DispatchCase.All[dispatchCase], Mixes.All[mix]);
}

/// <summary>Troubles that come together.</summary>
internal static class Mixes
{
    const int Drawn = 20;

    public static Dictionary<string, string> All { get; } = new()
    {
        ["the answer and the end are lost"] = "PostAnswerCut=True, LoseFinalWebhook=True",
        ["the answer is an error, the end is lost, records lag"] = "PostAnswerError=True, LoseFinalWebhook=True, TrackingLag=00:00:03",
        ["the end and all keys are lost"] = "LoseFinalWebhook=True, LoseKeyPosts=All",
        ["the answer, the end and all keys are lost"] = "LoseFinalWebhook=True, LoseKeyPosts=All, PostAnswerCut=True",
        ["all keys are lost, records come late"] = "LoseKeyPosts=All, EndOfCallTones=NoPost, TrackingNotFoundFirst=2",
        ["webhooks twice and before a very late answer"] = "WebhookBeforeAnswer=True, PostAnswerDelay=00:00:12, DuplicateWebhooks=True",
        ["webhooks in every disorder"] = "SwapRingingWithNext=True, RingingAfterFinal=True, DuplicateWebhooks=True, UnknownStatusName=True, SpacedStatusNames=True",
        ["keys only after the final status"] = "EndOfCallOrder=AfterFinalStatus, LoseKeyPosts=DuringCall",
        ["keys together with the final status"] = "EndOfCallOrder=SameMoment, LoseKeyPosts=DuringCall, TonesAfterPlanChange=StartAtZero",
        ["odd writing and a lost answer"] = "ExtraFields=True, Numbers=WithoutPlus, Dates=Mixed, EmptyTones=Missing, SpacedStatusNames=True, PostAnswerCut=True",
        ["all at once"] =
            "WebhookBeforeAnswer=True, PostAnswerCut=True, DuplicateWebhooks=True, SwapRingingWithNext=True, RingingAfterFinal=True, LoseFinalWebhook=True, LoseKeyPosts=All, "
            + "TrackingLag=00:00:03, TrackingNotFoundFirst=1, ExtraFields=True, UnknownStatusName=True, SpacedStatusNames=True, Numbers=WithoutPlus, Dates=Mixed",
    };

    static Mixes()
    {
        var lot = new Random(1042);
        string[] settings = [.. Settings.OfSwitches, .. Settings.OfDisorder];
        for (var drawn = 1; drawn <= Drawn; drawn++)
        {
            lot.Shuffle(settings);
            All.Add($"drawn by lot, {drawn}", string.Join(", ", settings.DistinctBy(setting => setting.Split('=')[0]).Take(lot.Next(2, 6))));
        }
    }
}

internal static class MatrixOf
{
    const int CallsOfAShortCase = 2;

    public static IEnumerable<string> Short => DispatchCase.All.Where(dispatchCase => dispatchCase.Value.Calls.Length <= CallsOfAShortCase).Select(dispatchCase => dispatchCase.Key);

    public static IEnumerable<string> Long => DispatchCase.All.Keys.Except(Short);

    public static TheoryData<string, string> Stories(IEnumerable<string> stories, IEnumerable<string> settings)
    {
        var cases = new TheoryData<string, string>();
        foreach (var each in settings)
            foreach (var dispatchCase in stories)
                cases.Add(dispatchCase, each);
        return cases;
    }
}
