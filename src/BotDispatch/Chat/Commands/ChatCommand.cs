using System.Collections.Immutable;
using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>What somebody typed after <c>/dispatch</c>, parsed from its words alone: no ticket and no person has been looked up.</summary>
internal abstract record ChatCommand
{
    private ChatCommand() { }

    /// <summary>Open the dialog.</summary>
    /// <param name="ResolvedTicket">A ticket's reference or free words; empty if only people or a note were given.</param>
    /// <param name="IsVerbatim">Written after <c>text:</c>, so not to be looked up.</param>
    /// <param name="People">Who is to be ticked, in the order they were named.</param>
    /// <param name="Note">What was written after <c>note:</c>.</param>
    public sealed record Open(string ResolvedTicket, bool IsVerbatim, ImmutableArray<NamedPerson> People, string? Note) : ChatCommand;

    /// <summary>How does it stand? Without a ticket: with everything in this channel.</summary>
    public sealed record Status(string? Ticket) : ChatCommand;

    /// <summary>What is being dispatched, and who has which job, everywhere?</summary>
    /// <param name="Page">Which part of a long list, from 1.</param>
    public sealed record List(int Page = 1) : ChatCommand;

    /// <summary>The button Cancel, typed. The ticket is empty if none was named.</summary>
    public sealed record Cancel(string Ticket) : ChatCommand;

    /// <summary>The button Done, typed. The ticket is empty if none was named.</summary>
    public sealed record Done(string Ticket) : ChatCommand;

    /// <summary>The button Skip, typed. The ticket is empty if none was named.</summary>
    public sealed record Skip(string Ticket) : ChatCommand;

    /// <summary>The button I take it, typed. The ticket is empty if none was named.</summary>
    public sealed record Take(string Ticket) : ChatCommand;

    /// <summary>The button Re-dispatch, typed. The ticket is empty if none was named.</summary>
    public sealed record Redispatch(string Ticket) : ChatCommand;

    /// <summary>What was dispatched before? Of one ticket, or of all.</summary>
    public sealed record History(string? Ticket) : ChatCommand;

    /// <summary>Show it in another place as well. The ticket or the place is empty if none was named.</summary>
    public sealed record Also(string Ticket, string Place) : ChatCommand;

    /// <summary>Who can be phoned?</summary>
    public sealed record OnCall : ChatCommand;

    /// <summary>The author is away. <c>When</c> is the period as it was typed; empty means away until they say they are back.</summary>
    public sealed record Away(string When) : ChatCommand;

    /// <summary>The author takes over for somebody.</summary>
    /// <param name="For">For whom.</param>
    /// <param name="When">The period as it was typed; empty if there is none.</param>
    /// <param name="Otherwise">What is dispatched if nobody has that name, because it was written without an at sign.</param>
    /// <param name="Meant">The command to ask for, because the word was mistyped; null if it was not.</param>
    public sealed record Cover(NamedPerson For, string When, Open? Otherwise = null, string? Meant = null) : ChatCommand;

    /// <summary>Who has which shift in the coming days?</summary>
    /// <param name="Whose">Only of this person; null for everybody.</param>
    /// <param name="About">Only of the rotation, shift, calendar or person with this name; empty for all, <c>me</c> for the author.</param>
    /// <param name="Otherwise">What is dispatched if nothing has that name.</param>
    public sealed record Schedule(NamedPerson? Whose, string About, Open? Otherwise = null) : ChatCommand
    {
        /// <summary>The words are a time, as <c>night</c>: all is shown if nothing has that name.</summary>
        public bool OrAll { get; init; }

        /// <summary>It was asked who is on call, and not for the schedule.</summary>
        public bool IsOnCall { get; init; }

        /// <summary>The words as they were typed, because "shift" may be a part of a name; empty if About has them all.</summary>
        public string Whole { get; init; } = "";
    }

    /// <summary>Somebody says that another is away or back, whose name may be none because it has no at sign.</summary>
    /// <param name="Verb">The command's word: <c>away</c> or <c>back</c>.</param>
    /// <param name="Name">The name.</param>
    /// <param name="When">The period as it was typed after it; empty if there is none.</param>
    /// <param name="Words">All that was typed.</param>
    /// <param name="Otherwise">What is dispatched if it is no name.</param>
    public sealed record AwayOfOther(string Verb, string Name, string When, string Words, Open Otherwise) : ChatCommand
    {
        /// <summary>The words themselves do not show that somebody is meant, so only a name of the directory does.</summary>
        public bool IsUncertain { get; init; }
    }

    /// <summary>A command that lacks something is answered with how it is written.</summary>
    /// <param name="Command">Its word; <c>away when</c> if somebody says that they are away themselves.</param>
    /// <param name="Words">All that was typed.</param>
    public sealed record Incomplete(string Command, string Words) : ChatCommand;

    /// <summary>Words that resemble a command are answered with the question whether it is meant.</summary>
    /// <param name="Command">The command.</param>
    /// <param name="Words">All that was typed.</param>
    public sealed record Resembling(string Command, string Words) : ChatCommand;

    /// <summary>The author is back.</summary>
    public sealed record Back : ChatCommand;

    /// <summary>What can be typed?</summary>
    public sealed record Help : ChatCommand;

    /// <summary>Nothing was typed: answered like Help.</summary>
    public sealed record Empty : ChatCommand;
}

/// <summary>Somebody named in a command.</summary>
internal abstract record NamedPerson
{
    private NamedPerson() { }

    /// <summary>Mentioned in the chat's own way: the chat knows who it is.</summary>
    public sealed record Mentioned(Person Person) : NamedPerson;

    /// <summary>Typed after an at sign: a name, an id or an email.</summary>
    public sealed record Typed(string Word) : NamedPerson;
}

/// <summary>A mention as it stands in a command's text.</summary>
/// <param name="Token">The chat's own spelling, exactly as it occurs in the text.</param>
/// <param name="Person">Who is meant.</param>
internal sealed record Mention(string Token, Person Person);

/// <summary>One way to go on typing.</summary>
/// <param name="Text">All that would then stand after <c>/dispatch</c>.</param>
/// <param name="Help">One line that says what it is.</param>
internal sealed record CommandSuggestion(string Text, string Help);
