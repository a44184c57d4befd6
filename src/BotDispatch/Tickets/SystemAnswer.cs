using System.Text.Json;

namespace BotDispatch.Tickets;

/// <summary>What came of one question to a ticket system.</summary>
internal abstract record SystemAnswer
{
    private SystemAnswer() { }

    /// <summary>It answered with JSON; to something that was written it may answer with nothing.</summary>
    public sealed record Content(JsonElement Body) : SystemAnswer
    {
        /// <summary>Identifies this version of the answer, by which it can be asked for again; null if the system gives none.</summary>
        public string? ETag { get; init; }
    }

    /// <summary>The answer is still the one whose ETag was sent along.</summary>
    public sealed record NotChanged : SystemAnswer;

    /// <summary>It says that there is no such thing. Several systems say so as well to somebody whom they do not know.</summary>
    public sealed record Missing : SystemAnswer
    {
        /// <summary>What it is called where it is now, if the system says that it was moved.</summary>
        public string? MovedTo { get; init; }
    }

    /// <summary>It does not accept our credentials.</summary>
    public sealed record NotKnown(int Status) : SystemAnswer;

    /// <summary>It knows us and does not let us read this.</summary>
    public sealed record Forbidden(int Status) : SystemAnswer
    {
        /// <summary>Its own reason, in one short line; empty if it gives none.</summary>
        public string Words { get; init; } = "";
    }

    /// <summary>It understood what should be written, and refuses it.</summary>
    /// <param name="Status">The status of its answer.</param>
    /// <param name="Words">Its own reason, in one short line; empty if it gives none.</param>
    public sealed record Rejected(int Status, string Words) : SystemAnswer;

    /// <summary>Somebody else is changing or has just changed the same thing, so nothing was written. It can be tried again.</summary>
    /// <param name="Words">Its own reason, in one short line; empty if it gives none.</param>
    public sealed record Conflict(string Words) : SystemAnswer;

    /// <summary>It could not be asked, or its answer is of no use.</summary>
    /// <param name="Because">Why, in words of ours.</param>
    /// <param name="IsUnsure">It may have done what it was asked to write.</param>
    /// <param name="After">How long it asks to be left alone; null if it does not say.</param>
    public sealed record Failed(string Because, bool IsUnsure = false, TimeSpan? After = null) : SystemAnswer
    {
        /// <summary>The answer has more bytes than are read, so fewer things at once may be asked for.</summary>
        public bool IsTooLarge => Because == Http.SendFailure.TooLarge;
    }
}
