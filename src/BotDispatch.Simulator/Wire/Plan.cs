namespace BotDispatch.Simulator.Wire;

/// <summary>A dial plan: verbs that run one after the other.</summary>
internal sealed record Plan(IReadOnlyList<Verb> Verbs)
{
    public Verb.Collect? Collect { get; } = Verbs.OfType<Verb.Collect>().FirstOrDefault();

    public int Utterances { get; } = Verbs.Count(verb => verb is Verb.Say);
}

/// <summary>The verbs that Routee documents, and no others.</summary>
internal abstract record Verb
{
    Verb() { }

    public sealed record Say(string Text, string Language, string? Gender, bool BargeIn, int Repeat) : Verb;
    public sealed record Play(string FileUrl, bool BargeIn, int Repeat) : Verb;
    public sealed record Pause(TimeSpan Duration) : Verb;
    public sealed record Collect(Uri EventUrl, int MaxDigits, bool SubmitOnHash) : Verb;
    public sealed record Dial(string To, TimeSpan? MaxDuration) : Verb;
}
