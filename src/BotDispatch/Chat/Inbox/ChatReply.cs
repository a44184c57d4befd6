using System.Collections.Immutable;
using BotDispatch.Core;
using BotDispatch.Ports;

namespace BotDispatch.Chat;

/// <summary>A schedule as one reader sees it.</summary>
/// <param name="Week">The days.</param>
/// <param name="Title">Of what, as <c>Lifts</c> or <c>Ann Lee</c>; null for everything.</param>
internal sealed record ShownSchedule(ScheduleWeek Week, string? Title)
{
    /// <summary>What an administrator has to correct, because of which the schedule may be old or incomplete.</summary>
    public ImmutableArray<string> Notices { get; init; } = [];
}

/// <summary>What was decided about a <see cref="ChatAction"/>. A surface shows it in the way that its chat knows.</summary>
internal abstract record ChatReply
{
    private ChatReply() { }

    /// <summary>
    /// Words for the person alone; a mistake says what to do instead. <paramref name="About"/> is a dispatch whose thread can be opened.
    /// </summary>
    public sealed record Private(string Text, DispatchId? About = null) : ChatReply
    {
        /// <summary>The schedule that the words say, for a chat that can draw it; null if they say something else.</summary>
        public ShownSchedule? Schedule { get; init; }
    }

    /// <summary>The dialog opens, or the open one is drawn like this.</summary>
    public sealed record OpenForm(DispatchForm Form) : ChatReply;

    /// <summary>The sent dialog started this dispatch, so it closes.</summary>
    public sealed record Started(DispatchId Dispatch) : ChatReply;

    /// <summary>The dialog stays open and shows these at its fields: <c>people</c>, <c>note</c>, <c>alsoIn</c>.</summary>
    public sealed record FieldErrors(ImmutableDictionary<string, string> Errors) : ChatReply;

    /// <summary>The people who may be meant.</summary>
    public sealed record People(ImmutableArray<FormPerson> Found) : ChatReply;

    /// <summary>The card and the thread will say it, or there is nothing to say.</summary>
    public sealed record Nothing : ChatReply;

    /// <summary>It broke and was logged, or a dialog cannot be drawn now. Whether something was done is not known.</summary>
    public sealed record Failed : ChatReply;
}
