namespace BotDispatch.Teams.Inbound;

/// <summary>What Teams waits for, which decides how an answer is written.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
internal enum InvokeKind
{
    /// <summary>Nothing: a message or an event. It can be answered only by a message of the bot.</summary>
    None,
    /// <summary>A card or a text, for a button of a card, or for a client that asks for the card anew.</summary>
    CardExecute,
    /// <summary>A dialog, for a button of a card.</summary>
    DialogFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    DialogSubmit,
    /// <summary>The dialog of a message extension.</summary>
    ExtensionFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    ExtensionSubmit,
    /// <summary>The choices for a field that somebody types into.</summary>
    Search,
    /// <summary>Something that we do not know. It is answered with 501 and handed to nobody.</summary>
    Unknown,
}
