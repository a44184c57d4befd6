namespace BotDispatch.Teams.Inbound;

/// <summary>The kind of answer that Teams waits for, which decides how it is written.</summary>
/// <remarks>https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots</remarks>
internal enum InvokeKind
{
    /// <summary>No answer: a message or an event, to which the bot can only reply with a message.</summary>
    None,
    /// <summary>A card or a text, for a button of a card, or for a client that asks for the current card.</summary>
    CardExecute,
    /// <summary>A dialog, for a button of a card.</summary>
    DialogFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    DialogSubmit,
    /// <summary>The dialog of a message extension.</summary>
    ExtensionFetch,
    /// <summary>What becomes of such a dialog, which was sent.</summary>
    ExtensionSubmit,
    /// <summary>The choices for a field into which somebody types.</summary>
    Search,
    /// <summary>An unknown kind. It is answered with 501 and not handled.</summary>
    Unknown,
}
