using BotDispatch.Core;

namespace BotDispatch.Chat;

/// <summary>
/// How one delivery is answered: all that differs between chats. The <see cref="ChatInbox{TReply}"/> calls it in this order: prepare, read,
/// then either show or not ready.
/// </summary>
/// <typeparam name="TReply">What this chat's wire carries back.</typeparam>
internal interface IReplySurface<TReply> where TReply : class
{
    /// <summary>Where a dispatch of theirs would stand.</summary>
    ChatChannel Where { get; }

    /// <summary>
    /// Finds out what must be known before anything is handled, for example whether the app is installed there. Returns the action to
    /// handle, or the reply if there is nothing to handle.
    /// </summary>
    Task<Prepared<TReply>> PrepareAsync(ChatAction action, CancellationToken ct);

    /// <summary>
    /// Returns the person by the name that others read, and the action with the names and the link that the delivery itself left out.
    /// </summary>
    Task<(Person Who, ChatAction Action)> ReadAsync(ChatAction action, CancellationToken ct);

    /// <summary>The name of the request, from which ids derive, and how long tickets and people may be looked up for it.</summary>
    Delivery DeliveryOf(ChatAction action);

    /// <summary>
    /// The answer to the same request that came too late when it was first asked for. Null if there is none: then it is asked for again.
    /// </summary>
    Task<ChatReply>? EarlierAnswer(ChatAction action) => null;

    /// <summary>Until when the reply waits for the answer; null if the answer is sent by itself, whenever it is ready.</summary>
    ResponseDeadline? Waits(ChatAction action);

    /// <summary>Shows an answer that came in time.</summary>
    Task<TReply> ShowAsync(ChatAction action, ChatReply answer, CancellationToken ct);

    /// <summary>
    /// Replies while the answer is not ready, and sees to it that the answer is shown later. <paramref name="answer"/> may be called more
    /// than once where the deadline is null: each call decides anew.
    /// </summary>
    Task<TReply> NotReadyAsync(ChatAction action, Func<Task<ChatReply>> answer);

    /// <summary>Logs that answering broke, with the type of the exception and its stack trace.</summary>
    void LogBroken(string exception, string? place);
}

/// <summary>What a surface found out before an action is handled: the action to handle, or the reply to give at once.</summary>
internal readonly record struct Prepared<TReply>(ChatAction? Action, TReply? Reply) where TReply : class
{
    public static implicit operator Prepared<TReply>(ChatAction action) => new(action, null);

    public static implicit operator Prepared<TReply>(TReply reply) => new(null, reply);
}

/// <summary>Makes the surface on which a delivery is answered.</summary>
/// <typeparam name="TDelivery">A delivery of that chat, verified and read.</typeparam>
/// <typeparam name="TReply">What that chat's wire carries back.</typeparam>
internal interface ISurfaces<in TDelivery, TReply> where TReply : class
{
    /// <summary>The surface of this delivery. The time that somebody waits begins now.</summary>
    IReplySurface<TReply> Of(TDelivery delivery);
}

/// <summary>A reply of a chat.</summary>
internal interface IWireReply
{
    /// <summary>Whether the same delivery is handled anew when it is sent again, because nothing was decided.</summary>
    bool IsForgotten => false;
}
