namespace BotDispatch.Voice.Speech;

/// <summary>
/// Every fixed sentence of a call in one language. A missing sentence does not compile. <c>{0}</c> is replaced by a word of the call.
/// </summary>
internal sealed record Prompts
{
    /// <summary>Says who calls, and why.</summary>
    public required string Greeting { get; init; }
    /// <summary>Introduces the ticket's reference, which is read out sign by sign.</summary>
    public required string Ticket { get; init; }
    /// <summary>Introduces the ticket's priority.</summary>
    public required string Priority { get; init; }
    /// <summary>Introduces the place of the job.</summary>
    public required string Place { get; init; }
    /// <summary>Introduces the note from the dialog.</summary>
    public required string Note { get; init; }
    /// <summary>Follows a text that was cut.</summary>
    public required string More { get; init; }
    /// <summary>Spoken for the sign before a negative number.</summary>
    public required string Minus { get; init; }
    /// <summary>Spoken for ~ before a number.</summary>
    public required string About { get; init; }
    /// <summary>Spoken for &lt; between two amounts or before one.</summary>
    public required string LessThan { get; init; }
    /// <summary>Spoken for &gt; between two amounts or before one.</summary>
    public required string GreaterThan { get; init; }
    /// <summary>Spoken for ≤.</summary>
    public required string AtMost { get; init; }
    /// <summary>Spoken for ≥.</summary>
    public required string AtLeast { get; init; }
    /// <summary>Introduces words that are crossed out in the ticket.</summary>
    public required string CrossedOut { get; init; }
    /// <summary>Introduces an item of a list that is checked off.</summary>
    public required string Done { get; init; }
    /// <summary>Asks for a key.</summary>
    public required string Options { get; init; }
    /// <summary>Confirms that they have the ticket.</summary>
    public required string AcceptedTicket { get; init; }
    /// <summary>Confirms that they have the job, if the ticket has no reference.</summary>
    public required string AcceptedJob { get; init; }
    /// <summary>Confirms that their rejection was recorded.</summary>
    public required string Rejected { get; init; }
    /// <summary>They pressed 1, but they rejected in an earlier call.</summary>
    public required string RejectedBefore { get; init; }
    /// <summary>Another person has the job.</summary>
    public required string TakenBy { get; init; }
    /// <summary>The dispatch was cancelled.</summary>
    public required string Cancelled { get; init; }
    /// <summary>The ticket was closed, or its alert ended.</summary>
    public required string NotNeeded { get; init; }
    /// <summary>Introduces the title of a ticket that was changed while the listener was on the phone.</summary>
    public required string Changed { get; init; }
    /// <summary>The dispatch ended without a person.</summary>
    public required string Over { get; init; }
    /// <summary>They pressed a key without a meaning. The question follows.</summary>
    public required string WrongKey { get; init; }
    /// <summary>They pressed too many keys without a meaning.</summary>
    public required string TooManyWrongKeys { get; init; }
    /// <summary>Somebody in the chat skipped their turn.</summary>
    public required string GoesOn { get; init; }
    /// <summary>A key arrived, and its answer takes longer than usual.</summary>
    public required string OneMoment { get; init; }
    /// <summary>No key was pressed.</summary>
    public required string NoAnswer { get; init; }

    /// <summary>Returns the sentences of <paramref name="language"/>, which must be one of <see cref="SpokenLanguage.Codes"/>.</summary>
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
