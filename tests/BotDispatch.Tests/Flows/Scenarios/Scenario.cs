using BotDispatch.Simulator;

namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>A scenario with the words that every chat must use for it.</summary>
/// <param name="Tell">What people and phones do.</param>
/// <param name="Thread">What the thread says in the end.</param>
/// <param name="Status">What the card says in the end.</param>
/// <param name="Headline">And in one sentence.</param>
/// <param name="Buttons">What can be pressed then.</param>
/// <param name="ToDana">The messages to Dana alone.</param>
internal sealed record Scenario(Func<IStage, Task> Tell, string[] Thread, string Status, string Headline, string[] Buttons, params string[] ToDana)
{
    const string AnnHasIt = "Accepted: Ann Lee pressed 1 (attempt 1 of 3). INC-1042: Lift 2 is stuck between floors with two people inside";
    const string PriyaHasIt = "Accepted: taken by Priya Nair in the channel. INC-1042: Lift 2 is stuck between floors with two people inside";
    const string NotLinked = "Only employees can take a job, and your chat account is not linked to one.";

    static readonly string[] AfterAcceptance = ["Done", "Re-dispatch"];
    static readonly string[] AfterTheEnd = ["Re-dispatch"];

    static readonly string[] AnnAnswersAndHasIt = ["Calling Ann Lee, attempt 1 of 3.", "Ann Lee answered.", AnnHasIt];
    static readonly string[] MarcusRejects = ["Calling Marcus Reed, attempt 1 of 3.", "Marcus Reed answered.", "Marcus Reed pressed 2: Rejected."];

    public static IReadOnlyDictionary<string, Scenario> All { get; } = new Dictionary<string, Scenario>
    {
        ["somebody accepts"] = new(
            async stage =>
            {
                stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
                await stage.DispatchAsync("/dispatch INC-1042", "Ann Lee");
                // A card that was posted before the call began is redrawn at the chat's pace.
                await stage.World.PassUntilAsync(() => Task.FromResult(stage.Card == ("Calling", "Calling Ann Lee, attempt 1 of 3.")));
                stage.Buttons.ShouldBe(["Skip", "I take it", "Cancel"]);
                await stage.ToTheEndAsync();
                await stage.PressAsync(Actor.Priya, "Done");
                await stage.World.PassAsync(5);
            },
            ["Asked for by Dana. To be called, in this order: Ann Lee.", .. AnnAnswersAndHasIt, "Priya Nair marked it done."],
            "Accepted", "Ann Lee accepted by phone; done.", AfterTheEnd),
        ["one rejects, the next accepts"] = new(
            async stage =>
            {
                RejectsAndAccepts(stage);
                await stage.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
                await stage.ToTheEndAsync();
            },
            ["Asked for by Dana. To be called, in this order: Marcus Reed, Ann Lee.", .. MarcusRejects, .. AnnAnswersAndHasIt],
            "Accepted", "Ann Lee accepted by phone.", AfterAcceptance),
        ["three times no answer, then the next"] = new(
            async stage =>
            {
                stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
                await stage.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
                await stage.ToTheEndAsync();
            },
            [
                "Asked for by Dana. To be called, in this order: Marcus Reed, Ann Lee.",
                "Calling Marcus Reed, attempt 1 of 3.", "Marcus Reed, attempt 1 of 3: No answer (not picked up).", "Calling Marcus Reed again 20 seconds after their last call ended.",
                "Calling Marcus Reed, attempt 2 of 3.", "Marcus Reed, attempt 2 of 3: No answer (not picked up).", "Calling Marcus Reed again 20 seconds after their last call ended.",
                "Calling Marcus Reed, attempt 3 of 3.", "Marcus Reed, attempt 3 of 3: No answer (not picked up).",
                .. AnnAnswersAndHasIt,
            ],
            "Accepted", "Ann Lee accepted by phone.", AfterAcceptance),
        ["cancelled while it rings"] = new(
            async stage =>
            {
                await stage.DispatchAsync("/dispatch INC-1042", "Ann Lee", "Marcus Reed");
                await stage.World.PassAsync(3);
                stage.Card.ShouldBe(("Calling", "Ringing Ann Lee, attempt 1 of 3."));
                await stage.PressAsync(Actor.Priya, "Cancel");
                await stage.ToTheEndAsync();
            },
            ["Asked for by Dana. To be called, in this order: Ann Lee, Marcus Reed.", "Calling Ann Lee, attempt 1 of 3.", "Cancelled by Priya Nair. No further calls."],
            "Cancelled", "Cancelled by Priya Nair.", AfterTheEnd),
        ["skipped"] = new(
            async stage =>
            {
                stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
                await stage.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
                await stage.World.PassAsync(3);
                await stage.PressAsync(Actor.Priya, "Skip");
                await stage.ToTheEndAsync();
            },
            ["Asked for by Dana. To be called, in this order: Marcus Reed, Ann Lee.", "Calling Marcus Reed, attempt 1 of 3.", "Priya Nair skipped Marcus Reed.", .. AnnAnswersAndHasIt],
            "Accepted", "Ann Lee accepted by phone.", AfterAcceptance),
        ["taken in the channel"] = new(
            async stage =>
            {
                await stage.DispatchAsync("/dispatch INC-1042", "Ann Lee");
                await stage.World.PassAsync(3);
                await stage.PressAsync(Actor.Dana, "I take it");
                await stage.PressAsync(Actor.Priya, "I take it");
                await stage.ToTheEndAsync();
            },
            ["Asked for by Dana. To be called, in this order: Ann Lee.", "Calling Ann Lee, attempt 1 of 3.", PriyaHasIt],
            "Accepted", "Taken by Priya Nair in the channel.", AfterAcceptance, NotLinked),
        ["dispatched again without who rejected"] = new(
            async stage =>
            {
                RejectsAndAccepts(stage);
                await stage.DispatchAsync("/dispatch INC-1042", "Marcus Reed", "Ann Lee");
                await stage.ToTheEndAsync();
                await stage.PressAsync(Actor.Dana, "Re-dispatch");
                stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
                await stage.SendAsync();
                await stage.World.PassAsync(120);
            },
            [
                "Asked for by Dana. To be called, in this order: Marcus Reed, Ann Lee.", .. MarcusRejects, .. AnnAnswersAndHasIt,
                "Re-dispatched by Dana. To be called, in this order: Ann Lee.", .. AnnAnswersAndHasIt,
            ],
            "Accepted", "Ann Lee accepted by phone.", AfterAcceptance),
        ["everybody rejects"] = new(
            async stage =>
            {
                stage.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
                await stage.DispatchAsync("/dispatch INC-1042", "Marcus Reed");
                await stage.ToTheEndAsync();
            },
            [
                "Asked for by Dana. To be called, in this order: Marcus Reed.", .. MarcusRejects,
                "Exhausted: Everyone rejected or cannot be called.", "Marcus Reed: called once: Rejected.", "Press Re-dispatch on the card to start again. People who rejected are not ticked there.",
            ],
            "Exhausted", "Everyone rejected or cannot be called.", AfterTheEnd),
        ["the line is down and comes back"] = new(
            async stage =>
            {
                stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
                stage.World.Routee.OutOfBalance = true;
                await stage.DispatchAsync("/dispatch INC-1042", "Ann Lee");
                await stage.World.PassAsync(2);
                stage.Card.Status.ShouldBe("Paused");
                stage.Card.Headline.ShouldStartWith("The Routee account has no balance");
                stage.World.Routee.OutOfBalance = false;
                await stage.ToTheEndAsync();
            },
            [
                "Asked for by Dana. To be called, in this order: Ann Lee.", "Calling Ann Lee, attempt 1 of 3.",
                "The Routee account has no balance: nobody can be called until it is topped up. This dispatch is paused and tries again by itself. No attempt is used up.",
                "The telephone line works again. Calling Ann Lee, attempt 1 of 3.", "Ann Lee answered.", AnnHasIt,
            ],
            "Accepted", "Ann Lee accepted by phone.", AfterAcceptance),
    };

    static void RejectsAndAccepts(IStage stage)
    {
        stage.World.Phone("marcus.reed").Script = new PersonScript.AnswersAndRejects();
        stage.World.Phone("ann.lee").Script = new PersonScript.AnswersAndAccepts();
    }
}
