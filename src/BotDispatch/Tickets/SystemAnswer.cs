using System.Text.Json;

namespace BotDispatch.Tickets;

/// <summary>What came of one question to a ticket system.</summary>
internal abstract record SystemAnswer
{
    private SystemAnswer() { }

    /// <summary>It answered with JSON.</summary>
    public sealed record Content(JsonElement Body) : SystemAnswer;

    /// <summary>It says that there is no such thing. Several systems say so as well to somebody whom they do not know.</summary>
    public sealed record Missing : SystemAnswer;

    /// <summary>It does not accept our credentials.</summary>
    public sealed record NotKnown(int Status) : SystemAnswer;

    /// <summary>It knows us and does not let us read this.</summary>
    public sealed record Forbidden(int Status) : SystemAnswer;

    /// <summary>It could not be asked, or its answer is of no use.</summary>
    /// <param name="Because">Why, in words of ours.</param>
    public sealed record Failed(string Because) : SystemAnswer;
}
