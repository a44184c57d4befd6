namespace BotDispatch.Chat;

/// <summary>One thing that a chat delivered.</summary>
/// <param name="Id">The same for the same thing, also when it is delivered again.</param>
/// <param name="TimeBudget">How long its answer may take of real time.</param>
internal sealed record Delivery(string Id, TimeSpan TimeBudget)
{
    /// <summary>What most chats leave: they wait three seconds themselves.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    /// <summary>What a dialog gets that opens later: in the meantime the person sees that it is on its way.</summary>
    public static readonly TimeSpan WithoutHurry = TimeSpan.FromSeconds(20);

    public Delivery(string id) : this(id, Usual) { }
}
