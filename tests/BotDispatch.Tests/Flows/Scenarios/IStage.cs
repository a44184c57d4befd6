namespace BotDispatch.Tests.Flows.Scenarios;

/// <summary>Who is on the stage. In every chat Dana dispatches and is no employee; Priya is one.</summary>
public enum Actor
{
    Dana,
    Priya,
}

/// <summary>A chat, whichever it is, as people use it. What it shows is given in bare words: without the chat's own marks and mentions, and with Dana's name as <c>Dana</c>.</summary>
internal interface IStage : IAsyncDisposable
{
    World World { get; }

    /// <summary>Dana types the command; the dialog that it opens is before her then.</summary>
    Task TypeAsync(string command);

    /// <summary>Dana picks people in the dialog, in this order.</summary>
    Task PickAsync(params string[] people);

    /// <summary>Dana sends the dialog.</summary>
    Task SendAsync();

    /// <summary>Somebody presses a button of the card, and means it where they are asked.</summary>
    Task PressAsync(Actor who, string button);

    /// <summary>What the thread says, line by line.</summary>
    IReadOnlyList<string> Thread { get; }

    /// <summary>What the card says: the status, and one sentence.</summary>
    (string Status, string Headline) Card { get; }

    /// <summary>What can be pressed on the card.</summary>
    IReadOnlyList<string> Buttons { get; }

    /// <summary>The messages to somebody that nobody else reads.</summary>
    IReadOnlyList<string> PrivateMessagesTo(Actor who);

    /// <summary>What the chat itself complained of.</summary>
    IReadOnlyList<string> Complaints { get; }
}

/// <summary>What is the same in all chats.</summary>
internal static class Stages
{
    /// <summary>Types the command, picks these people in this order, and sends the dialog.</summary>
    public static async Task DispatchAsync(this IStage stage, string command, params string[] people)
    {
        await stage.TypeAsync(command);
        await stage.PickAsync(people);
        await stage.SendAsync();
        await stage.World.SettleAsync();
    }

    /// <summary>Lets time pass until the card is closed and its thread tells it.</summary>
    public static async Task ToTheEndAsync(this IStage stage)
    {
        await stage.World.PassUntilAsync(() => Task.FromResult(stage.Buttons.Contains("Re-dispatch")));
        await stage.World.PassAsync(30);
    }

    /// <summary>Takes off a sign before the words, and what is spelled differently for each chat.</summary>
    public static string Bare(string line, string dana)
    {
        var words = line.Replace(dana, "Dana", StringComparison.Ordinal);
        return words.TrimStart([.. words.TakeWhile(letter => !char.IsLetterOrDigit(letter) && letter != '/')]).Trim();
    }
}
