namespace BotDispatch.Voice.Speech;

/// <summary>Every fixed sentence of a call in one language. A sentence that is missing does not compile; <c>{0}</c> is where a word of the call goes.</summary>
internal sealed record Prompts
{
    /// <summary>Who calls, and why.</summary>
    public required string Greeting { get; init; }
    /// <summary>Before a ticket's reference, which is read out sign by sign.</summary>
    public required string Ticket { get; init; }
    /// <summary>Before the ticket's priority.</summary>
    public required string Priority { get; init; }
    /// <summary>Before where to go.</summary>
    public required string Place { get; init; }
    /// <summary>Before what the asker added.</summary>
    public required string Note { get; init; }
    /// <summary>After a text that had to be cut.</summary>
    public required string More { get; init; }
    /// <summary>The sign before a number below zero.</summary>
    public required string Minus { get; init; }
    /// <summary>The sign &lt; between two amounts or before one.</summary>
    public required string LessThan { get; init; }
    /// <summary>The sign &gt; between two amounts or before one.</summary>
    public required string GreaterThan { get; init; }
    /// <summary>The sign ≤.</summary>
    public required string AtMost { get; init; }
    /// <summary>The sign ≥.</summary>
    public required string AtLeast { get; init; }
    /// <summary>The question.</summary>
    public required string Options { get; init; }
    /// <summary>The ticket is theirs.</summary>
    public required string AcceptedTicket { get; init; }
    /// <summary>The job is theirs, where no ticket can be named.</summary>
    public required string AcceptedJob { get; init; }
    /// <summary>Their rejection is noted.</summary>
    public required string Rejected { get; init; }
    /// <summary>They pressed 1, but rejected in an earlier call.</summary>
    public required string RejectedBefore { get; init; }
    /// <summary>Somebody else has it.</summary>
    public required string TakenBy { get; init; }
    /// <summary>It was cancelled.</summary>
    public required string Cancelled { get; init; }
    /// <summary>It ended with nobody.</summary>
    public required string Over { get; init; }
    /// <summary>A key that means nothing; the question follows.</summary>
    public required string WrongKey { get; init; }
    /// <summary>Too many keys that mean nothing.</summary>
    public required string TooManyWrongKeys { get; init; }
    /// <summary>Their turn was ended by the channel.</summary>
    public required string GoesOn { get; init; }
    /// <summary>A key was heard, and the answer to it takes longer than usual.</summary>
    public required string OneMoment { get; init; }
    /// <summary>No key was pressed.</summary>
    public required string NoAnswer { get; init; }

    /// <summary>The sentences of <paramref name="language"/>, one of <see cref="SpokenLanguage.Codes"/>.</summary>
    public static Prompts For(string language) => language switch
    {
        "en-US" or "en-GB" => GermanicPrompts.English,
        "de-DE" => GermanicPrompts.German,
        "sv-SE" => GermanicPrompts.Swedish,
        "fr-FR" => RomancePrompts.French,
        "it-IT" => RomancePrompts.Italian,
        "pt-BR" => RomancePrompts.Portuguese,
        "es-ES" => RomancePrompts.Spanish,
        "es-LA" => RomancePrompts.LatinAmericanSpanish,
        "el-GR" => EasternPrompts.Greek,
        "bg-BG" => EasternPrompts.Bulgarian,
        "pl-PL" => EasternPrompts.Polish,
        "ru-RU" => EasternPrompts.Russian,
        "hu-HU" => EasternPrompts.Hungarian,
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "the telephone does not speak this language"),
    };
}
