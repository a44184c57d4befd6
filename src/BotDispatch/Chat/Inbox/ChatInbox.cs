namespace BotDispatch.Chat;

/// <summary>
/// The one way in, for every chat: handles a delivery once, hands it to the handler of commands, dialogs or presses, and answers in time.
/// Work that is late goes on.
/// </summary>
internal sealed class ChatInbox<TReply>(
    ChatCommands commands, PressHandler presses, FormSubmitting submitting, FormRedrawing redrawing, Overview overview,
    BackgroundWork background, TimeProvider clock) where TReply : class, IWireReply
{
    readonly Deduplicator<TReply> once = new(clock, reply => reply.IsForgotten);

    /// <summary>Handles one delivery until the deadline.</summary>
    /// <param name="action">What was done.</param>
    /// <param name="surface">How it is answered.</param>
    /// <param name="deadline">The latest moment for an outcome.</param>
    /// <param name="ct">Ends the waiting, never the work: somebody else may wait for the same delivery.</param>
    public async Task<Outcome<TReply>> HandleAsync(
        ChatAction action, IReplySurface<TReply> surface, ResponseDeadline deadline, CancellationToken ct = default)
    {
        // The deadline is watched on the caller's thread, so the work must not hold it: a database driver that waits for a lock would.
        var work = Task.Run(() => HandleAsync(action, surface, ct), CancellationToken.None);
        return await deadline.IsMetByAsync(work, ct) ? await work : new Outcome<TReply>.Late(work);
    }

    /// <summary>Handles one delivery, however long that takes. Never throws.</summary>
    public async Task<Outcome<TReply>> HandleAsync(ChatAction action, IReplySurface<TReply> surface, CancellationToken ct = default)
    {
        try
        {
            var reply = action.IsRemembered ? once.DoAsync(action.Id, () => ReplyAsync(action, surface)) : ReplyAsync(action, surface);
            return new Outcome<TReply>.Done(await reply.WaitAsync(ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new Outcome<TReply>.Stopped();
        }
        catch (Exception broken)
        {
            return new Outcome<TReply>.Broken(broken.GetType().Name, broken.StackTrace);
        }
    }

    async Task<TReply> ReplyAsync(ChatAction delivered, IReplySurface<TReply> surface)
    {
        var prepared = await surface.PrepareAsync(delivered, CancellationToken.None);
        if (prepared.Action is not { } action)
            return prepared.Reply!;
        if (surface.Waits(action) is not { } deadline)
            return await surface.NotReadyAsync(action, () => AskAsync(action, surface));
        var asking = surface.EarlierAnswer(action) ?? AskAsync(action, surface);
        return await deadline.IsMetByAsync(asking)
            ? await surface.ShowAsync(action, await asking, CancellationToken.None)
            : await surface.NotReadyAsync(action, () => asking);
    }

    // An answer outlives its delivery, so nothing but the end of the process stops it.
    async Task<ChatReply> AskAsync(ChatAction action, IReplySurface<TReply> surface) =>
        await ResponseDeadline.UnbrokenAsync(
            () => DecideAsync(action, surface, background.Stopping), surface.LogBroken, background.Stopping)
        ?? (action is ChatAction.Submit or ChatAction.Redraw or ChatAction.Search
            ? new ChatReply.Failed()
            : new ChatReply.Private(ReplyText.WentWrong));

    async Task<ChatReply> DecideAsync(ChatAction delivered, IReplySurface<TReply> surface, CancellationToken ct)
    {
        var (who, action) = await surface.ReadAsync(delivered, ct);
        var (where, delivery) = (surface.Where, surface.DeliveryOf(action));
        return action switch
        {
            ChatAction.Command it => await commands.CommandAsync(who, where, it.Text, it.Mentions, delivery, ct),
            ChatAction.Mentioned it => await commands.CommandAsync(who, where, CommandText.Of(it.Text), it.Mentions, delivery, ct),
            ChatAction.Asked it when string.IsNullOrWhiteSpace(it.Text) => new ChatReply.Private(ReplyText.NoSubject),
            ChatAction.Asked it => await commands.CommandAsync(who, where, CommandText.Of(it.Text), delivery, ct),
            ChatAction.MessageChosen it => await commands.MessageAsync(who, where, it.Text, it.Link, delivery, ct),
            ChatAction.Press { Button: var it } =>
                await presses.HandleAsync(new(who, where, it.Dispatch, it.Action, it.Callee, it.Round, delivery), ct),
            ChatAction.Submit it => await submitting.SubmitAsync(it.Context.Sent(who, it.Fields), ct),
            ChatAction.Redraw it => await redrawing.AnswerAsync(who.Platform, it.Context.Redrawn(it.Fields), delivery, ct),
            ChatAction.Search { Most: > 0 } it => new ChatReply.People([.. await overview.FindPeopleAsync(where, it.Typed, it.Most, ct)]),
            ChatAction.Search => new ChatReply.People([]),
            ChatAction.Unreadable => new ChatReply.Private(ReplyText.FormIsForeign),
            // The surface does what is left: only its chat knows how.
            _ => new ChatReply.Nothing(),
        };
    }
}
