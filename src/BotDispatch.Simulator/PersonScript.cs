namespace BotDispatch.Simulator;

/// <summary>What a pretend person does when the phone rings. One record for each habit.</summary>
public abstract record PersonScript
{
    PersonScript() { }

    /// <summary>The stable name, for menus and requests.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the menu.</summary>
    public abstract string Description { get; }

    internal abstract Behaviour Behaviour { get; }

    /// <summary>Every habit with its usual times, in the order of the menu.</summary>
    public static IReadOnlyList<PersonScript> All { get; } =
    [
        new Manual(), new AnswersAndAccepts(), new AnswersAndRejects(), new NeverAnswers(), new Busy(), new Declines(), new Voicemail(),
        new SaysNothing(),
        new PressesLate(), new PressesWrongKey(), new HangsUpMidMessage(), new PressesTwice(), new PressesOneThenTwo(), new CarrierError(),
    ];

    /// <summary>Returns the habit of that name with its usual times; null if there is none.</summary>
    public static PersonScript? Named(string name) => All.FirstOrDefault(script => script.Name == name);

    static Behaviour Answers(double? afterSeconds, params IReadOnlyList<PersonStep> steps) =>
        new(Reaction.Answers, TimeSpan.FromSeconds(afterSeconds ?? 3), steps);

    /// <summary>The phone rings until somebody acts by hand.</summary>
    public sealed record Manual : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "manual";
        /// <inheritdoc/>
        public override string Description => "Rings until you answer or decline; you press the keys.";
        internal override Behaviour Behaviour => new(Reaction.Ignores, TimeSpan.Zero, []);
    }

    /// <summary>Answers, listens to the options, and presses 1.</summary>
    public sealed record AnswersAndAccepts(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 1.5, string Key = "1")
        : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "answers-and-accepts";
        /// <inheritdoc/>
        public override string Description => "Answers, listens to the options and presses 1.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, Key));
    }

    /// <summary>Answers, listens to the options, and presses 2.</summary>
    public sealed record AnswersAndRejects(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 1.5, string Key = "2")
        : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "answers-and-rejects";
        /// <inheritdoc/>
        public override string Description => "Answers, listens to the options and presses 2.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, Key));
    }

    /// <summary>Lets the phone ring until the caller or the network gives up.</summary>
    public sealed record NeverAnswers : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "never-answers";
        /// <inheritdoc/>
        public override string Description => "Lets it ring until the caller gives up.";
        internal override Behaviour Behaviour => new(Reaction.Ignores, TimeSpan.Zero, []);
    }

    /// <summary>The line is busy with another call.</summary>
    public sealed record Busy : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "busy";
        /// <inheritdoc/>
        public override string Description => "Is on another call: the line is busy.";
        internal override Behaviour Behaviour => new(Reaction.Busy, TimeSpan.Zero, []);
    }

    /// <summary>Declines on the handset; the caller sees NoAnswer.</summary>
    public sealed record Declines(double After = 4) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "declines";
        /// <inheritdoc/>
        public override string Description => "Looks at the phone and declines the call.";
        internal override Behaviour Behaviour => new(Reaction.Declines, TimeSpan.FromSeconds(After), []);
    }

    /// <summary>A machine answers and records everything.</summary>
    public sealed record Voicemail(double AnswerAfter = 5) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "voicemail";
        /// <inheritdoc/>
        public override string Description => "A machine answers, hears everything and presses nothing.";
        internal override Behaviour Behaviour => new(Reaction.Machine, TimeSpan.FromSeconds(AnswerAfter), []);
    }

    /// <summary>Answers, listens to the end, and presses nothing.</summary>
    public sealed record SaysNothing(double AnswerAfter = 3) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "says-nothing";
        /// <inheritdoc/>
        public override string Description => "Answers, listens to the end and presses nothing.";
        internal override Behaviour Behaviour => Answers(AnswerAfter);
    }

    /// <summary>Waits, and presses a key in the silence after the options.</summary>
    public sealed record PressesLate(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 8, string Key = "1") : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "presses-late";
        /// <inheritdoc/>
        public override string Description => "Thinks it over and presses 1 in the silence after the options.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, Key));
    }

    /// <summary>Presses a key that was not offered.</summary>
    public sealed record PressesWrongKey(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 1.5, string Key = "9")
        : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "presses-wrong-key";
        /// <inheritdoc/>
        public override string Description => "Answers and presses 9, which was not offered.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, Key));
    }

    /// <summary>Hangs up while the message is being spoken.</summary>
    public sealed record HangsUpMidMessage(double AnswerAfter = 3, int Utterance = 1, double After = 2) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "hangs-up-mid-message";
        /// <inheritdoc/>
        public override string Description => "Answers and hangs up while the message is being spoken.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, PersonStep.HangUpDuring(Utterance, After));
    }

    /// <summary>Presses the same key twice in a row.</summary>
    public sealed record PressesTwice(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 1.5, double Gap = 0.4,
        string Key = "1") : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "presses-twice";
        /// <inheritdoc/>
        public override string Description => "Answers and presses 1 twice in a row.";
        internal override Behaviour Behaviour =>
            Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, Key),
                PersonStep.PressDuring(Utterance, PressAfter + Gap, Key));
    }

    /// <summary>Accepts, then changes their mind and presses 2.</summary>
    public sealed record PressesOneThenTwo(double AnswerAfter = 3, int Utterance = 2, double PressAfter = 1.5, double Gap = 1)
        : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "presses-one-then-two";
        /// <inheritdoc/>
        public override string Description => "Answers, presses 1 and a second later 2.";
        internal override Behaviour Behaviour =>
            Answers(AnswerAfter, PersonStep.PressDuring(Utterance, PressAfter, "1"),
                PersonStep.PressDuring(Utterance, PressAfter + Gap, "2"));
    }

    /// <summary>
    /// The carrier reports Unknown and then the final status <paramref name="ThenFinal"/>, or nothing more if it is null.
    /// </summary>
    public sealed record CarrierError(string? ThenFinal = null, double After = 5) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "carrier-error";
        /// <inheritdoc/>
        public override string Description => "The carrier reports an unknown error and falls silent.";
        internal override Behaviour Behaviour => new(Reaction.CarrierError, TimeSpan.FromSeconds(After), [], ThenFinal);
    }

    /// <summary>Answers after a while and takes the given steps.</summary>
    public sealed record Custom(double AnswerAfter, IReadOnlyList<PersonStep> Steps) : PersonScript
    {
        /// <inheritdoc/>
        public override string Name => "custom";
        /// <inheritdoc/>
        public override string Description => "Answers and takes the steps it was given.";
        internal override Behaviour Behaviour => Answers(AnswerAfter, Steps);
    }
}

/// <summary>One thing that a person does during a call: presses keys, or hangs up if the keys are null.</summary>
/// <param name="Keys">The keys; null to hang up.</param>
/// <param name="Utterance">The number of the utterance from whose start the time counts (the last, if the plan has fewer); 0 counts from
/// the answer.</param>
/// <param name="After">The time to wait, in seconds.</param>
public sealed record PersonStep(string? Keys, int Utterance, double After)
{
    /// <summary>Presses keys the given seconds after the call was answered.</summary>
    public static PersonStep PressAt(double secondsAfterAnswer, string keys) => new(keys, 0, secondsAfterAnswer);

    /// <summary>Presses keys the given seconds after the start of that utterance.</summary>
    public static PersonStep PressDuring(int utterance, double after, string keys) => new(keys, utterance, after);

    /// <summary>Hangs up the given seconds after the call was answered.</summary>
    public static PersonStep HangUpAt(double secondsAfterAnswer) => new(null, 0, secondsAfterAnswer);

    /// <summary>Hangs up the given seconds after the start of that utterance.</summary>
    public static PersonStep HangUpDuring(int utterance, double after) => new(null, utterance, after);
}

internal enum Reaction { Ignores, Answers, Declines, Busy, Machine, CarrierError }

/// <summary>The common form of every habit: a reaction to the ringing, and the steps after it.</summary>
internal sealed record Behaviour(Reaction Reaction, TimeSpan After, IReadOnlyList<PersonStep> Steps, string? ThenFinal = null);
