namespace BotDispatch.Tests.Flows;

/// <summary>The same stories over every answer to what Routee does not document.</summary>
public sealed class SwitchMatrixTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(Settings.OfSwitches);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string story, string settings) => shared.TellAsync(Story.All[story], settings);
}

/// <summary>The same stories over every way in which a network spoils what was sent.</summary>
public sealed class DisorderMatrixTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    public static TheoryData<string, string> Cases { get; } = MatrixOf.Stories(Settings.OfDisorder);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string story, string settings) => shared.TellAsync(Story.All[story], settings);
}

/// <summary>The same stories over several troubles at once: chosen ones, and as many drawn by lot.</summary>
public sealed class MixedMatrixTests(SharedWorld shared) : IClassFixture<SharedWorld>
{
    const int Drawn = 20;

    static readonly Dictionary<string, string> Mixes = new()
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

    static MixedMatrixTests()
    {
        var lot = new Random(1042);
        string[] all = [.. Settings.OfSwitches, .. Settings.OfDisorder];
        for (var drawn = 1; drawn <= Drawn; drawn++)
        {
            lot.Shuffle(all);
            Mixes.Add($"drawn by lot, {drawn}", string.Join(", ", all.DistinctBy(setting => setting.Split('=')[0]).Take(lot.Next(2, 6))));
        }
    }

    public static TheoryData<string, string> Cases => MatrixOf.Stories(Mixes.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public Task The_result_is_the_same(string story, string mix) => shared.TellAsync(Story.All[story], Mixes[mix]);
}

internal static class MatrixOf
{
    public static TheoryData<string, string> Stories(IEnumerable<string> settings)
    {
        var cases = new TheoryData<string, string>();
        foreach (var each in settings)
            foreach (var story in Story.All.Keys)
                cases.Add(story, each);
        return cases;
    }
}
